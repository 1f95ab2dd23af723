"""Assign each machine to a ring, and order the rings."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from azure_hotpatch.operations.install.wave_settings import CANARY, REST, Ring, WaveSettings
from azure_hotpatch.operations.machine import Machine


def rings_of(settings: WaveSettings, machines: Sequence[Machine]) -> dict[str, list[Machine]]:
    """The machines by ring, the rings in their order: the canaries, those of the file, and the rest."""
    found: dict[str, list[Machine]] = {CANARY: [], **{ring.name: [] for ring in settings.rings}, REST: []}
    ordered = sorted(machines, key=lambda machine: machine.id.lower())
    for machine in ordered:
        found[next((ring.name for ring in settings.rings if _matches(ring, machine)), REST)].append(machine)
    canaries = _canaries(settings, found, len(ordered))
    for members in found.values():
        members[:] = [machine for machine in members if machine.id not in canaries]
    found[CANARY] = [machine for machine in ordered if machine.id in canaries]
    return {name: members for name, members in found.items() if members}


def empty_rings(settings: WaveSettings, machines: Sequence[Machine]) -> list[str]:
    """The rings that no machine matches: most likely misspelled, and their machines come with the rest."""
    return [ring.name for ring in settings.rings if not any(_matches(ring, machine) for machine in machines)]


def _canaries(settings: WaveSettings, rings: Mapping[str, Sequence[Machine]], total: int) -> frozenset[str]:
    """The ids of the canaries: out of the first ring that has machines, then the next; one region after the other."""
    count = settings.canary.of(total, least=1) if settings.canary and total else 0
    in_order = [machine for members in rings.values() for machine in _spread(members)]
    return frozenset(machine.id for machine in in_order[:count])


def _spread(machines: Iterable[Machine]) -> list[Machine]:
    """Order machines so that regions and zones alternate: a few canaries cover many of them."""
    seen: dict[tuple[str, str | None], int] = {}
    keyed = []
    for machine in machines:
        place = (machine.location, machine.zone)
        seen[place] = seen.get(place, 0) + 1
        keyed.append((seen[place], machine))
    return [machine for _, machine in sorted(keyed, key=lambda pair: pair[0])]


def _matches(ring: Ring, machine: Machine) -> bool:
    tags = {name.lower(): value for name, value in machine.tags.items()}  # names of tags have no letter case
    return (
        all(tags.get(name.lower()) == value for name, value in ring.tags.items())
        and (not ring.groups or machine.resource_group.lower() in {group.lower() for group in ring.groups})
        and (not ring.names or any(fnmatchcase(machine.name.lower(), name.lower()) for name in ring.names))
    )
