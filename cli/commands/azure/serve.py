"""`hotpatch azure serve`: the emulated Azure over https, until it is interrupted."""

from typing import Annotated

import typer

from azure_hotpatch.cli.commands.azure.extra import emulator_installed
from azure_hotpatch.cli.commands.azure.place import state_folder
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.emulator.served.addresses import PLAIN_PORT, PORT, Addresses


def serve(
    store: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            envvar="AZURE_HOTPATCH_EMULATOR_STORE",
            help="SQLite file of the resources, or :memory:; the user's own by default.",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of https; 0 takes a free one.")] = PORT,
    plain_port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of plain http, for managed identity; 0 takes a free one.")
    ] = PLAIN_PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A further host name to answer to, besides localhost; repeatable."),
    ] = None,
    listen: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen at, such as 0.0.0.0 in a container.")
    ] = "",
    start: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Time at which a new store's clock starts: 2025-01-12; now by default."),
    ] = None,
    events: Annotated[
        str | None, typer.Option(metavar="FILE", help="JSON file with releases to come and updates that go wrong.")
    ] = None,
    throttling: Annotated[
        bool | None,
        typer.Option("--throttling/--no-throttling", help="Limit requests as Compute does; as the store has it."),
    ] = None,
    graph_delay: Annotated[
        float | None,
        typer.Option(
            min=0, max=86400, metavar="SECONDS", help="How far Resource Graph is behind; as the store has it, or 0."
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Let clients poll after 20 ms, not 1 s; HashiCorp's then wait 10 s, Java's 30 s."),
    ] = False,
) -> None:
    """Serve the emulated Azure to Microsoft's own clients.

    Over HTTPS: log-in, tokens and Resource Manager.

    Anyone who can connect may log in: it listens on this machine's loopback only, unless --listen is given.
    """
    with emulator_installed():
        from azure_hotpatch.emulator.arm.admin import start_options
        from azure_hotpatch.emulator.arm.app import SERVED
        from azure_hotpatch.emulator.arm.database.store_file import StoreError
        from azure_hotpatch.emulator.served import server
        from azure_hotpatch.emulator.served.app import QUICK
    state = state_folder()
    where = store or str(state / "azure.sqlite")
    try:
        settings = server.ServerSettings(
            state,
            where,
            port,
            plain_port,
            listen,
            tuple(name or ()),
            QUICK if quick else SERVED,
            start=start_options.moment(start) if start else None,
            events=start_options.event_file(events) if events else None,
            throttling=throttling,
            graph_delay=graph_delay,
        )
    except start_options.StartOptionError as error:
        raise Failure(str(error)) from None
    try:
        server.serve(settings, lambda addresses: _say(addresses, where))
    except (StoreError, server.PortTakenError) as error:
        raise Failure(str(error)) from None
    except OSError as error:
        raise Failure(f"cannot serve with the state in {state}: {error.strerror or error}") from None


def _say(addresses: Addresses, store: str) -> None:
    typer.echo(f"Azure:             {addresses.url}")
    typer.echo(f"managed identity:  {addresses.plain_url}/msi/token")
    typer.echo(f"store:             {store}")
    typer.echo("clients:           `hotpatch azure env --help` prints the variables for a shell")
