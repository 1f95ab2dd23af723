"""Import a command only when it runs: `hotpatch fleet` does not wait for the rules of `hotpatch check`.

Nor does the list of commands: each summary is read from the source, which is not run.
"""

import ast
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import CompletionItem, TyperCommand, TyperGroup  # type: ignore[attr-defined]  # it has no other home

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.domain.azure.nearest import did_you_mean, nearest

_HELP_WIDTH = 80  # of what a shell shows beside a command that it completes


def group_of(commands: Mapping[str, str]) -> type[TyperGroup]:
    """A group of commands; each value is `module:name`, of a function or of a typer.Typer with commands of its own."""

    class Group(TyperGroup):
        def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
            return list(commands)  # in this order, not by name

        def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]  # noqa: ARG002
            return loaded(cmd_name, commands[cmd_name]) if cmd_name in commands else None

        def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
            name = args[0]
            if name not in commands and not name.startswith("-") and not ctx.resilient_parsing:
                meant = did_you_mean(nearest(name, commands))
                raise Failure(f"there is no command {name!r}{meant or ';'} `{ctx.command_path} --help` lists them")
            return super().resolve_command(ctx, args)

        def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[CompletionItem]:  # type: ignore[override]
            names = (name for name in commands if name.startswith(incomplete))
            found = [CompletionItem(name, help=_short_help(name, commands[name], _HELP_WIDTH)) for name in names]
            # Past TyperGroup, whose way to the names of its commands would import each of them.
            return [*found, *super(TyperGroup, self).shell_complete(ctx, incomplete)]

        def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
            width = formatter.width - 6 - max(map(len, self.list_commands(ctx)))
            rows = [(name, _short_help(name, place, width)) for name, place in commands.items()]
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    return Group


def described(place: str) -> str:
    """The docstring of the function or group at `module:name`, without importing the module."""
    module, attribute = place.split(":")
    spec = find_spec(module)
    source = ast.parse(Path(str(spec and spec.origin)).read_text(encoding="utf-8"))
    functions = [node for node in source.body if isinstance(node, ast.FunctionDef)]
    found = next(function for function in functions if attribute in (function.name, _group_of_callback(function)))
    return ast.get_docstring(found) or ""


def _short_help(name: str, place: str, width: int) -> str:
    return TyperCommand(name, help=described(place)).get_short_help_str(width)


def _group_of_callback(function: ast.FunctionDef) -> str:
    """`azure` of a function below `@azure.callback(…)`, which describes that group; empty for any other."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=group), attr="callback")):
                return group
    return ""


def loaded(name: str, place: str) -> Any:
    """The command `name`, which is at `module:name` in Python."""
    module, attribute = place.split(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name)(found)
    return typer.main.get_command(single)
