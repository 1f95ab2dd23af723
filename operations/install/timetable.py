"""When each machine of a plan begins and ends: by Azure's buckets, the rings, the budgets, soak time and hours."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from azure_hotpatch.operations.install.buckets import Bucket
from azure_hotpatch.operations.install.plan import PlannedMachine
from azure_hotpatch.operations.install.release import Budgets, budgets_of, may_begin
from azure_hotpatch.operations.install.wave_settings import WaveSettings


def timetable(
    machines: Sequence[PlannedMachine],
    rings: Sequence[str],
    settings: WaveSettings,
    now: datetime,
    left: Mapping[str, int],
) -> Iterator[PlannedMachine]:
    """The machines with their times, for a wave that begins now and has no errors."""
    budgets = budgets_of(settings, machines)
    buckets = {
        name: Bucket(limit, float(left.get(name, limit.cap)), now.timestamp())
        for name, limit in {machine.bucket for machine in machines}
    }
    at = now
    for ring in rings:
        done = list(_ring([one for one in machines if one.ring == ring], settings, budgets, buckets, at))
        yield from done
        at = max((one.ends for one in done), default=at) + settings.soak


def _ring(
    machines: Sequence[PlannedMachine],
    settings: WaveSettings,
    budgets: Budgets,
    buckets: Mapping[str, Bucket],
    at: datetime,
) -> Iterator[PlannedMachine]:
    """Simulate one ring: machines that end let others begin."""
    waiting = {machine.id: machine for machine in machines}
    active: dict[str, PlannedMachine] = {}
    ends: list[tuple[datetime, str]] = []
    while waiting:
        at = settings.hours.starts(at) if settings.hours else at
        for machine in may_begin(waiting.values(), active.values(), budgets):
            begun = _timed(waiting.pop(machine.id), settings, buckets[machine.bucket[0]], at)
            active[machine.id] = begun
            heapq.heappush(ends, (begun.ends, machine.id))
            yield begun
        at = ends[0][0]
        while ends and ends[0][0] <= at:
            active.pop(heapq.heappop(ends)[1])


def _timed(machine: PlannedMachine, settings: WaveSettings, bucket: Bucket, at: datetime) -> PlannedMachine:
    begins = at + timedelta(seconds=bucket.wait(at.timestamp()))
    begins = settings.hours.starts(begins) if settings.hours else begins
    bucket.take(begins.timestamp())
    return machine.model_copy(update={"begins": begins, "ends": begins + (machine.ends - machine.begins)})
