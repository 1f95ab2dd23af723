"""Where the pack and Azure differ on a fleet: what is accepted and refused, and how what came up is patched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, NamedTuple

from azure_hotpatch.domain.azure.calendar import CALENDAR, Release
from azure_hotpatch.domain.azure.server_generations import Generation, generation_of_sku
from azure_hotpatch.domain.judging.rule import Rule
from azure_hotpatch.domain.rules import RULES
from tests.contract.fleets.azure import Life, Machine, lived
from tests.contract.fleets.generated import Declared, Fleet
from tests.contract.fleets.pack import Verdict, verdicts

# A rule that only advises, of what Azure refuses or patches otherwise, and why it does not refuse.
ADVICE_IS_RIGHT = {
    "HP018": "the owner may restart the machine by hand",
    "HP033": "the owner may restart the machine by hand",
    "HP034": "the machine is on the hotpatch track from the next baseline on",
    "HP046": "the owner may want a restart each month",
    "HP039": "Azure adds sizes every month, and the pack's list ends on a day",
}
# A rule that refuses what Azure takes and patches in the declared mode all the same, and why it is stricter.
STRICTER = {
    "HP001": "of a machine in another mode: it can never have hotpatch, and a new image means a new machine",
    "HP032": "Azure takes a window that names no updates, and it installs nothing",
}
NO_EFFECT = "a schedule that installs nothing"
_JUDGED = ("virtualMachines", "virtualMachineScaleSets", "maintenanceConfigurations")
_LONGEST_ROLLOUT = timedelta(days=30)


class Difference(NamedTuple):
    """What is wrong on one side, or not yet settled; `rules` are those that the pack reported."""

    fleet: int
    resource: str
    kind: str
    rules: tuple[str, ...]
    azure: str


@dataclass
class Found:
    """What came of one fleet, or of many."""

    counts: Counter[str] = field(default_factory=Counter)
    lives: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        self.counts += other.counts
        self.lives += other.lives
        self.differences += other.differences


def compare(fleet: Fleet, rules: Sequence[Rule] = RULES) -> Found:
    """Ask the pack, with these rules, let the fleet live in the emulated Azure, and compare the two."""
    life, found = lived(fleet), Found()
    said = verdicts(fleet, rules)
    judged = [one for one in fleet.resources if one.id.split("/")[-2] in _JUDGED]
    found.counts["fleets"] += 1
    found.counts["fleets accepted"] += not any(said[one.id].refused for one in judged)
    for one in judged:
        found.counts["resources judged"] += 1
        found.counts["accepted by the pack"] += not said[one.id].refused
        found.counts["created by Azure"] += one.id in life.created
        found.differences += _on_creation(fleet, one, said[one.id], life)
    # What is seen of a stack once it is up: what Azure refused is not there to be joined with.
    up = replace(fleet, resources=[one for one in fleet.resources if one.id in life.created])
    seen = verdicts(up, rules)
    for one, machine in _machines(up, life):
        if machine.linux:
            found.counts["machines with Linux"] += 1
            continue
        lived_as = _lived_as(machine, one, fleet)
        found.lives[lived_as] += 1
        if lived_as == NO_EFFECT and any("HP032" in verdict.refused for verdict in seen.values()):
            continue  # the pack refuses the schedule, not the machine
        found.differences += _on_life(fleet, one, seen[one.id], lived_as)
    return found


def _on_creation(fleet: Fleet, one: Declared, verdict: Verdict, life: Life) -> Iterator[Difference]:
    refusal = life.refused.get(one.id)
    if refusal and not verdict.refused and not (verdict.unverified or verdict.advised & ADVICE_IS_RIGHT.keys()):
        yield Difference(fleet.number, one.name, "accepted by the pack, refused by Azure", _rules(verdict), refusal)
    is_schedule = one.token.endswith("MaintenanceConfiguration")
    if is_schedule and one.id in life.created and verdict.refused - STRICTER.keys():
        yield Difference(fleet.number, one.name, "refused by the pack, taken by Azure", _rules(verdict), "")


def _on_life(fleet: Fleet, one: Declared, verdict: Verdict, lived_as: str) -> Iterator[Difference]:
    declared = "hotpatch" if _is_set(one) else fleet.modes.get(one.name, "hotpatch")
    if verdict.refused:
        if lived_as == declared and (declared == "hotpatch" or verdict.refused - STRICTER.keys()):
            yield Difference(fleet.number, one.name, "refused by the pack, right in Azure", _rules(verdict), lived_as)
    elif lived_as != declared and not (verdict.unverified or verdict.advised & ADVICE_IS_RIGHT.keys()):
        yield Difference(fleet.number, one.name, f"accepted as {declared}", _rules(verdict), lived_as)


def _machines(up: Fleet, life: Life) -> Iterator[tuple[Declared, Machine]]:
    for one in up.resources:
        own = f"{one.id.lower()}_" if _is_set(one) else one.id.lower()
        own = own.replace("/virtualmachinescalesets/", "/virtualmachines/")
        if one.name[:2] in {"vm", "se"}:
            yield from (
                (one, machine)
                for key, machine in life.machines.items()
                if key == own or (_is_set(one) and key.startswith(own))
            )


def _lived_as(machine: Machine, one: Declared, fleet: Fleet) -> str:
    """The mode that a machine lived in, by what was installed on it; else who patched it, in words of its own."""
    if machine.patched_by == "nobody":
        return "paused" if not machine.installed else "paused, and patched"
    if machine.patched_by == "schedule":
        return "customerManagedSchedule" if machine.installed else NO_EFFECT
    if machine.patched_by != "azure":
        return machine.patched_by
    generation = generation_of_sku(str(_image(one).get("sku", "")))
    on_track = machine.track == "hotpatch" or (generation and _off_the_track(machine, generation))
    if generation and on_track and not _wrong_restarts(machine, generation, fleet):
        return "hotpatch"
    months = {(each.time.year, each.time.month) for each in machine.restarts}
    if machine.track == "cumulative" and len(months) > 10:
        return "azureManaged"
    return f"{machine.track}, {len(months)} months with restarts"


def _wrong_restarts(machine: Machine, generation: Generation, fleet: Fleet) -> list[date]:
    """The days of restarts that no baseline explains, and of baselines that brought no restart."""
    first, last = fleet.start.date(), fleet.end.date()
    due = [day for day in _baselines(generation, first, last) if first <= day]
    off = _off_the_track(machine, generation)
    restarts = [one.time.date() for one in machine.restarts if not off or not off[0] <= one.time.date() < off[1]]
    unexplained = [day for day in restarts if not any(one <= day <= one + _LONGEST_ROLLOUT for one in due)]
    return unexplained + [one for one in due if not any(one <= day <= one + _LONGEST_ROLLOUT for day in restarts)]


def _off_the_track(machine: Machine, generation: Generation) -> tuple[date, date] | None:
    """The days between an out-of-band update that threw a machine off the track, and the next baseline.

    October 2025: KB5070881 was offered to some hotpatch machines by mistake.
    """
    mistakes = {event.kb: event for event in CALENDAR.out_of_band(generation) if event.release is Release.OUT_OF_BAND}
    taken = next(((one.time.date(), kb) for one in machine.installed for kb in one.kbs if kb in mistakes), None)
    return (taken[0], CALENDAR.back_on_track(mistakes[taken[1]])) if taken else None


def _baselines(generation: Generation, first: date, last: date) -> list[date]:
    months = CALENDAR.forecast(generation, first.replace(day=1), 15)
    found = takewhile(lambda month: month.day <= last, months)
    return [month.day for month in found if month.release.is_baseline]


def _image(one: Declared) -> dict[str, Any]:
    profile = one.props.get("virtualMachineProfile", one.props)
    image: dict[str, Any] = profile["storageProfile"]["imageReference"]
    return image


def _is_set(one: Declared) -> bool:
    return one.name == "set0"


def _rules(verdict: Verdict) -> tuple[str, ...]:
    unsure = (f"{rule} unverified" for rule in sorted(verdict.unverified))
    return (*sorted(verdict.refused), *(f"{rule} advises" for rule in sorted(verdict.advised)), *unsure)
