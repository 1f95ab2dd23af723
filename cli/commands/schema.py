"""`hotpatch schema`: the JSON schema of a stack's file, for editors."""

import json

import typer

from azure_hotpatch.domain.settings.schema import stack_file_schema


def schema() -> None:
    """Write the JSON schema of a stack's file.

    The same as stacks/settings.schema.json, for editors.
    """
    typer.echo(json.dumps(stack_file_schema(), indent=2))
