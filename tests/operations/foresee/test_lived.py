"""What a machine's installations mean: exposed days, windows, and updates that took it off the track."""

from datetime import UTC, date, datetime

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.domain.restarts import PatchedMachine, Patcher, without_hotpatch
from azure_hotpatch.operations.foresee.lived import (
    InstallationRun,
    Life,
    compare,
    exposed_days,
    exposures,
    off_track,
    suffered,
)

WEB = PatchedMachine("web", "web", "2025", Patcher.AZURE, hotpatch=True, location="westeurope")


def run(day, *kbs, restarted=False, **more):
    return InstallationRun(datetime.fromisoformat(f"{day}T02:00+00:00"), kbs, restarted, "Succeeded", **more)


def life(*runs, machine=WEB, first="2025-10-01", last="2026-01-31", windows=()):
    return Life(machine, date.fromisoformat(first), date.fromisoformat(last), runs, windows)


def test_an_exposure_ends_with_the_installation():
    (october, *_) = exposures(life(run("2025-10-20", "KB5066835", restarted=True)), CALENDAR)
    assert (october.event.kb, october.installed, october.days) == ("KB5066835", date(2025, 10, 20), 6)


def test_what_never_came_is_exposed_to_the_end():
    found = exposures(life(first="2025-12-01"), CALENDAR)
    assert [(one.event.kb, one.installed, one.days) for one in found] == [
        ("KB5072014", None, 53),
        ("KB5073379", None, 18),
    ]
    assert exposed_days(found) == 53


def test_the_other_tracks_update_covers_the_month_too():
    (november,) = exposures(
        life(run("2025-11-12", "KB5068861", restarted=True), first="2025-11-01", last="2025-11-30"), CALENDAR
    )
    assert november.days == 1


def test_a_later_release_covers_the_earlier_one():
    late = run("2025-12-10", "KB5072014")
    november, december = exposures(life(late, first="2025-11-01", last="2025-12-31"), CALENDAR)
    assert (november.days, december.days) == (29, 1)
    assert exposed_days([november, december]) == 29


def test_an_earlier_release_covers_nothing_that_came_after_it():
    late = run("2025-11-20", "KB5066835", restarted=True)  # October's, in November
    (november,) = exposures(life(late, first="2025-11-01", last="2025-11-30"), CALENDAR)
    assert (november.installed, november.days) == (None, 19)


def test_an_update_that_went_wrong_is_suffered_until_its_fix():
    bad, fix = run("2026-09-10", "KB5122871", restarted=True), run("2026-09-20", "KB5129235", restarted=True)
    (found,) = suffered(life(bad, fix, first="2026-09-01", last="2026-10-01"), CALENDAR)
    assert (found.kb, found.installed, found.until) == ("KB5122871", date(2026, 9, 10), date(2026, 9, 20))


def test_a_later_month_ends_it_too_and_nothing_else_does():
    bad, between = run("2026-04-15", "KB5082063", restarted=True), run("2026-05-01", "KB5074204")
    (open_end,) = suffered(life(bad, between, first="2026-04-01", last="2026-05-10"), CALENDAR)
    assert open_end.until is None
    (found,) = suffered(life(bad, between, run("2026-05-20", "KB5087423"), first="2026-04-01"), CALENDAR)
    assert found.until == date(2026, 5, 20)


def test_a_fix_in_the_same_installation_leaves_nothing_to_suffer():
    assert suffered(life(run("2025-09-14", "KB5065474", "KB5066360"), first="2025-09-01"), CALENDAR) == []


def test_a_hotpatch_machine_that_took_the_wrong_update_is_off_the_track():
    (off,) = off_track(life(run("2025-10-24", "KB5070881", restarted=True)), CALENDAR)
    assert (off.event.kb, off.installed, off.until) == ("KB5070881", date(2025, 10, 24), date(2026, 1, 13))


@pytest.mark.parametrize(
    ("machine", "kb"), [(WEB, "KB5070893"), (without_hotpatch(WEB), "KB5070881")], ids=["safe", "without-hotpatch"]
)
def test_others_are_not(machine, kb):
    assert off_track(life(run("2025-10-25", kb), machine=machine), CALENDAR) == []


def test_a_window_in_which_nothing_ran_was_missed():
    openings = tuple(datetime(2025, 10, day, 2, tzinfo=UTC) for day in (18, 25))
    lived = life(run("2025-10-18", scheduled=True), windows=openings)
    assert lived.missed == openings[1:]


def test_a_window_that_was_over_too_soon_is_told():
    early = run("2025-10-18", scheduled=True, window_exceeded=True)
    assert life(early, run("2025-10-25", scheduled=True)).closed_too_early == (early,)


def test_restarts_are_compared_with_those_of_the_twin():
    own = life(run("2025-10-20", "KB5066835", restarted=True), run("2025-11-20", "KB5068966"))
    twin = life(
        run("2025-10-20", "KB5066835", restarted=True),
        run("2025-11-20", "KB5068861", restarted=True),
        machine=without_hotpatch(WEB),
    )
    (found,) = compare([own], [twin], CALENDAR)
    assert (len(found.life.restarts), len(found.twin.restarts)) == (1, 2)
    assert found.exposed_days == found.twin_exposed_days
