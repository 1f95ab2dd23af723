"""How a command is imported when it is asked for: `hotpatch fleet` does not wait for the rules of `hotpatch check`."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


def group_of(commands: Mapping[str, str]) -> type[TyperGroup]:
    """A group of commands; each value is `module:name`, of a function or of a typer.Typer with commands of its own."""

    class Group(TyperGroup):
        def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
            return list(commands)  # in this order, not by name

        def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]  # noqa: ARG002
            return loaded(cmd_name, commands[cmd_name]) if cmd_name in commands else None

    return Group


def loaded(name: str, place: str) -> Any:
    """The command `name`, which is at `module:name` in Python."""
    module, attribute = place.split(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return typer.main.get_command(found)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name)(found)
    return typer.main.get_command(single)
