"""A move of the clock: everything that is due between two moments, in order of time."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zlib import crc32

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.patching import assessment
from azure_hotpatch.emulator.arm.patching.choice import WANTED
from azure_hotpatch.emulator.arm.patching.guests import VIRTUAL_MACHINES, Guest
from azure_hotpatch.emulator.arm.patching.installation import GUEST, carry_out, chosen, missed, remember
from azure_hotpatch.emulator.arm.providers import hybrid_patching
from azure_hotpatch.emulator.arm.providers.compute import orchestration, power
from azure_hotpatch.emulator.arm.rounds import own_updates, rollouts, schedule_runs
from azure_hotpatch.emulator.arm.rounds.due import Due
from azure_hotpatch.emulator.arm.rounds.estate import Estate, load

_OWN = "emulator/rounds"
_HALTED, _UNTIL = "halted", "until"
_OFF = "The machine did not respond; it was shut down or unresponsive."


def run(tx: Transaction, before: datetime, after: datetime) -> None:
    """Run what is due since the last move, up to `after`. Each machine's state is that of the move."""
    since = min((datetime.fromisoformat(one) for one in tx.recorded(_OWN, _UNTIL)), default=before)
    estate = load(tx)
    found = [*_dues(estate, since, after)]
    found.sort(key=lambda due: due.moment)
    halted = {kb: datetime.fromisoformat(moment) for kb, moment in tx.recorded(_OWN, _HALTED)}
    touched = {}
    for due in found:
        if _carry(tx, due, halted):
            touched[due.guest.machine.key] = due.guest.machine
    for guest in _assess_daily(estate, since, after):
        touched[guest.machine.key] = guest.machine
    for machine in touched.values():
        tx.hide(machine)
    tx.record(_OWN, _UNTIL, "", stamp(after))


def _dues(estate: Estate, since: datetime, after: datetime) -> Iterable[Due]:
    for source in (rollouts.dues, schedule_runs.dues, own_updates.dues):
        yield from source(estate, since, after)


def _carry(tx: Transaction, due: Due, halted: dict[str, datetime]) -> bool:
    """Run what is due; returns whether it changed the machine."""
    if _made(due.guest.machine) > stamp(due.moment):
        return False
    if not is_reachable(due.guest.machine):
        if not due.order.run:
            return False
        remember(tx, due.guest, missed(due.guest, due.order, due.moment, "ShutdownOrUnresponsive", _OFF))
        return True
    if due.rollout:
        return _roll_out(tx, due, halted)
    states = chosen(due.guest, due.order.wanted, due.moment)
    if due.order.by == GUEST and WANTED not in states.values():
        return False
    carry_out(tx, due.guest, due.order, due.moment, states)
    return True


def _made(machine: Resource) -> str:
    """When a machine came to be: what was due before, while the clock was not moved, does not concern it."""
    made = machine.hidden.get("made") or machine.body.get("properties", {}).get("timeCreated", "")
    return str(made)


def is_reachable(machine: Resource) -> bool:
    """Whether a machine runs; of one that Arc knows, whether it is connected."""
    if machine.type.lower() == VIRTUAL_MACHINES.lower():
        return power.is_running(machine)
    return hybrid_patching.is_connected(machine)


def _roll_out(tx: Transaction, due: Due, halted: dict[str, datetime]) -> bool:
    """A turn in a rollout: nothing where the machine had its own already, or where what it lacks was halted."""
    machine = due.guest.machine
    start = due.rollout.isoformat() if due.rollout else ""
    if machine.hidden.get("rollout", "") >= start or _began(machine) == stamp(due.moment):
        return False
    stopped = [kb for kb, moment in halted.items() if moment < due.moment]
    wanted = {**due.order.wanted, "kbNumbersToExclude": stopped} if stopped else due.order.wanted
    states = chosen(due.guest, wanted, due.moment)
    if WANTED not in states.values():
        machine.hidden["rollout"] = start
        assessment.assess(due.guest, due.moment)
        return True
    result = carry_out(tx, due.guest, due.order, due.moment, states)
    if result["status"] == "Succeeded":
        machine.hidden["rollout"] = start
    _watch_health(tx, due, halted)
    return True


def _began(machine: Resource) -> str:
    """When the last installation began. Where two rollouts come to a machine in one turn, the later one waits."""
    return str(machine.hidden.get("installation", {}).get("startTime", ""))


def _watch_health(tx: Transaction, due: Due, halted: dict[str, datetime]) -> None:
    """A patch that makes a machine unhealthy is not rolled out beyond that batch."""
    bad = due.guest.machine.hidden.get("unhealthy")
    if bad and bad not in halted:
        halted[bad] = due.moment
        tx.record(_OWN, _HALTED, bad, [bad, stamp(due.moment)])


def _assess_daily(estate: Estate, since: datetime, after: datetime) -> Iterable[Guest]:
    """Periodic assessment every 24 hours; only the last result is kept."""
    for member in estate.members:
        guest, machine = member.guest, member.guest.machine
        if not (guest.windows and orchestration.is_assessed_daily(machine) and is_reachable(machine)):
            continue
        moment = _last_turn(machine, after)
        if since < moment and machine.hidden.get("assessment", {}).get("time", "") < stamp(moment):
            assessment.assess(guest, moment)
            yield guest


def _last_turn(machine: Resource, after: datetime) -> datetime:
    minutes = crc32(machine.key.encode()) % (24 * 60)
    moment = datetime.combine(after.date(), time(), UTC) + timedelta(minutes=minutes)
    return moment if moment <= after else moment - timedelta(days=1)
