"""The power state of a machine, and the actions that change it."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.errors import OperationNotAllowed
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.resource_type import Act, Action
from azure_hotpatch.emulator.arm.stored import Resource
from azure_hotpatch.emulator.arm.transaction import Transaction

RUNNING, STOPPED, DEALLOCATED = "running", "stopped", "deallocated"


def state(machine: Resource) -> str:
    """`running`, `stopped` or `deallocated`."""
    return str(machine.hidden.get("power", RUNNING))


def is_running(machine: Resource) -> bool:
    return state(machine) == RUNNING


def change(tx: Transaction, machine: Resource, power: str, *, restarts: bool = False) -> None:
    machine.hidden["power"] = power
    if restarts:
        guests.of(tx, machine).packages.restart()
    tx.hide(machine)


def refuse_if_off(act: Act) -> None:
    if not is_running(act.resource):  # wording not published
        raise OperationNotAllowed(f"Scripts cannot be run on VM '{act.resource.name}' because it is not running.")


def _to(power: str, *, restarts: bool = False) -> Action:
    def finish(act: Act) -> None:
        change(act.tx, act.resource, power, restarts=restarts)

    return Action(finish, polls=1)


def _as_it_was(_act: Act) -> None:
    return None


ACTIONS: Mapping[str, Action] = {
    "start": _to(RUNNING, restarts=True),
    "restart": _to(RUNNING, restarts=True),
    "powerOff": _to(STOPPED),
    "deallocate": _to(DEALLOCATED),
    "redeploy": _to(RUNNING, restarts=True),
    "reapply": Action(_as_it_was, polls=1),
}
