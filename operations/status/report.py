"""A status as output has it: a row of JSON, the cells of a table, and what a fleet's causes add up to.

The JSON is documented in docs/guides/see-what-runs.md; a change of a name or a meaning there is a new VERSION.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from azure_hotpatch.domain.azure.images import OFFER, PUBLISHER
from azure_hotpatch.operations.machine import Installation, Machine
from azure_hotpatch.operations.status import assessing
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.status import Status

VERSION = 1
_NONE = "-"
COLUMNS = (
    *("machine", "resource group", "region", "image", "mode", "patched by", "hotpatch", "can work", "track", "build"),
    *("standing", "critical", "security", "restart", "assessed", "installed", "causes"),
)


@dataclass(frozen=True, slots=True)
class CauseVerdict:
    """Which of the requested causes were found, and for which machines one could not be ruled out."""

    found: Mapping[Cause, tuple[str, ...]]
    unjudged: tuple[str, ...]


def verdict(statuses: Iterable[Status], asked: Iterable[Cause]) -> CauseVerdict:
    """Check a fleet for causes; the names are those of the machines."""
    listed, wanted = list(statuses), list(dict.fromkeys(asked))
    found = {cause: tuple(one.machine.name for one in listed if cause in one.causes) for cause in wanted}
    unjudged = tuple(one.machine.name for one in listed if one.unjudged & set(wanted) - one.causes)
    return CauseVerdict({cause: names for cause, names in found.items() if names}, unjudged)


def cells(status: Status, now: datetime) -> list[str]:
    """A line of the table, below COLUMNS."""
    machine, found, track = status.machine, status.machine.assessment, status.track
    return [
        machine.name,
        machine.resource_group,
        machine.location,
        image_of(machine),
        machine.settings.patch_mode or _NONE,
        str(status.patcher),
        str(status.word),
        "no" if status.why_not else "yes",
        _track(status),
        _build(machine),
        f"lacks KB{track.missing.kb}" if track.missing else str(track.standing),
        _count(assessing.pending(found, "critical") if found else None),
        _count(_security(status)),
        {True: "pending", False: "no", None: _NONE}[found.reboot_pending if found else None],
        f"{status.freshness}{f' {age(now - found.at)} ago' if found else ''}",
        _installed(status.last, now),
        ", ".join(sorted(status.causes)) or _NONE,
    ]


def row(status: Status, now: datetime) -> dict[str, Any]:
    """A machine as JSON: what Azure reported below `machine`, and the conclusions beside it."""
    track, last = status.track, status.last
    return {
        "machine": _plain(status.machine),
        "image": image_of(status.machine),
        "hotpatch": str(status.word),
        "patchedBy": str(status.patcher),
        "canHotpatch": not status.why_not,
        "whyNot": list(status.why_not),
        "track": {
            "name": str(track.name),
            "standing": str(track.standing),
            "has": _level(track.level),
            "missing": _level(track.missing),
            "took": track.took,
            "lacks": track.lacks,
            "orEarlier": track.or_earlier,
            "returns": track.returns.isoformat() if track.returns else None,
            "reason": track.reason,
        },
        "assessment": str(status.freshness),
        "assessedHoursAgo": _hours(now, status.machine.assessment.at if status.machine.assessment else None),
        "installedHoursAgo": _hours(now, last.started if last else None),
        "causes": [{"cause": str(one.cause), "detail": one.detail, "remedy": one.remedy} for one in status.findings],
        "unjudged": sorted(status.unjudged),
    }


def image_of(machine: Machine) -> str:
    """The SKU of an image of Microsoft's Windows Server, the whole name of another one."""
    image = machine.image
    if image is None:
        return machine.image_id.rpartition("/")[2] if machine.image_id else _NONE
    is_server = (image.publisher.lower(), image.offer.lower()) == (PUBLISHER.lower(), OFFER.lower())
    return image.sku if is_server else f"{image.publisher}:{image.offer}:{image.sku}"


def age(span: timedelta) -> str:
    """How long, in the largest unit of which there are two: "90 min", "30 h", "12 d"."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"


def _track(status: Status) -> str:
    track = status.track
    by, until = f": {track.by}" if track.by else "", f", until {track.returns}" if track.returns else ""
    return f"{track.name}{by}{until}"


def _build(machine: Machine) -> str:
    return (machine.os_version or _NONE).removeprefix("10.0.")


def _security(status: Status) -> int | None:
    found = status.machine.assessment
    if found is None:
        return None
    alone = assessing.pending(found, "security")
    return assessing.pending_security(found) if alone is None else alone


def _count(number: int | None) -> str:
    return _NONE if number is None else str(number)


def _installed(last: Installation | None, now: datetime) -> str:
    return f"{last.status} {age(now - last.started)} ago" if last else _NONE


def _level(level: Any) -> dict[str, Any] | None:
    if level is None:
        return None
    return {"kb": level.kb, "revision": level.revision, "day": level.day.isoformat(), "kind": str(level.line)}


def _hours(now: datetime, then: datetime | None) -> float | None:
    return round((now - then).total_seconds() / 3600, 1) if then else None


def _plain(value: Any) -> Any:
    """Fields in camel case, moments as ISO 8601, tuples as lists; tags keep their names."""
    if is_dataclass(value):
        return {_camel(one.name): _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
