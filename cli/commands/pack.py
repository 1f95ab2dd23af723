"""`hotpatch pack`: the folder of the policy pack, used as `pulumi preview --policy-pack "$(hotpatch pack)"`."""

from importlib.resources import files

import typer


def pack() -> None:
    """Print the folder of the policy pack, for pulumi's --policy-pack."""
    typer.echo(str(files("azure_hotpatch.policies")))
