"""The night and the time at which a machine is due in each of Azure's own rollouts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zlib import crc32

from azure_hotpatch.emulator.arm.protocol.bodies import read
from azure_hotpatch.emulator.arm.rounds import regions
from azure_hotpatch.emulator.arm.rounds.estate import Estate, EstateMachine

# "Automatic Guest Patching for Azure Virtual Machines": paired regions, and the zones of a region, never together;
# at most 20 % of an availability set at once, one machine of a set of fewer than 10; off-peak hours, but for Flexible
# sets; within 30 days. Which hours are off-peak is published nowhere, nor how long each phase takes.
_ZONES = 4  # a night each for machines without a zone and for the zones 1, 2 and 3
# The nights are counted through, not from each release: whatever is rolled out at the same time, two paired regions or
# two zones of one never share a night. A machine that was missed has its next turn after as many.
NIGHTS = regions.PHASES * _ZONES
LONGEST = timedelta(days=30)
_OPENS = time(22)
# Hours that machines are patched in from then on. A Flexible set's turn is over before the next night begins, also in
# the paired region, which is up to three time zones away.
_OFF_PEAK, _ALL_HOURS = 8, 20
_STEP = 20  # minutes between two batches, longer than any planned installation with its restart
_SMALL_SET, _PARTS = 10, 5


@dataclass(frozen=True, slots=True)
class RolloutSlot:
    """`night` is one of NIGHTS, after `wait` full cycles of them; `minutes` after it begins, in the region's time."""

    region: str
    night: int
    wait: int
    minutes: int

    def moments(self, released: date) -> Iterator[datetime]:
        """When the machine's turn comes in the rollout of a release: once, and again if it was missed."""
        first = 1 + (self.night - released.toordinal() - 1) % NIGHTS
        for days in range(first + self.wait * NIGHTS, LONGEST.days, NIGHTS):
            yield _moment(self.region, released + timedelta(days=days), self.minutes)


@dataclass(frozen=True, slots=True)
class _Pace:
    """How many batches a turn has, and how many minutes lie between two: a batch begins when the last one is done."""

    batches: int
    step: int


def _pace(hours: int, slowest: int) -> _Pace:
    step = _STEP + slowest
    return _Pace(max(1, hours * 60 // step), step)


def assign(
    estate: Estate, members: list[EstateMachine], slowest: int = 0
) -> Iterator[tuple[EstateMachine, RolloutSlot]]:
    """A slot for each machine that Azure patches; `slowest` are the minutes of the slowest update of an event file."""
    night, day = _pace(_OFF_PEAK, slowest), _pace(_ALL_HOURS, slowest)
    sets: dict[str, list[EstateMachine]] = defaultdict(list)
    for member in members:
        sets[_set(member)].append(member)
    for name, found in sets.items():
        if name == "":
            yield from ((one, _slot(one, night, _dice(one, night.batches))) for one in found)
        elif "/availabilitysets/" in name:
            yield from _in_batches(found, estate.update_domains.get(name, 5), night)
        else:
            yield from _one_by_one(found, day)


def _set(member: EstateMachine) -> str:
    """The key of the availability set or scale set that a machine is in, if any."""
    body = member.guest.machine.body
    paths = ("properties.availabilitySet.id", "properties.virtualMachineScaleSet.id")
    return next((str(found).lower() for path in paths if (found := read(body, path))), "")


def _in_batches(members: list[EstateMachine], domains: int, pace: _Pace) -> Iterator[tuple[EstateMachine, RolloutSlot]]:
    """Update domain by update domain, each in batches of at most a fifth of the set."""
    size = 1 if len(members) < _SMALL_SET else len(members) // _PARTS
    ordered = sorted(members, key=lambda one: one.guest.machine.key)
    batch = 0
    for domain in range(domains):
        own = ordered[domain::domains]
        for at, member in enumerate(own):
            yield member, _slot(member, pace, batch + at // size)
        batch += -(-len(own) // size)


def _one_by_one(members: list[EstateMachine], pace: _Pace) -> Iterator[tuple[EstateMachine, RolloutSlot]]:
    """The instances of a Flexible set, zone by zone and at all hours."""
    zones: dict[int, list[EstateMachine]] = defaultdict(list)
    for member in sorted(members, key=lambda one: one.guest.machine.key):
        zones[_zone(member)].append(member)
    for found in zones.values():
        yield from ((one, _slot(one, pace, at)) for at, one in enumerate(found))


def _slot(member: EstateMachine, pace: _Pace, batch: int) -> RolloutSlot:
    """What does not fit into a night waits for the next time that the region and zone have their turn."""
    region = str(member.guest.machine.body.get("location", ""))
    wait, at = divmod(batch, pace.batches)
    night = regions.phase(region) * _ZONES + _zone(member)
    # A set too large for 30 days shares the nights that there are.
    return RolloutSlot(region, night, wait % (LONGEST.days // NIGHTS), at * pace.step)


def _zone(member: EstateMachine) -> int:
    zone = next(iter(member.guest.machine.body.get("zones") or ()), "0")
    return int(zone) % _ZONES if zone.isdigit() else 0


def _dice(member: EstateMachine, batches: int) -> int:
    return crc32(member.guest.machine.key.encode()) % batches


@lru_cache(maxsize=65536)
def _moment(region: str, day: date, minutes: int) -> datetime:
    opening = datetime.combine(day, _OPENS, regions.time_zone(region))
    return opening.astimezone(UTC) + timedelta(minutes=minutes)
