"""Installations as journal entries: new and changed ones are added, and the last entry of a run counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from azure_hotpatch.operations.journal.chain import JournalEntry
from azure_hotpatch.operations.journal.file import Journal
from azure_hotpatch.operations.machine import Installation, Machine, Patch

KIND = "installation"
Body = Mapping[str, Any]


def body_of(machine: Machine, run: Installation) -> dict[str, Any]:
    """An installation as JSON: the machine's id, the run, and every update that Azure reported."""
    return {
        "machine": machine.id,
        "run": run.id,
        "status": run.status,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "rebootStatus": run.reboot_status,
        "windowExceeded": run.window_exceeded,
        "error": run.error,
        "startedBy": run.started_by,
        "maintenanceRun": run.maintenance_run,
        "build": machine.os_version,
        "patches": [_patch_body(patch) for patch in run.patches or ()],
    }


def installation_of(body: Body) -> Installation:
    """The installation of an entry's body."""
    return Installation(
        id=body["run"],
        status=body["status"],
        started=datetime.fromisoformat(body["started"]),
        ended=datetime.fromisoformat(body["ended"]) if body["ended"] else None,
        patches=tuple(_patch(patch) for patch in body["patches"]),
        reboot_status=body["rebootStatus"],
        window_exceeded=body["windowExceeded"],
        error=body["error"],
        started_by=body["startedBy"],
        maintenance_run=body["maintenanceRun"],
    )


def keep(journal: Journal, machines: Iterable[Machine]) -> int:
    """Add what the journal does not have yet: installations that ended, and those that have changed since."""
    known = {_key(body): _outcome(body) for body in _bodies(journal.read())}
    seen = (body_of(machine, run) for machine in machines for run in machine.installations if run.ended)
    return journal.add(KIND, [body for body in seen if known.get(_key(body)) != _outcome(body)])


def remembered(journal: Journal, machines: Iterable[Machine]) -> tuple[Machine, ...]:
    """The machines with the journal's installations beside Azure's, newest first; Azure's word goes before."""
    known = kept(journal)
    return tuple(replace(one, installations=_together(one, known.get(one.id.lower(), ()))) for one in machines)


def _together(machine: Machine, runs: Iterable[Installation]) -> tuple[Installation, ...]:
    by_id = {run.id: run for run in (*runs, *machine.installations)}
    return tuple(sorted(by_id.values(), key=lambda run: run.started, reverse=True))


def kept(journal: Journal) -> dict[str, list[Installation]]:
    """The journal's installations by the lower-case id of their machine, newest first."""
    last = {_key(body): body for body in _bodies(journal.read())}
    found: dict[str, list[Installation]] = {}
    for (machine, _), body in last.items():
        found.setdefault(machine, []).append(installation_of(body))
    for runs in found.values():
        runs.sort(key=lambda run: run.started, reverse=True)
    return found


def _bodies(entries: Iterable[JournalEntry]) -> Iterator[Body]:
    return (entry.body for entry in entries if entry.kind == KIND)


def _key(body: Body) -> tuple[str, str]:
    return str(body["machine"]).lower(), str(body["run"])


def _outcome(body: Body) -> tuple[Any, ...]:
    """What of an entry may change: a run's outcome, and not the build that the machine has today."""
    return body["status"], body["ended"], body["rebootStatus"], len(body["patches"])


def _patch_body(patch: Patch) -> dict[str, Any]:
    return {
        "kb": patch.kb,
        "name": patch.name,
        "classifications": list(patch.classifications),
        "state": patch.state,
        "severity": patch.severity,
    }


def _patch(body: Body) -> Patch:
    return Patch(body["kb"], body["name"], tuple(body["classifications"]), body["state"], severity=body["severity"])
