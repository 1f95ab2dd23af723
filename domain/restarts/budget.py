"""Whether any restart that may come breaks the budget: every month, every day of its slot, every pair of machines."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations, product

from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.restarts.foreseen import Foreseen, foresee
from azure_hotpatch.domain.restarts.machine import PatchedMachine, Patcher
from azure_hotpatch.domain.restarts.region_pairs import are_paired
from azure_hotpatch.domain.restarts.slots import RestartSlot
from azure_hotpatch.domain.settings.budget import RestartBudget

MONTHS = 24  # of releases that are searched; at least one calendar year is whole among them
Meetings = dict[tuple[object, object], tuple[datetime, Foreseen] | None]
_HOUR = timedelta(hours=1)
# From UTC-12 to UTC+14: how far two clocks of which nothing more is known may differ.
_CLOCKS_APART = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Breach:
    """The first restart that may break one limit of the budget, by one machine or pair."""

    setting: str  # perYear, apart[0], notInLastDaysOfMonth
    machines: tuple[str, ...]
    day: date
    message: str


def breaches(
    budget: RestartBudget,
    machines: Sequence[PatchedMachine],
    today: date,
    calendar: Calendar = CALENDAR,
    months: int = MONTHS,
) -> Iterator[Breach]:
    """The first breach of each limit by each machine, and by each pair that is to be kept apart."""
    foreseen = _foreseen(machines, today, months, calendar)
    meetings: Meetings = {}
    for machine in machines:
        if budget.per_year is not None:
            yield from _too_many(machine, foreseen[machine.name], budget.per_year, budget.unplanned_baselines)
        yield from _at_the_end_of_a_month(machine, foreseen[machine.name], budget.not_in_last_days_of_month)
    for index, names in enumerate(budget.apart):
        for first, second in combinations(_named(machines, names), 2):
            met = None if _held_apart(first, second) else _first_meeting(first, second, foreseen, meetings)
            if met:
                yield _together(f"apart[{index}]", first, second, *met)


def _foreseen(
    machines: Sequence[PatchedMachine], today: date, months: int, calendar: Calendar
) -> dict[str, tuple[Foreseen, ...]]:
    """The restarts of each machine by its name; machines that are patched alike share theirs."""
    alike: dict[object, tuple[Foreseen, ...]] = {}
    for machine in machines:
        if machine.patched_alike not in alike:
            alike[machine.patched_alike] = foresee(machine, today, months, calendar)
    return {machine.name: alike[machine.patched_alike] for machine in machines}


def _named(machines: Sequence[PatchedMachine], names: Sequence[str]) -> list[PatchedMachine]:
    return [machine for machine in machines if machine.name in names or machine.group in names]


def _too_many(machine: PatchedMachine, foreseen: Sequence[Foreseen], allowed: int, unplanned: int) -> Iterator[Breach]:
    years = sorted({day.year for one in foreseen for day in _days(one)})
    for year in years:
        found = _worst_year(foreseen, year, unplanned)
        if len(found) > allowed:
            day, one = found[allowed]
            yield Breach(
                "perYear",
                (machine.name,),
                day,
                f"{machine.name} may restart {len(found)} times in {year}, and {allowed} are allowed: one too many "
                f"comes as early as {day}, with {one.what}",
            )
            return


def _worst_year(foreseen: Sequence[Foreseen], year: int, unplanned: int) -> list[tuple[date, Foreseen]]:
    """The restarts that can fall into a year at most, each at its earliest day in it; the earliest unplanned ones."""
    days = ((one, next((day for day in _days(one) if day.year == year), None)) for one in foreseen)
    inside = [(day, one) for one, day in days if day]
    inside.sort(key=lambda item: item[0])
    certain = [item for item in inside if item[1].certain]
    possible = [item for item in inside if not item[1].certain]
    return sorted([*certain, *possible[:unplanned]], key=lambda item: item[0])


def _days(one: Foreseen) -> Iterable[date]:
    """The days on which a restart may come; its release's own where a person decides."""
    return one.slot.days() if one.slot else (one.released,)


def _at_the_end_of_a_month(machine: PatchedMachine, foreseen: Sequence[Foreseen], days: int) -> Iterator[Breach]:
    for one in foreseen:
        late = next((day for day in (one.slot.days() if one.slot and days else ()) if _days_left(day) < days), None)
        if one.slot and late:
            yield Breach(
                "notInLastDaysOfMonth",
                (machine.name,),
                late,
                f"{machine.name} may restart on {late}, in the last {days} days of the month: "
                f"{one.what} is installed from {_written(one.slot)}{_why(machine)}",
            )
            return


def _days_left(day: date) -> int:
    return monthrange(day.year, day.month)[1] - day.day


def _together(setting: str, first: PatchedMachine, second: PatchedMachine, moment: datetime, one: Foreseen) -> Breach:
    return Breach(
        setting,
        (first.name, second.name),
        moment.date(),
        f"{first.name} and {second.name} may restart within one hour on {moment.date()}, after "
        f"{one.what}{_why(first) or _why(second)}",
    )


def _first_meeting(
    first: PatchedMachine, second: PatchedMachine, foreseen: dict[str, tuple[Foreseen, ...]], known: Meetings
) -> tuple[datetime, Foreseen] | None:
    """When two machines may first restart within one hour, and after which release; `known` is the memory."""
    both = (first.patched_alike, second.patched_alike)
    if both not in known:
        pairs = product(foreseen[first.name], foreseen[second.name])
        met = [(moment, one) for one, other in pairs if (moment := _meeting(one.slot, other.slot))]
        known[both] = min(met, key=lambda item: item[0], default=None)
    return known[both]


def _held_apart(first: PatchedMachine, second: PatchedMachine) -> bool:
    """Whether Azure itself never patches two machines in the same night: paired regions, and zones of one region.

    The machines of an availability set are patched one after the other, which may be within an hour.
    """
    if first.patcher is not Patcher.AZURE or second.patcher is not Patcher.AZURE:
        return False
    zones = first.zone is not None and second.zone is not None and first.zone != second.zone
    return are_paired(first.location, second.location) or (first.location == second.location and zones)


def _meeting(one: RestartSlot | None, other: RestartSlot | None) -> datetime | None:
    """The earliest moment at which two restarts may be within one hour, or None where they cannot."""
    if one is None or other is None:
        return None
    near = _HOUR if one.clock == other.clock else _HOUR + _CLOCKS_APART
    met = (
        max(first, second)
        for (first, first_last), (second, second_last) in product(one.spans, other.spans)
        if max(first, second) - min(first_last, second_last) < near
    )
    return min(met, default=None)


def _written(slot: RestartSlot) -> str:
    return f"{slot.first:%Y-%m-%d %H:%M} to {slot.last:%Y-%m-%d %H:%M}, {slot.clock}"


def _why(machine: PatchedMachine) -> str:
    return "; Azure chooses the night" if machine.patcher is Patcher.AZURE else ""
