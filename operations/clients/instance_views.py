"""Read the instance views of several virtual machines at once: what Resource Graph does not have, or no longer.

A scale set's own instance view is refused by Azure; its members are asked like any other machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from azure_hotpatch.operations.clients import compute, machine_batches
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.machines import last_installation, moment, power_of
from azure_hotpatch.operations.machine import Assessment, Installation, Machine, MachineType

SOURCE = "instance view"


def viewed(connection: Connection, machines: Iterable[Machine]) -> tuple[dict[str, Machine], dict[str, str]]:
    """Ask the instance views of virtual machines.

    Gives the machines by id, and by id the reason of each one that was not answered. What no machine can be asked for,
    as without a log-in, is raised as a Refusal.
    """
    asked = [one for one in machines if one.type is MachineType.VIRTUAL_MACHINE]
    reads = machine_batches.viewed(connection, asked, look=_look)
    found = {read.machine.id: read.machine for read in reads if not read.error}
    return found, {read.machine.id: read.error for read in reads if read.error}


def _look(connection: Connection, machine: Machine) -> Machine:
    path = compute.MachinePath(machine.subscription, machine.resource_group, machine.name)
    return with_view(machine, compute.view(connection, path), datetime.now(UTC))


def with_view(machine: Machine, view: Mapping[str, Any], now: datetime) -> Machine:
    """The machine with what its instance view says; of two assessments or installations the later one counts."""
    patching = view.get("patchStatus") or {}
    version = view.get("osVersion")
    return replace(
        machine,
        power=power_of(view) or machine.power,
        os_version=version or machine.os_version,
        version_source=SOURCE if version else machine.version_source,
        agent_ready=_is_ready(view),
        configuration=_not_ready(patching.get("configurationStatuses") or ()),
        assessment=_later(machine.assessment, _assessment(patching)),
        installations=_merged(machine.installations, last_installation(view)),
        viewed=now,
        read=now,
    )


def _is_ready(view: Mapping[str, Any]) -> bool:
    statuses = (view.get("vmAgent") or {}).get("statuses") or ()
    return any(status.get("displayStatus") == "Ready" for status in statuses)


def _not_ready(statuses: Sequence[Mapping[str, Any]]) -> str:
    """What the statuses of the patch and assessment mode say; the words but Ready and Pending are published nowhere."""
    bad = [one for one in statuses if str(one.get("code", "")).rpartition("/")[2] not in {"Ready", "Pending"}]
    return "; ".join(f"{one.get('code')}: {one.get('message') or one.get('displayStatus') or ''}" for one in bad)


def _assessment(patching: Mapping[str, Any]) -> Assessment | None:
    found = patching.get("availablePatchSummary") or {}
    at = moment(found.get("lastModifiedTime"))
    if at is None:
        return None
    counts = {
        "criticalAndSecurity": found.get("criticalAndSecurityPatchCount") or 0,
        "other": found.get("otherPatchCount") or 0,
    }
    error = (found.get("error") or {}).get("message") or ""
    return Assessment(found.get("status") or "", at, counts, found.get("rebootPending"), error=error)


def _later(known: Assessment | None, seen: Assessment | None) -> Assessment | None:
    """The later assessment; Resource Graph's of the same time says more."""
    if known is None or seen is None:
        return known or seen
    return seen if seen.at > known.at else known


def _merged(known: tuple[Installation, ...], summary: Mapping[str, Any] | None) -> tuple[Installation, ...]:
    """The installations with the last one of the instance view, if that is newer or came on since."""
    started = moment((summary or {}).get("startTime"))
    if not summary or not started or any(one.id == summary.get("installationActivityId") for one in known):
        return known
    if known and known[0].started >= started:
        return known
    status = summary.get("status") or ""
    seen = Installation(
        id=summary.get("installationActivityId") or "",
        status=status,
        started=started,
        ended=None if status == "InProgress" else moment(summary.get("lastModifiedTime")),
        window_exceeded=bool(summary.get("maintenanceWindowExceeded")),
        error=(summary.get("error") or {}).get("message") or "",
    )
    return (seen, *known)
