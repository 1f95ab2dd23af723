"""Collect the facts of a report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from azure_hotpatch.domain.azure.calendar import BUILDS, Calendar, Generation
from azure_hotpatch.operations.foresee.forecast import Forecast, forecast, method
from azure_hotpatch.operations.foresee.live import patched
from azure_hotpatch.operations.foresee.releases import CalendarEntry, entries, knowledge
from azure_hotpatch.operations.machine import Installation, Machine
from azure_hotpatch.operations.report.facts import Coming, FleetReport, Month, PolicyFinding, Row
from azure_hotpatch.operations.report.past import YEAR, installations, past_of
from azure_hotpatch.operations.status.status import status_of
from azure_hotpatch.operations.status.track import Standing

AHEAD = 12  # months
Kept = Mapping[str, Sequence[Installation]]


def build(
    title: str,
    machines: Iterable[Machine],
    kept: Kept,
    findings: tuple[PolicyFinding, ...] | None,
    now: datetime,
    calendar: Calendar,
) -> FleetReport:
    """The report of a fleet at a moment; `kept` has the journal's installations by the lower-case id of a machine."""
    today = now.astimezone(UTC).date()
    calendar = _as_of(calendar, today)
    rows = tuple(_row(one, kept, now, calendar) for one in sorted(machines, key=lambda one: (one.name, one.id)))
    foreseen = [row.forecast for row in rows if row.forecast]
    generations = sorted({one.machine.generation for one in foreseen})
    return FleetReport(
        title=title,
        at=now,
        rows=rows,
        months=_months(rows, today),
        coming=_coming(foreseen, today),
        releases=tuple(_releases(generations, today, calendar)),
        findings=findings,
        method=tuple(_method(foreseen, generations, today, calendar)),
    )


def _as_of(calendar: Calendar, today: date) -> Calendar:
    """The calendar as the day of the report knew it, unless that was before a Windows Server had hotpatch."""
    known = calendar.as_of(today)
    return known if all(known.monthly(generation) for generation in BUILDS) else calendar


def _row(machine: Machine, kept: Kept, now: datetime, calendar: Calendar) -> Row:
    today = now.astimezone(UTC).date()
    known, status = patched(machine, calendar, today), status_of(machine, now, calendar)
    current = status.track.standing is Standing.CURRENT
    past = past_of(known, installations(machine, kept.get(machine.id.lower(), ())), today, calendar, current=current)
    foreseen = forecast([known], today, AHEAD, calendar)[0] if known else None
    missing = status.track.missing
    return Row(status, past, foreseen, (today - missing.day).days if missing else None)


def _months(rows: Iterable[Row], today: date) -> tuple[Month, ...]:
    """The twelve months up to today; the twin restarts where the machine did, and where a hotpatch spared it one."""
    own: Counter[date] = Counter()
    twins: Counter[date] = Counter()
    for row in rows:
        own.update(_first(day) for day in row.past.restarts)
        twins.update(_first(day) for day in (*row.past.restarts, *row.past.avoided))
    return tuple(Month(month, own[month], twins[month]) for month in _firsts(_first(today), -AHEAD + 1, 1))


def _coming(foreseen: Iterable[Forecast], today: date) -> tuple[Coming, ...]:
    planned: Counter[date] = Counter()
    possible: Counter[date] = Counter()
    twins: Counter[date] = Counter()
    for one in foreseen:
        for restart in one.restarts:
            month = max(_first(restart.released), _first(today))  # what is due comes from now on
            (planned if restart.certain else possible)[month] += 1
            twins[month] += 1
    months = _firsts(_first(today), 0, AHEAD + 1)
    return tuple(Coming(month, planned[month], possible[month], twins[month]) for month in months)


def _releases(generations: Sequence[Generation], today: date, calendar: Calendar) -> Iterable[CalendarEntry]:
    for generation in generations:
        yield from entries(calendar, generation, today - YEAR, today + timedelta(days=100), today)


def _method(
    foreseen: Sequence[Forecast], generations: Sequence[Generation], today: date, calendar: Calendar
) -> Iterable[str]:
    yield (
        "A machine is judged against its own track: hotpatches where hotpatch is on and it stands on the current "
        "baseline, cumulative updates everywhere else."
    )
    yield (
        "The twin without hotpatch is the same machine with a cumulative update each month. A restart counts as "
        "avoided where a monthly hotpatch was installed without one. Out-of-band updates are not counted for the twin."
    )
    yield (
        "Exposure counts the days on which a monthly security update was out and not installed, from the first "
        "installation that is known. Azure forgets them after 30 days; the journal of `hotpatch history` does not."
    )
    yield from method([one.machine for one in foreseen], today, AHEAD, calendar)
    for generation in generations:
        yield f"Windows Server {generation}: {knowledge(calendar, generation, today)}"


def _first(day: date) -> date:
    return day.replace(day=1)


def _firsts(month: date, start: int, stop: int) -> Iterable[date]:
    for ahead in range(start, stop):
        year, number = divmod(month.year * 12 + month.month - 1 + ahead, 12)
        yield date(year, number + 1, 1)
