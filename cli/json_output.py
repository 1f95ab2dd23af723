"""Print what a command found as JSON, which a program reads and a build log shows."""

import json
from typing import Any

import typer

from azure_hotpatch.domain.printable import quoted


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json_text(value))


def json_text(value: Any) -> str:
    """JSON that no build log takes a part of for a command: what is in it may come from a name in Azure, or a file."""
    return quoted(json.dumps(value, indent=2))
