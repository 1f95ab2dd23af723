"""Which machines of a ring may start now: concurrency, errors, zones, availability sets, pairs."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from azure_hotpatch.operations.install.plan import PlannedMachine
from azure_hotpatch.operations.install.wave_settings import WaveSettings


@dataclass(frozen=True, slots=True)
class Budgets:
    """The limits of a wave as numbers of machines; None is no limit. The keys are those of `places_of`."""

    concurrency: int
    errors: int
    places: dict[str, int]


def places_of(machine: PlannedMachine) -> Iterator[str]:
    """What a machine shares with others: "zone westeurope/1", "set /subscriptions/…", "pair db"."""
    if machine.zone:
        yield f"zone {machine.location}/{machine.zone}"
    if machine.availability_set:
        yield f"set {machine.availability_set.lower()}"
    yield from (f"pair {name}" for name in machine.pair)


def budgets_of(settings: WaveSettings, machines: Sequence[PlannedMachine]) -> Budgets:
    """The numbers for all machines of a wave; of a percentage at least one machine may be worked on."""
    totals = Counter(place for machine in machines for place in places_of(machine))
    shares = {"zone": settings.max_per_zone, "set": settings.max_per_availability_set}
    limits = {place: 1 for place in totals if place.startswith("pair ")}
    for place, total in totals.items():
        share = shares.get(place.split(" ", 1)[0])
        if share:
            limits[place] = share.of(total, least=1)
    return Budgets(settings.max_concurrency.of(len(machines), least=1), settings.max_errors.of(len(machines)), limits)


def may_begin(
    waiting: Iterable[PlannedMachine],
    active: Collection[PlannedMachine],
    budgets: Budgets,
) -> list[PlannedMachine]:
    """Those of `waiting`, in their order, that may begin beside the `active` ones."""
    busy = Counter(place for machine in active for place in places_of(machine))
    room = budgets.concurrency - len(active)
    found: list[PlannedMachine] = []
    for machine in waiting:
        if room <= len(found):
            break
        places = list(places_of(machine))
        if any(busy[place] >= budgets.places.get(place, inf) for place in places):
            continue
        busy.update(places)
        found.append(machine)
    return found


def too_many_errors(failed: int, budgets: Budgets) -> bool:
    """AWS's MaxErrors: the wave stops at one more than it allows."""
    return failed > budgets.errors
