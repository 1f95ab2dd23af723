"""Install patches on one machine: which are attempted, how each ends, and what is recorded."""

import uuid
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.patching import assessment
from azure_hotpatch.emulator.arm.patching.choice import WANTED, judged
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.events import Fault
from azure_hotpatch.emulator.arm.windows_update.patch import ALWAYS, NEVER, OfferedPatch, installed

RECORD = "installation"
GUEST = "Guest"  # who started an installation that Azure does not know about
# "Maintenance configurations": an update starts only with 25 minutes left, a service pack with 30; ten are kept for
# the restart.
_LEAST_LEFT, _LEAST_LEFT_OF_SERVICE_PACK, _FOR_RESTART = 25, 30, 10
_RESTART_MINUTES = 5
_COUNTED = ("NotSelected", "Excluded", "Pending", "Installed", "Failed")
_FAILED = {"code": "0x80240022", "message": "The installation of update {} failed."}  # WU_E_ALL_UPDATES_FAILED


@dataclass(frozen=True, slots=True)
class InstallationRequest:
    """What to install, whether the machine may restart, and the maximum duration in minutes."""

    wanted: Json  # as windowsParameters
    reboot: str  # IfRequired, Never or Always
    minutes: int | None = None
    by: str = "User"  # or Platform, or GUEST
    run: str = ""  # the id of the run of a maintenance configuration
    fault: str = ""  # what all its updates do on purpose: an outcome of the event file's


@dataclass(slots=True)
class _Work:
    """An installation under way."""

    guest: Guest
    order: InstallationRequest
    started: datetime
    states: dict[OfferedPatch, str]
    elapsed: int = 0
    exceeded: bool = False
    failed: list[OfferedPatch] = field(default_factory=list)

    @property
    def left(self) -> float:
        return float("inf") if self.order.minutes is None else self.order.minutes - self.elapsed


def chosen(guest: Guest, wanted: Json, now: datetime) -> dict[OfferedPatch, str]:
    """The patches that a machine is offered now, each with whether it is wanted."""
    return {patch: judged(patch, wanted) for patch in guest.offered(now)}


def carry_out(
    tx: Transaction,
    guest: Guest,
    order: InstallationRequest,
    started: datetime,
    states: dict[OfferedPatch, str] | None = None,
) -> Json:
    """Install what is offered and wanted, and record it; the result as installPatches gives it.

    `states` is what `chosen` gave, if that was asked already. It changes what is hidden of the machine, which the
    caller saves.
    """
    work, reboot_status = _worked(guest, order, started, states)
    result = _result(work, reboot_status, min(started + timedelta(minutes=work.elapsed), max(tx.now(), started)))
    remember(tx, guest, result)
    if order.by != GUEST:
        assessment.assess(guest, started + timedelta(minutes=work.elapsed))
    return result


def duration(guest: Guest, order: InstallationRequest, started: datetime) -> timedelta:
    """How long an installation that begins then takes; the machine is left as it is."""
    machine = replace(guest.machine, hidden=deepcopy(guest.machine.hidden))
    work, _ = _worked(guest.again(machine), order, started)
    return timedelta(minutes=work.elapsed)


def remember(tx: Transaction, guest: Guest, result: Json) -> None:
    """Keep a result for the history, and its summary for the instance view."""
    tx.record(guest.machine.key, RECORD, result["startDateTime"], {**result, "build": guest.packages.build})
    if result["startedBy"] == GUEST:
        return
    kept = ("patches", "status", "error", "startDateTime", "lastModifiedDateTime", "rebootStatus", "startedBy")
    summary = {name: value for name, value in result.items() if name not in {*kept, "maintenanceRunId"}}
    guest.machine.hidden["installation"] = {
        "status": result["status"],
        **summary,
        "startTime": result["startDateTime"],
        "lastModifiedTime": result["lastModifiedDateTime"],
        **({"error": result["error"]} if "error" in result else {}),
    }


def missed(guest: Guest, order: InstallationRequest, started: datetime, code: str, message: str) -> Json:
    """The result of a run that did not reach its machine."""
    work = _Work(guest, order, started, {})
    return {**_result(work, "NotNeeded", started), "status": "Failed", "error": {"code": code, "message": message}}


def _worked(
    guest: Guest, order: InstallationRequest, started: datetime, states: dict[OfferedPatch, str] | None = None
) -> tuple[_Work, str]:
    """Attempt what is wanted, then restart if need be; the work, and the rebootStatus."""
    states = chosen(guest, order.wanted, started) if states is None else states
    work = _Work(guest, order, started, states)
    for patch in [patch for patch, state in states.items() if state == WANTED]:
        states[patch] = _attempt(work, patch)
    reboot_status = _restart(work)
    work.exceeded = work.exceeded or work.left < 0  # an update that was begun in time may end too late
    return work, reboot_status


def _attempt(work: _Work, patch: OfferedPatch) -> str:
    least = _LEAST_LEFT_OF_SERVICE_PACK if patch.classification == "ServicePack" else _LEAST_LEFT
    if work.left < least:
        work.exceeded = True
        return "Pending"
    machine = work.guest.machine
    fault = _fault(work, patch)
    work.elapsed += (fault.minutes if fault and fault.minutes else None) or patch.minutes
    if fault and fault.outcome in {"fails", "never ends"}:
        work.failed.append(patch)
        if fault.outcome == "never ends":
            work.elapsed, work.exceeded = max(work.elapsed, work.order.minutes or 0), True
        return "Failed"
    _put_on(work, patch)
    if fault and fault.outcome == "unhealthy":
        machine.hidden["unhealthy"] = patch.kb
    return "Installed"


def _fault(work: _Work, patch: OfferedPatch) -> Fault | None:
    if work.order.fault:
        return Fault(patch.kb, work.order.fault)
    machine = work.guest.machine
    return work.guest.catalogue.fault(patch.kb, machine.key, machine.name)


def _put_on(work: _Work, patch: OfferedPatch) -> None:
    packages = work.guest.packages
    packages.add(patch, work.started, waits=patch.reboot == ALWAYS)
    if patch.reboot not in {ALWAYS, NEVER}:
        packages.ask_for_restart()
    if patch.release:
        work.guest.machine.hidden.pop("unhealthy", None)  # a later update of the system takes the place of a bad one


def _restart(work: _Work) -> str:
    """Restart if that is needed, allowed, and there is time for it; the rebootStatus."""
    packages, wanted = work.guest.packages, work.order.reboot
    if wanted != "Always" and not packages.reboot_pending:
        return "NotNeeded"
    if wanted == "Never" or work.left < _RESTART_MINUTES:
        return "Required"
    work.elapsed += _RESTART_MINUTES
    packages.restart()
    return "Completed"


def _result(work: _Work, reboot_status: str, ended: datetime) -> Json:
    counts = Counter(work.states.values())
    activity = f"{work.guest.machine.key} {work.started}"
    result: Json = {
        "status": _status(work, counts),
        "installationActivityId": str(uuid.uuid5(uuid.NAMESPACE_OID, activity)),
        "rebootStatus": reboot_status,
        "maintenanceWindowExceeded": work.exceeded,
        **{f"{word[0].lower()}{word[1:]}PatchCount": counts[word] for word in _COUNTED},
        "patches": [installed(patch, state) for patch, state in work.states.items()],
        "startDateTime": stamp(work.started),
        "lastModifiedDateTime": stamp(ended),
        "startedBy": work.order.by,
    }
    if work.order.run:
        result["maintenanceRunId"] = work.order.run
    if work.failed:
        details = [{**_FAILED, "message": _FAILED["message"].format(patch.kb)} for patch in work.failed[:5]]
        message = f"{len(work.failed)} error/s reported."
        result["error"] = {"code": "PatchInstallationFailed", "message": message, "details": details}
    return result


def _status(work: _Work, counts: Counter[str]) -> str:
    if work.exceeded or (work.failed and not counts["Installed"]):
        return "Failed"
    return "CompletedWithWarnings" if work.failed else "Succeeded"
