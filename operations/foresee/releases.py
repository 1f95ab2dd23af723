"""The calendar's entries in order: what each month and each out-of-band update means for a hotpatch machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from azure_hotpatch.domain.azure.calendar import Calendar, Certainty, Generation, PatchEvent, Release, patch_day


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One line of the calendar."""

    day: date
    generation: Generation
    release: Release
    certainty: Certainty
    meaning: str
    event: PatchEvent | None = None

    @property
    def restarts(self) -> bool:
        return self.release.restarts


def entries(calendar: Calendar, generation: Generation, first: date, last: date, today: date) -> list[CalendarEntry]:
    """Every month and every out-of-band update from `first` to `last`, as `today` sees them.

    What was before the generation had hotpatch is left out.
    """
    recorded = calendar.monthly(generation)
    first = max(first, recorded[0].day) if recorded else first
    found = [*_months(calendar, generation, first, last, today), *_between(calendar, generation, first, last)]
    return sorted(found, key=lambda entry: (entry.day, not entry.release.is_monthly))


def _months(
    calendar: Calendar, generation: Generation, first: date, last: date, today: date
) -> Iterable[CalendarEntry]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = divmod(number, 12)
        if first <= patch_day(year, month + 1) <= last:
            found = calendar.month(generation, year, month + 1, today)
            yield CalendarEntry(found.day, generation, found.release, found.certainty, str(found), found.event)


def _between(calendar: Calendar, generation: Generation, first: date, last: date) -> Iterable[CalendarEntry]:
    for event in calendar.out_of_band(generation):
        if first <= event.day <= last:
            yield CalendarEntry(
                event.day, generation, event.release, Certainty.ACTUAL, _meaning(calendar, event), event
            )


def _meaning(calendar: Calendar, event: PatchEvent) -> str:
    if not event.release.restarts:
        return "out-of-band hotpatch: no restart"
    back = calendar.back_on_track(event)
    return f"out-of-band update: a restart, and no hotpatch until {back} for machines that take it"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How old what is known is."""

    known_until: date
    days_old: int
    missing_months: int

    def __str__(self) -> str:
        if not self.missing_months:
            return f"The record goes to {self.known_until}."
        months = "1 month since is" if self.missing_months == 1 else f"{self.missing_months} months since are"
        return (
            f"The record goes to {self.known_until}, {self.days_old} days ago; {months} not in it: "
            "`hotpatch calendar update` takes newer ones."
        )


def knowledge(calendar: Calendar, generation: Generation, today: date) -> Knowledge:
    """How far the record of a generation goes, as `today` sees it."""
    until = calendar.known_until(generation)
    months = (today.year - until.year) * 12 + today.month - until.month
    missing = months - (patch_day(today.year, today.month) > today)
    return Knowledge(until, max((today - until).days, 0), max(missing, 0))


def gaps(calendar: Calendar, generations: Iterable[Generation], today: date) -> list[str]:
    """A sentence for each generation whose record lacks months that have come."""
    known = ((one, knowledge(calendar, one, today)) for one in sorted(set(generations)))
    return [f"Windows Server {generation}: {age}" for generation, age in known if age.missing_months]
