"""`hotpatch azure reset`, `seed` and `advance`: requests to the running emulator."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from azure_hotpatch.cli.commands.azure.extra import emulator_installed
from azure_hotpatch.cli.commands.azure.place import state_folder
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import json_of
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.emulator.served.addresses import Addresses, running

_SECONDS = 120.0

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port of https; that of the running one by default.")]


def reset(port: Port = None) -> None:
    """Empty the served emulator, and set its clock back."""
    _post(port, "reset", {})
    typer.echo("The emulated Azure is empty.")


def seed(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON export; - is stdin.")],
    port: Port = None,
) -> None:
    """Fill the emulator with an export of a real Azure.

    The JSON of `az graph query`, of `az vm list` or of REST lists.

    Resources are stored as they are, beside what is there. Those that cannot be stored are listed. It fails where
    nothing is stored.
    """
    answer = _post(port, "seed", _export(file))
    if not answer["stored"] and not answer["skipped"]:
        raise Failure(f"{file} has no resource; check the query, and the subscription that `az account show` names")
    typer.echo(f"{counted(answer['stored'], 'resource')} stored")
    if answer["standIns"]:
        typer.echo(
            f"{len(answer['standIns'])} interfaces and disks that the export does not have were made without content"
        )
    for one in answer["skipped"]:
        typer.echo(f"not stored: {one['id']}: {one['reason']}")
    if not answer["stored"]:
        raise Failure(f"nothing in {file} could be stored; the lines above say why")


def advance(
    days: Annotated[float, typer.Option(min=0, help="Days to move forward.")] = 0,
    hours: Annotated[float, typer.Option(min=0, help="Hours to move forward.")] = 0,
    minutes: Annotated[float, typer.Option(min=0, help="Minutes to move forward.")] = 0,
    to: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="The time to move forward to: 2027-02-09 or 2027-02-09T22:00:00Z."),
    ] = None,
    port: Port = None,
) -> None:
    """Move the emulator's clock forward. Machines are patched as time passes."""
    given = {name: value for name, value in (("days", days), ("hours", hours), ("minutes", minutes)) if value}
    if bool(given) == (to is not None):
        raise Failure("give --days, --hours, --minutes, or --to")
    answer = _post(port, "clock", {"now": _moment(to)} if to is not None else given)
    typer.echo(f"It is {answer['now']} in the emulated Azure.")


def _moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"--to {text!r} is no time; write it as {date.today().isoformat()} or with T22:00:00Z") from None
    return text


def _export(file: str) -> Any:
    try:
        return json_of(file)
    except Failure as failure:
        raise Failure(f"{failure}; export with `az vm list --output json` or `az graph query`") from None


def _post(port: int | None, path: str, body: Any) -> Any:
    """The emulator's answer. Raises Failure with its message if it refuses, or if none runs."""
    with emulator_installed():
        import httpx
    state = state_folder()
    addresses = Addresses(port) if port else running(state) or Addresses()
    url = f"{addresses.url}/emulator/{path}"
    try:
        answer = httpx.post(url, json=body, verify=_trusting(state), timeout=_SECONDS, trust_env=False)
    except httpx.TransportError as error:
        why = f"no emulator answers at {addresses.url} ({error})"
        raise Failure(f"{why}; `hotpatch azure serve` starts one") from None
    if answer.is_success:
        return answer.json()
    raise Failure(f"the emulator refused: {_words(answer)}")


def _trusting(state: Path) -> Any:
    import ssl

    authority = state / "ca.pem"
    if not authority.exists():
        raise Failure(f"there is no certificate in {state}; `hotpatch azure serve` makes it")
    return ssl.create_default_context(cafile=str(authority))


def _words(answer: Any) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
