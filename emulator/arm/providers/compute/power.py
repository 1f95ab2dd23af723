"""Whether a machine runs, and the actions that change it."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.resource_type import Act, Action
from azure_hotpatch.emulator.arm.stored import Resource

_RUNNING = "running"


def state(machine: Resource) -> str:
    """`running`, `stopped` or `deallocated`."""
    return str(machine.hidden.get("power", _RUNNING))


def is_running(machine: Resource) -> bool:
    return state(machine) == _RUNNING


def _to(power: str, *, restarts: bool = False) -> Action:
    def finish(act: Act) -> None:
        act.resource.hidden["power"] = power
        if restarts:
            guests.of(act.tx, act.resource).packages.restart()
        act.tx.hide(act.resource)

    return Action(finish, polls=1)


def _as_it_was(_act: Act) -> None:
    return None


ACTIONS: Mapping[str, Action] = {
    "start": _to(_RUNNING, restarts=True),
    "restart": _to(_RUNNING, restarts=True),
    "powerOff": _to("stopped"),
    "deallocate": _to("deallocated"),
    "redeploy": _to(_RUNNING, restarts=True),
    "reapply": Action(_as_it_was, polls=1),
}
