"""`hotpatch schema`: the JSON schema of a stack's file, for editors."""

from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.domain.settings.schema import stack_file_schema


def schema() -> None:
    """Write the JSON schema of a stack's file.

    The same as stacks/settings.schema.json, for editors.
    """
    print_json(stack_file_schema())
