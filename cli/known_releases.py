"""The releases that a user adds to the built-in record: read, checked, and kept in a file of the user's."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azure_hotpatch.cli.download import download, named
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import called, parsed_json, read_bytes
from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar, Generation, PatchEvent, Release
from azure_hotpatch.local import calendar as kept
from azure_hotpatch.local.calendar import Added

if TYPE_CHECKING:
    from azure_hotpatch.domain.vocabulary.problem import Problem

_LARGEST = 1_000_000  # bytes; a hundred years are a tenth of it
_FORM = '{"events": [{"day": "2026-10-13", …}]}'


def added() -> Added | None:
    """The added releases, or None where there are none; a Failure where their file cannot be read."""
    try:
        return kept.added()
    except kept.UnreadableError as error:
        raise Failure(str(error)) from None


def calendar() -> Calendar:
    """The calendar in effect; a Failure where the added releases cannot be read."""
    return kept.with_added(added())


def as_of(today: date, generations: Iterable[Generation]) -> Calendar:
    """The calendar in effect as a day knew it; a Failure where it knew nothing of a Windows Server."""
    known = calendar().as_of(today)
    for generation in generations:
        if not known.monthly(generation):
            first = CALENDAR.monthly(generation)[0].day
            raise Failure(f"on {today} Windows Server {generation} had no hotpatch: its first came on {first}")
    return known


def ages(known: Calendar, generations: Iterable[Generation | None], today: date) -> list[str]:
    """What a person must know of the calendar's age: months that it lacks, and releases that it has from elsewhere."""
    from azure_hotpatch.operations.foresee.releases import gaps

    given = added()
    own = [f"The calendar has {given}."] if given else []
    return [*own, *gaps(known, (one for one in generations if one), today)]


def knowledge(known: Calendar, generation: Generation, today: date) -> dict[str, Any]:
    """How old the calendar's knowledge of a Windows Server is, and what was added to it, as JSON has it."""
    from azure_hotpatch.operations.foresee import releases

    age, given = releases.knowledge(known, generation, today), added()
    more = {"source": given.source, "taken": given.taken.isoformat(), "releases": len(given.events)} if given else None
    return {
        "knownUntil": age.known_until.isoformat(),
        "daysOld": age.days_old,
        "missingMonths": age.missing_months,
        "added": more,
    }


def shown(source: str) -> str:
    """A source as it is shown and kept: an address without what may be a secret."""
    return named(source) if "://" in source else called(source)


def read(source: str) -> tuple[tuple[PatchEvent, ...], list[dict[str, Any]]]:
    """The releases in a file or at an https address: JSON, `{"events": […]}` as a stack's `calendar` has them."""
    name = shown(source)
    data = download(source, _LARGEST) if "://" in source else read_bytes(source)
    if len(data) > _LARGEST:
        raise Failure(f"{name} is larger than {_LARGEST} bytes, and no list of releases is")
    found = parsed_json(name, data)
    raw = found.get("events") if isinstance(found, dict) else None
    if not isinstance(raw, list) or not raw:
        raise Failure(f'{name} has no list "events" with releases in it: it is written ' + _FORM)
    return _events(raw, name), raw


def keep(source: str, raw: list[dict[str, Any]], taken: date) -> Path:
    """Write the releases to the user's file, beside those of other months that are there."""
    try:
        path = kept.keep(source, raw, taken)
    except OSError as error:
        raise Failure(f"{kept.place()} cannot be written: {error.strerror}") from None
    if path is None:
        raise Failure(f"{kept.VARIABLE} is {kept.NONE}: there is no file to keep releases in; unset it, or name one")
    return path


def contradictions(events: tuple[PatchEvent, ...]) -> list[str]:
    """The conflicts between releases and the built-in record, by month."""
    found = []
    for event in events:
        known = next((one for one in CALENDAR.monthly(event.generation) if _same_month(one, event)), None)
        if known and event.release.is_monthly and (known.release, known.day) != (event.release, event.day):
            found.append(
                f"Windows Server {event.generation}, {event.day}: {event.release}, and the record has "
                f"{known.release} of {known.day} ({known.kb})"
            )
    return found


def _same_month(one: PatchEvent, other: PatchEvent) -> bool:
    return (one.day.year, one.day.month) == (other.day.year, other.day.month)


def _events(raw: Any, source: str) -> tuple[PatchEvent, ...]:
    from azure_hotpatch.domain.settings import SettingsError  # not for a command that reads no releases

    try:
        events = kept.events_of(raw)
    except SettingsError as error:
        told = "; ".join(f"{one.path.removeprefix('calendar.')}: {_told(one)}" for one in error.problems)
        raise Failure(f"{source}: {told}") from None
    off = [event for event in events if event.release is Release.BASELINE and event.day.month not in (1, 4, 7, 10)]
    if off:
        raise Failure(f"{source}: a baseline of {off[0].day} was not planned: its release is unplannedBaseline")
    return events


def _told(problem: "Problem") -> str:
    """What is wrong with a value, on one line: the value, unless the words have it, and what is allowed."""
    value = f" (value: {problem.value})" if problem.value and problem.value not in problem.message else ""
    return f"{problem.message}{value}{f', allowed: {problem.allowed}' if problem.allowed else ''}"
