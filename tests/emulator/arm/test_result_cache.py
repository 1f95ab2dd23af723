"""What a process keeps is bounded in size and time."""

import pytest

from azure_hotpatch.emulator.arm.result_cache import ResultCache


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_the_oldest_goes_first(clock):
    kept = ResultCache(most=10, lasts=60, clock=clock)
    names = [kept.add(number, 4) for number in range(4)]
    assert [kept.find(name) for name in names] == [None, None, 2, 3]


def test_what_is_larger_than_the_bound_is_kept_alone(clock):
    kept = ResultCache(most=10, lasts=60, clock=clock)
    small, large = kept.add("small", 1), kept.add("large", 11)
    assert (kept.find(small), kept.find(large)) == (None, "large")


def test_it_is_forgotten_after_its_time(clock):
    kept = ResultCache(most=10, lasts=60, clock=clock)
    name = kept.add("value", 1)
    clock.now = 60
    assert kept.find(name) == "value"
    clock.now = 61
    assert kept.find(name) is None
