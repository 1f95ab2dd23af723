"""What a move of the clock costs: as much for each machine, however many there are."""

import cProfile
import pstats

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.rounds import timeline
from bench.advance import START, machine, schedule


def calls(count):
    """The calls of functions that a month of `count` machines takes."""
    store = Store(":memory:")
    with store.transaction() as tx:
        tx.move_clock(START - tx.now())
        for one in (*schedule(), *map(machine, range(count))):
            tx.save(one)
        before = tx.now()
        tx.move_clock(before.replace(month=2) - before)
        profile = cProfile.Profile()
        profile.runcall(timeline.run, tx, before, before.replace(month=2))
    store.close()
    return pstats.Stats(profile).total_calls


def test_four_times_the_machines_cost_four_times_as_much():
    calls(8)  # what is read once is read here
    assert calls(400) < 4.3 * calls(100)
