"""assessPatches and installPatches of a virtual machine: their parameters, and their results."""

from collections.abc import Mapping
from datetime import datetime

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.patching import assessment, durations, guests, requests
from azure_hotpatch.emulator.arm.patching.installation import RECORD, carry_out, duration
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import Conflict, OperationNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import agent, power

_UNDER_WAY = "installing"  # hidden of a machine: the body that was accepted, and how often it must still be asked about
_QUESTIONS = 2
_UNSHOWN = {"lastModifiedDateTime", "startedBy"}


def refuse_without_agent(act: Act) -> None:
    """Patching is done by extensions: they must be allowed, and the machine must run."""
    agent.check(act.resource)
    if not power.is_running(act.resource):
        raise OperationNotAllowed(  # wording not published
            f"Patch operations cannot be performed on VM '{act.resource.name}' because it is not running."
        )


def _assess(act: Act) -> Json:
    kept = assessment.assess(guests.of(act.tx, act.resource), act.tx.now(), "User")
    act.tx.hide(act.resource)
    return {
        "status": "Succeeded",
        "startDateTime": kept["time"],
        **assessment.counted(kept),
        "availablePatches": kept["patches"],
    }


def _begin_install(act: Act) -> None:
    refuse_without_agent(act)
    requests.check_install(act.body)
    if _UNDER_WAY in act.resource.hidden:  # wording not published
        raise Conflict(f"Another installation of patches is under way on VM '{act.resource.name}'.")
    kept = {name: act.body[name] for name in requests.INSTALL_BODY if name in act.body}
    now = act.tx.now()
    under_way = {"body": kept, "left": _QUESTIONS, "since": stamp(now)}
    if kept.get(requests.FAULT) == "never ends":
        under_way["until"] = stamp(requests.longest(kept, now))
    elif durations.are_lived(act.tx):
        order = requests.order_of(kept)
        ends = now + duration(guests.of(act.tx, act.resource), order, now)
        under_way |= {"until": stamp(ends), "lived": True}
    act.resource.hidden[_UNDER_WAY] = under_way
    act.tx.hide(act.resource)


def _until(act: Act) -> str:
    return str(act.resource.hidden[_UNDER_WAY].get("until", ""))


def _install(act: Act) -> Json:
    """The result; the machine may have been through with it before its operation was asked about."""
    result = _end(act.tx, act.resource)
    return {name: value for name, value in result.items() if name not in _UNSHOWN}


def _give_up(act: Act) -> None:
    act.resource.hidden.pop(_UNDER_WAY, None)
    act.tx.hide(act.resource)


def _end(tx: Transaction, machine: Resource) -> Json:
    under_way = machine.hidden.pop(_UNDER_WAY, None)
    if under_way is None:
        last: Json = tx.recorded(machine.key, RECORD)[-1]
        return last
    started = datetime.fromisoformat(under_way["since"]) if under_way.get("lived") else tx.now()
    result = carry_out(tx, guests.of(tx, machine), requests.order_of(under_way["body"]), started)
    tx.hide(machine)
    return result


def installing(tx: Transaction, machine: Resource) -> Json | None:
    """The summary of an installation that is under way; it goes on whether its operation is asked about or not.

    Each question about the machine moves it on, as a question about its operation would.
    """
    under_way = machine.hidden.get(_UNDER_WAY)
    if under_way is None:
        return None
    is_held = under_way.get("until", "") > stamp(tx.now())
    if under_way["left"] == 0 and not is_held:
        _end(tx, machine)
        return None
    under_way["left"] = max(under_way["left"] - 1, 0)
    tx.hide(machine)
    return {"status": "InProgress", "startTime": under_way["since"], "lastModifiedTime": stamp(tx.now())}


ACTIONS: Mapping[str, Action] = {
    "assessPatches": Action(_assess, refuse_without_agent, polls=1),
    "installPatches": Action(
        _install, _begin_install, _give_up, polls=1, remembers=requests.INSTALL_BODY, until=_until
    ),
}
