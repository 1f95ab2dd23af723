"""Which machines may begin beside those that are worked on."""

import pytest

from azure_hotpatch.operations.install.release import budgets_of, may_begin, too_many_errors
from azure_hotpatch.operations.install.wave_settings import WaveSettings
from tests.operations.install.conftest import machine


@pytest.fixture
def begin(plan):
    """The names of those that may begin, with `active` of them under way."""

    def names(machines, active=(), **settings):
        made = plan(machines, **settings)
        under_way = [one for one in made.machines if one.name in active]
        waiting = [one for one in made.machines if one.name not in active]
        return [one.name for one in may_begin(waiting, under_way, budgets_of(made.settings, made.machines))]

    return names


def test_all_may_begin_without_budgets(begin):
    assert begin([machine("a"), machine("b")]) == ["a", "b"]


def test_no_more_than_the_concurrency(begin):
    machines = [machine(name) for name in "abcd"]
    assert begin(machines, maxConcurrency="50%") == ["a", "b"]
    assert begin(machines, active="a", maxConcurrency="50%") == ["b"]
    assert begin(machines, active="ab", maxConcurrency="50%") == []


def test_a_zone_that_is_full_lets_another_zone_begin(begin):
    machines = [machine(name, zone=zone) for name, zone in (("a", "1"), ("b", "1"), ("c", "2"))]
    assert begin(machines, maxPerZone="1") == ["a", "c"]


def test_zones_of_two_regions_are_two(begin):
    machines = [machine("a", zone="1"), machine("b", zone="1", location="northeurope")]
    assert begin(machines, maxPerZone="1") == ["a", "b"]


def test_an_availability_set_is_counted_whatever_the_letter_case_of_its_id(begin):
    machines = [machine("a", availability_set="/X/set"), machine("b", availability_set="/x/SET")]
    assert begin(machines, maxPerAvailabilitySet="20%") == ["a"]


@pytest.mark.parametrize("settings", [{"pairs": [["a", "b"]]}, {"pairTag": "Pair"}])
def test_never_both_of_a_pair(begin, settings):
    machines = [machine("a", tags={"pair": "x"}), machine("b", tags={"pair": "x"}), machine("c")]
    assert begin(machines, **settings) == ["a", "c"]
    assert begin(machines, active="b", **settings) == ["c"]


@pytest.mark.parametrize(
    ("share", "failed", "stops"), [("0", 0, False), ("0", 1, True), ("50%", 2, False), ("50%", 3, True)]
)
def test_a_wave_stops_at_one_error_more_than_it_may_have(plan, share, failed, stops):
    made = plan([machine(name) for name in "abcd"], maxErrors=share)
    assert (
        too_many_errors(failed, budgets_of(WaveSettings.model_validate({"maxErrors": share}), made.machines)) is stops
    )
