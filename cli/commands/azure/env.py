"""`hotpatch azure env`: point the clients of a shell at the served emulator, or undo it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from azure_hotpatch.cli.commands.azure.extra import emulator_installed
from azure_hotpatch.cli.commands.azure.place import state_folder
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.emulator.served import shells, steps
from azure_hotpatch.emulator.served.addresses import HOST, PLAIN_PORT, Addresses, running

_DOTENV = "dotenv"
_SHELLS = ", ".join(shells.WRITERS)


def env(
    shell: Annotated[str | None, typer.Option(metavar="SHELL", help=f"{_SHELLS}; your system's by default.")] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Restore the variables that were set before, and unset the rest.")
    ] = False,
    host: Annotated[str, typer.Option(metavar="HOST", help="The name that clients know the emulator by.")] = HOST,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of https; that of the running emulator by default.")
    ] = None,
    plain_port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port of plain http, alike.")] = None,
) -> None:
    """Print what points clients at the served emulator.

    For Python, Go, Node, the Azure CLI, Terraform and Pulumi.

    sh, bash, zsh: eval "$(hotpatch azure env)"; fish: hotpatch azure env --shell fish | source; PowerShell: hotpatch
    azure env --shell powershell | Out-String | Invoke-Expression; dotenv is for $GITHUB_ENV and --env-file.

    The Azure CLI and the bundle of certificates get a folder of the emulator's: your own log-ins and bundles are not
    touched, and what a variable held before comes back with --undo.
    """
    chosen = _shell(shell or shells.customary(os.environ, os.name))
    if undo:
        if chosen == _DOTENV:
            raise Failure("a dotenv file cannot unset a variable; give another --shell")
        typer.echo(shells.script(chosen, steps.undo_steps(os.environ)), nl=False)
        return
    addresses = _addresses(host, port, plain_port)
    wanted = _wanted(addresses)
    if chosen == _DOTENV:
        given = [steps.Step(name, value) for name, value in wanted.items() if value is not None]
        typer.echo(shells.script(chosen, given), nl=False)
        return
    typer.echo(shells.script(chosen, steps.set_steps(wanted, os.environ)) + _recipe(addresses), nl=False)


def _shell(name: str) -> str:
    if name not in shells.WRITERS:
        raise Failure(f"there is no shell {name!r} here; give one of {_SHELLS}")
    return name


def _addresses(host: str, port: int | None, plain_port: int | None) -> Addresses:
    found = running(state_folder()) or Addresses()
    return Addresses(port or found.port, plain_port or (PLAIN_PORT if port else found.plain_port), host)


def _wanted(addresses: Addresses) -> dict[str, str | None]:
    """The variables of every client; the bundle that they name is written."""
    with emulator_installed():
        from azure_hotpatch.emulator.served import certificates, environment, trust
    state = state_folder()
    bundle = state / "bundle.pem"
    try:
        authority = certificates.ensure(state).authority
        trust.write_bundle(bundle, authority, os.environ)
    except OSError as error:
        raise Failure(f"cannot write the certificates in {state}: {error.strerror or error}") from None
    files = environment.Trust(bundle, authority, _folder_of_the_cli(state))
    return environment.variables(addresses, files, os.environ)


def _folder_of_the_cli(state: Path) -> Path:
    return state / "azure-cli"


def _recipe(addresses: Addresses) -> str:
    """The commands that the Azure CLI needs once, as comments of every shell here."""
    from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
    from azure_hotpatch.emulator.served.metadata import NAME

    return (
        "# The Azure CLI, once:\n"
        f"#   az cloud register -n {NAME} --endpoint-resource-manager {addresses.url}\n"
        f"#   az cloud set -n {NAME}\n"
        f"#   az login --service-principal -u any -p any --tenant {TENANT}\n"
    )
