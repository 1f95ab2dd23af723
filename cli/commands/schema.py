"""`hotpatch schema`: the JSON schema of a stack's file, for editors."""

import json

import typer

from azure_hotpatch.domain.settings.schema import stack_file_schema


def schema() -> None:
    """Write the JSON schema of a stack's file, which stacks/settings.schema.json is."""
    typer.echo(json.dumps(stack_file_schema(), indent=2))
