"""The power state of a machine, and the actions that change it."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.protocol.errors import OperationNotAllowed

RUNNING, STOPPED, DEALLOCATED = "running", "stopped", "deallocated"
GENERALIZED = "generalized"  # a hidden member: true of a machine that an image is to be made of


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


def _to(power: str) -> Action:
    return Action(lambda act: change(act.tx, act.resource, power), polls=1)


def _starts(verb: str) -> Action:
    """An action after which the machine runs, once it has started again."""

    def begin(act: Act) -> None:
        if act.resource.hidden.get(GENERALIZED):  # the words that users report; none is in Azure's documentation
            raise OperationNotAllowed(
                f"Operation '{verb}' is not allowed on VM '{act.resource.name}' since the VM is generalized."
            )

    return Action(lambda act: change(act.tx, act.resource, RUNNING, restarts=True), begin, polls=1)


def _as_it_was(_act: Act) -> None:
    return None


ACTIONS: Mapping[str, Action] = {
    "start": _starts("start"),
    "restart": _starts("restart"),
    "powerOff": _to(STOPPED),
    "deallocate": _to(DEALLOCATED),
    "redeploy": _starts("redeploy"),
    "reapply": Action(_as_it_was, polls=1),
}
