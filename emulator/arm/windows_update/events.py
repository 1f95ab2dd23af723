"""The event file: releases that a user adds to the calendar, and updates that go wrong on some machines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, NewType
from zlib import crc32

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.windows_update.calendar import GENERATIONS, UpdateCalendar, calendars, release
from azure_hotpatch.emulator.arm.windows_update.releases import UpdateKind

# The content of an event file that `check` found nothing wrong with.
EventFile = NewType("EventFile", Json)

OUTCOMES = ("fails", "never ends", "unhealthy")
_KINDS = tuple(kind.value for kind in UpdateKind)
_CLASSIFICATIONS = ("Critical", "Security", "Updates")
_NUMBER, _BUILD = re.compile(r"KB[0-9]{4,9}"), re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")
_LONGEST = 24 * 60  # minutes
_MEMBERS = {
    "releases": {"day", "server", "kind", "kb", "build", "classification", "offeredToHotpatchUntil"},
    "faults": {"kb", "outcome", "share", "machines", "minutes"},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The fault of an update on a share of the machines that match a pattern: it fails, hangs, or breaks them."""

    kb: str
    outcome: str = ""  # one of OUTCOMES; "" where only `minutes` is changed
    share: float = 1.0
    machines: str = "*"
    minutes: int | None = None

    def hits(self, kb: str, key: str, name: str) -> bool:
        """Whether it concerns a machine; the same machines every time."""
        if kb != self.kb or not fnmatchcase(name.lower(), self.machines.lower()):
            return False
        return crc32(f"{key} {kb}".encode()) % 10_000 < self.share * 10_000


@dataclass(frozen=True)
class UpdateCatalogue:
    """The calendars of all servers with a user's events, and the faults."""

    calendars: dict[str, UpdateCalendar]
    faults: tuple[Fault, ...]

    @property
    def slowest(self) -> int:
        """The minutes of the slowest update that the event file makes slow; 0 where it makes none so."""
        return max((one.minutes or 0 for one in self.faults), default=0)

    def fault(self, kb: str, key: str, name: str) -> Fault | None:
        return next((one for one in self.faults if one.hits(kb, key, name)), None)


def check(events: Any) -> EventFile:
    """Validate the parsed JSON of an event file. Raises BadRequest with all that is wrong with it."""
    wrong = list(_wrong(events))
    if wrong:
        raise BadRequest("The event file cannot be used: " + "; ".join(wrong) + ".", code="InvalidEvents")
    return EventFile(events)


@lru_cache(maxsize=8)
def catalogue(text: str) -> UpdateCatalogue:
    """The calendars with the releases and faults of an event file; "" for none."""
    events = json.loads(text) if text else {}
    extra = tuple(release(row) for row in events.get("releases", ()))
    faults = (
        Fault(
            one["kb"],
            one.get("outcome", ""),
            float(one.get("share", 1)),
            one.get("machines", "*"),
            one.get("minutes"),
        )
        for one in events.get("faults", ())
    )
    return UpdateCatalogue(calendars(extra), tuple(faults))


def _wrong(events: Any) -> Iterator[str]:
    if not isinstance(events, dict):
        yield "it must be an object with 'releases' and 'faults'"
        return
    yield from (f"'{name}' is not one of: {', '.join(_MEMBERS)}" for name in events if name not in _MEMBERS)
    for name, wrong in (("releases", _wrong_release), ("faults", _wrong_fault)):
        rows = events.get(name, [])
        if not isinstance(rows, list):
            yield f"'{name}' must be a list"
            continue
        for at, row in enumerate(rows):
            if not isinstance(row, dict):
                yield f"{name}[{at}] must be an object"
                continue
            unknown = sorted(row.keys() - _MEMBERS[name])
            yield from (
                f"{name}[{at}].{member} is not one of: {', '.join(sorted(_MEMBERS[name]))}" for member in unknown
            )
            yield from (f"{name}[{at}].{words}" for words in wrong(row))


def _wrong_release(row: Json) -> Iterator[str]:
    if not _is_day(row.get("day")):
        yield f"day is {row.get('day')!r}; write it as 2027-03-09"
    if "offeredToHotpatchUntil" in row and not _is_day(row["offeredToHotpatchUntil"]):
        yield f"offeredToHotpatchUntil is {row['offeredToHotpatchUntil']!r}; write it as 2027-03-09"
    yield from _one_of(row, "server", GENERATIONS)
    yield from _one_of(row, "kind", _KINDS)
    if "classification" in row:
        yield from _one_of(row, "classification", _CLASSIFICATIONS)
    yield from _number(row)
    build = row.get("build")
    if not isinstance(build, str) or not _BUILD.fullmatch(build):
        yield f"build is {build!r}; write it as 26100.40000"


def _wrong_fault(row: Json) -> Iterator[str]:
    yield from _number(row)
    if "outcome" in row:
        yield from _one_of(row, "outcome", OUTCOMES)
    share = row.get("share", 1)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        yield f"share is {share!r}; it is a number from 0 to 1"
    if not isinstance(row.get("machines", "*"), str):
        yield f"machines is {row['machines']!r}; it is a pattern of names, such as 'web-*'"
    minutes = row.get("minutes", 1)
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= _LONGEST:
        yield f"minutes is {minutes!r}; it is an integer from 1 to {_LONGEST}"


def _one_of(row: Json, name: str, allowed: tuple[str, ...]) -> Iterator[str]:
    if row.get(name) not in allowed:
        yield f"{name} is {row.get(name)!r}; allowed are: {', '.join(allowed)}"


def _number(row: Json) -> Iterator[str]:
    kb = row.get("kb")
    if not isinstance(kb, str) or not _NUMBER.fullmatch(kb):
        yield f"kb is {kb!r}; write it as KB5200001"


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
