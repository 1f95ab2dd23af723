"""The clock of a rehearsal: it jumps over long waits, once for all who wait."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from azure_hotpatch.cli.patching.rehearsal_clock import RehearsalClock


def passed(waits):
    """How long some waits at once seemed to take, and how long they took, in seconds."""

    async def wait():
        await asyncio.gather(*(clock.sleep(seconds) for seconds in waits))

    clock, begun = RehearsalClock(), time.monotonic()
    before, at = clock.monotonic(), clock.now()
    asyncio.run(wait())
    assert abs(clock.now() - at - timedelta(seconds=clock.monotonic() - before)) < timedelta(seconds=1)
    return clock.monotonic() - before, time.monotonic() - begun


def test_an_hour_takes_no_time():
    seemed, took = passed([3600.0])
    assert 3600 <= seemed < 3605
    assert took < 5


def test_who_waits_beside_others_moves_it_no_further_than_the_longest_wait():
    seemed, _ = passed([60.0] * 50 + [90.0])
    assert 90 <= seemed < 95


def test_a_short_wait_is_a_wait():
    seemed, took = passed([0.1])
    assert abs(seemed - took) < 0.01


def test_it_begins_now():
    assert abs(RehearsalClock().now() - datetime.now(UTC)) < timedelta(seconds=5)
