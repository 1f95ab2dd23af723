"""`hotpatch pack`: where the policy pack lies, for `pack=$(hotpatch pack) && pulumi preview --policy-pack "$pack"`."""

from importlib.resources import files

import typer


def pack() -> None:
    """Print the folder of the policy pack, for pulumi's --policy-pack."""
    typer.echo(str(files("azure_hotpatch.policies")))
