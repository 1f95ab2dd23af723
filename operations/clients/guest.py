"""Requests to Compute for a rollback: run a script in a machine, and restart it."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.operations.clients.compute import Begun, MachinePath, begin
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.refusals import said_of_a_change


@said_of_a_change
def begin_script(connection: Connection, place: MachinePath, script: str) -> Begun:
    """Run a script in a machine, by one request. Azure refuses a second one while the first is under way."""
    body = {"commandId": "RunPowerShellScript", "script": script.splitlines()}
    return begin(connection.compute(place.subscription).virtual_machines.begin_run_command, place, body)


@said_of_a_change
def begin_restart(connection: Connection, place: MachinePath) -> Begun:
    """Restart a machine, by one request that is never repeated here."""
    return begin(connection.compute(place.subscription).virtual_machines.begin_restart, place)


def printed(result: Mapping[str, Any]) -> str:
    """What a script wrote on its output, else on its errors; from the result of runCommand, in ARM's names."""
    codes = {str(one.get("code")): one.get("message") or "" for one in result.get("value") or ()}
    streams = {code.split("/")[1]: message for code, message in codes.items() if "/" in code}
    return str(streams.get("StdOut") or streams.get("StdErr", ""))
