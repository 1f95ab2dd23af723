"""Print rows: a drawn table in a terminal, aligned text in a pipe."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from shutil import get_terminal_size
from typing import Annotated

import typer

from azure_hotpatch.domain.printable import line, one_line


class Format(StrEnum):
    """The format of a command that prints rows."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="What to print.")]


def show(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their headings: drawn if they fit, else as in a pipe, as a broken name cannot be copied."""
    if sys.stdout.isatty() and _width(heads, rows) <= get_terminal_size().columns:
        _drawn(heads, rows)
    else:
        typer.echo(aligned(heads, rows))


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns parted by two spaces, the heads in capitals: what `awk` and `grep` expect."""
    lines = [[head.upper() for head in heads], *([one_line(cell) for cell in row] for row in rows)]
    widths = [max(len(cells[column]) for cells in lines) for column in range(len(heads))]
    return "\n".join(line("  ".join(map(str.ljust, cells, widths)).rstrip()) for cells in lines)


def _width(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """How many columns a drawn table takes: each cell has a blank on both sides."""
    return sum(max(len(line[column]) for line in (heads, *rows)) + 2 for column in range(len(heads))) + 2


def _drawn(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    Console().print(table)
