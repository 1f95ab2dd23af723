"""What is asked of Azure to take an update back: run a script in a machine, restart it, install one update."""

from dataclasses import dataclass
from typing import Any

from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.refusals import Refusal, said
from azure_hotpatch.operations.machine import Machine
from azure_hotpatch.operations.rollback.run import Refused

_LONGEST = "PT2H"


@dataclass(frozen=True, slots=True)
class Guests:
    """Machines of Azure, reached through Compute. `poll` is how many seconds lie between two questions."""

    connection: Connection
    poll: float = 10.0

    def run(self, machine: Machine, script: str) -> str:
        try:
            return _run(self, machine, script)
        except Refusal as refusal:
            raise Refused(str(refusal)) from None

    def restart(self, machine: Machine) -> None:
        try:
            _restart(self, machine)
        except Refusal as refusal:
            raise Refused(f"{refusal}; the update is removed, and gone after a restart") from None

    def install(self, machine: Machine, kb: str) -> tuple[bool, str]:
        try:
            return _install(self, machine, kb)
        except Refusal as refusal:
            raise Refused(str(refusal)) from None


def _operations(guests: Guests, machine: Machine) -> Any:
    return guests.connection.compute(machine.subscription).virtual_machines


@said
def _run(guests: Guests, machine: Machine, script: str) -> str:
    # The script may run any number of times, but Azure refuses a second one while the first is under way.
    body = {"commandId": "RunPowerShellScript", "script": script.splitlines()}
    poller = _operations(guests, machine).begin_run_command(
        machine.resource_group, machine.name, body, retry_total=0, polling_interval=guests.poll
    )
    streams = {one.code.split("/")[1]: one.message or "" for one in poller.result().value or ()}
    return str(streams.get("StdOut") or streams.get("StdErr", ""))


@said
def _restart(guests: Guests, machine: Machine) -> None:
    found = _operations(guests, machine).begin_restart(
        machine.resource_group, machine.name, retry_total=0, polling_interval=guests.poll
    )
    found.result()


@said
def _install(guests: Guests, machine: Machine, kb: str) -> tuple[bool, str]:
    body = {
        "maximumDuration": _LONGEST,
        "rebootSetting": "IfRequired",
        "windowsParameters": {"kbNumbersToInclude": [kb]},
    }
    poller = _operations(guests, machine).begin_install_patches(
        machine.resource_group, machine.name, body, retry_total=0, polling_interval=guests.poll
    )
    found = poller.result()
    states = [one.installation_state for one in found.patches or () if str(one.kb_id).upper().removeprefix("KB") == kb]
    if not states:
        return False, f"KB{kb} is not offered to it: assess it, and see which update it lacks"
    waits = str(found.reboot_status).rpartition(".")[2] in {"Required", "Failed", "REQUIRED", "FAILED"}
    installed = str(states[0]).rpartition(".")[2].lower() == "installed"
    words = f"KB{kb}: {str(states[0]).rpartition('.')[2].lower()}{', and a restart is due' if waits else ''}"
    return installed and not waits, words
