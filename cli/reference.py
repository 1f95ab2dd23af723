"""docs/cli.md, out of the commands themselves: `python -m azure_hotpatch.cli.reference > docs/cli.md`."""

import sys
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from azure_hotpatch.cli.__main__ import app

_WIDTH = 100
_HEAD = """# The command `hotpatch`

Written by `python -m azure_hotpatch.cli.reference`; a test compares it with the commands.

| exit code | meaning |
|--:|---|
| 0 | done; of `hotpatch check`: clean |
| 1 | `hotpatch check` found violations |
| 2 | `hotpatch check` found no violation, and could not verify everything |
| 3 | bad input, or a tool that failed: one line on standard error says which |
| 141 | whoever read the output has gone, as `head` does |
"""


def reference() -> str:
    """The page, whole."""
    commands = _with_its_own("hotpatch", typer.main.get_command(app))
    return _HEAD + "".join(_section(name, command) for name, command in commands)


def _with_its_own(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command, and after it those that it groups."""
    yield name, command
    if isinstance(command, TyperGroup):
        context = typer.Context(command)
        for part in command.list_commands(context):
            yield from _with_its_own(f"{name} {part}", command.get_command(context, part))


def _section(name: str, command: Any) -> str:
    context = typer.Context(command, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH)
    return f"\n## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
