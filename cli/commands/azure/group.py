"""The group `hotpatch azure`: the commands of the emulated Azure."""

import typer

from azure_hotpatch.cli.loading import group_of

COMMANDS = {
    "serve": "azure_hotpatch.cli.commands.azure.serve:serve",
    "env": "azure_hotpatch.cli.commands.azure.env:env",
    "seed": "azure_hotpatch.cli.commands.azure.control:seed",
    "advance": "azure_hotpatch.cli.commands.azure.control:advance",
    "reset": "azure_hotpatch.cli.commands.azure.control:reset",
}

azure = typer.Typer(cls=group_of(COMMANDS), add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@azure.callback(invoke_without_command=True)
def group(context: typer.Context) -> None:
    """Serve the emulated Azure, fill it, and move its clock."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
