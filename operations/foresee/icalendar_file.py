"""The calendar as an iCalendar file (RFC 5545) that Outlook, Google and Apple open: an all-day event a release."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from azure_hotpatch.domain.azure.calendar import Certainty
from azure_hotpatch.operations.foresee.releases import CalendarEntry

_NAME = "Windows Server hotpatch calendar"


def icalendar(entries: Iterable[CalendarEntry], stamp: datetime) -> bytes:
    """The file; a month keeps its UID when what was planned has come. `stamp` is when the calendar was read."""
    calendar = Calendar()
    calendar.add("prodid", "-//azure-hotpatch//hotpatch calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # No METHOD: with PUBLISH every event needs an ORGANIZER (RFC 5546, 3.2.1), and without one some parsers refuse it.
    # Outlook takes a file without it for published (MS-STANOICAL, 2.2.51).
    calendar.add("x-wr-calname", _NAME)
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", datetime.combine(stamp.date(), time(), UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", f"Windows Server {entry.generation}: {_title(entry)}")
    event.add("description", "\n".join(_lines(entry)))
    event.add("categories", [str(entry.release)])
    event.add("status", "CONFIRMED" if entry.certainty is Certainty.ACTUAL else "TENTATIVE")
    event.add("transp", "TRANSPARENT")  # it blocks nobody's day
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event


def _uid(entry: CalendarEntry) -> str:
    name = f"{entry.day:%Y-%m}" if entry.release.is_monthly or entry.event is None else entry.event.kb.lower()
    return f"ws{entry.generation}-{name}@hotpatch-calendar.azure-hotpatch"


def _title(entry: CalendarEntry) -> str:
    kb = f" {entry.event.kb}" if entry.event and entry.event.kb else ""
    state = "" if entry.certainty is Certainty.ACTUAL else f" ({entry.certainty})"
    return f"{entry.release}{kb}{state}"


def _lines(entry: CalendarEntry) -> Iterable[str]:
    yield f"{entry.meaning[0].upper()}{entry.meaning[1:]}."
    event = entry.event
    if event is None:
        return
    if event.build:
        yield f"Build {event.build} ({event.kb})."
    if event.cumulative_kb:
        yield f"Without hotpatch: {event.cumulative_kb}, build {event.cumulative_build}, with a restart."
    if event.note:
        yield f"Note: {event.note}."
    yield f"Source: {event.source.title}."
