"""The guide of what was lived through: its year is that of the diary, and its script does what it shows."""

import json
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from tests.diary_2025 import DIARY, FLEET

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/guides/lived-through.md").read_text(encoding="utf-8")
RUNS = dict(re.findall(r"^\$ python (examples/patching/\w+\.py)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
EVERY = {f"{kind['name']}-{number}": kind for kind in FLEET["kinds"] for number in range(kind["count"])}


@pytest.fixture
def scripts(monkeypatch):
    """The modules of the examples, which import each other as scripts do."""
    monkeypatch.syspath_prepend(str(ROOT / "examples/patching"))
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        if "examples" in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def restarts(kind):
    return [f"{month:02}" for month, restarted, _ in DIARY[kind] if restarted]


def test_the_year_that_is_shown_is_that_of_the_diary(scripts):
    year = scripts("year")
    lived = {name: restarts(kind["name"]) for name, kind in EVERY.items()}
    *shown, page, seconds = RUNS["examples/patching/year.py"].splitlines()
    assert "\n".join(shown) == year.table(FLEET, lived)
    avoided = sum(_avoided(kind["name"]) for kind in EVERY.values())
    assert page == f"year.html: {len(EVERY)} machines, {avoided} restarts avoided."
    assert re.fullmatch(r"\d+ seconds", seconds)


def _avoided(kind):
    """The months in which a machine had a hotpatch; the out-of-band one of October is none of the report's."""
    return len({month for month, restarted, _ in DIARY[kind] if not restarted and month != 10})


@pytest.mark.slow
def test_the_script_lives_as_the_diary_says(scripts, tmp_path):
    """The autumn alone, and one machine of each kind that tells: the whole year is the emulator's own test."""
    emulated, year = scripts("emulated"), scripts("year")
    kinds = [{**kind, "count": 1} for kind in FLEET["kinds"] if kind["name"] in {"new", "fell", "sched"}]
    # A schedule cannot begin in the past.
    fleet = {**FLEET, "kinds": kinds, "schedule": {**FLEET["schedule"], "startDateTime": "2025-10-12 22:00"}}
    with emulated.served(tmp_path, "2025-10-10") as azure:
        emulated.make(azure, fleet)
        year.live(azure, fleet, ["2025-11-05T00:00:00", "2025-12-01T00:00:00", "2025-12-31T00:00:00"])
        found = year.restarts(azure)
    assert {name: found.get(name, []) for name, _ in emulated.machines(fleet)} == {
        f"{kind}-0": [month for month in restarts(kind) if month >= "10"] for kind in ("new", "sched", "fell")
    }


def test_the_year_has_every_kind_of_the_diary():
    assert {kind["name"] for kind in FLEET["kinds"]} == set(DIARY)
    assert sum(kind["count"] for kind in json.loads((ROOT / "examples/patching/fleet.json").read_text())["kinds"]) == 30


@pytest.mark.parametrize("name", ["october_2025", "september_2026"])
def test_an_incident_is_shown_as_its_script_has_it(name, scripts):
    """The updates, the machines, and the words; that the commands do it is the business of their own tests."""
    script, shown = scripts(name), RUNS[f"examples/patching/{name}.py"]
    machines = sum(kind["count"] for kind in script.FLEET["kinds"])
    reached, planned, spared = map(
        int, re.search(r"(\d+) of (\d+) machines have .*?, (\d+) were spared", shown).groups()
    )
    assert (planned, reached + spared) == (machines, machines)
    for stop in getattr(script, "STOPS", [getattr(script, "STOP", None)]):
        assert f"{stop['kb']} is bad since" in shown
        assert stop["reason"] in shown
        assert f"Install {stop['fixes'][0]} instead" in shown


def test_the_day_of_the_return_is_that_of_the_calendar():
    event = next(one for one in CALENDAR.out_of_band("2025") if one.kb == "KB5070881")
    assert f"back with the baseline of {CALENDAR.back_on_track(event)}" in RUNS["examples/patching/october_2025.py"]


def test_the_builds_that_are_shown_are_those_of_the_fixes():
    builds = {one.kb: one.build for server in ("2022", "2025") for one in CALENDAR.out_of_band(server)}
    last = RUNS["examples/patching/september_2026.py"].splitlines()[-1]
    assert last == f"all machines: 12 on {builds['KB5129237']}, 12 on {builds['KB5129235']}"
