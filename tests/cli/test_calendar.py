"""`hotpatch calendar`: the record and the plan in each form, and newer releases of a person's own."""

import json
from xml.etree import ElementTree

import pytest

from azure_hotpatch.local.calendar import VARIABLE

ON = "--on=2026-11-29"
SERVER_2022 = {
    "publisher": "MicrosoftWindowsServer",
    "offer": "WindowsServer",
    "sku": "2022-datacenter-azure-edition-core",
}
OCTOBER = {"day": "2026-10-13", "generation": "2022", "release": "baseline", "source": "notes", "kb": "KB5200001"}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """The person's data lies in a folder of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own" / "calendar.json"))
    return tmp_path / "own" / "calendar.json"


def months(hotpatch, *arguments):
    return json.loads(hotpatch("calendar", ON, "--json", *arguments).out)


def test_shows_both_tracks_of_a_month(hotpatch):
    november = months(hotpatch, "--year=2022")["months"][10]
    assert (november["kb"], november["build"]) == ("KB5019080", "20348.1251")
    assert (november["cumulativeKb"], november["cumulativeBuild"]) == ("KB5019081", "20348.1249")


def test_shows_out_of_band_updates_of_both_kinds(hotpatch):
    found = {one["kb"]: one for one in months(hotpatch, "--windows-server=2025", "--year=2025")["outOfBand"]}
    assert (found["KB5070881"]["restarts"], found["KB5070881"]["offTrackUntil"]) == (True, "2026-01-13")
    assert (found["KB5070893"]["restarts"], found["KB5070893"]["offTrackUntil"]) == (False, None)
    assert found["KB5061096"]["dayKnown"] is False


def test_says_how_old_its_knowledge_is(hotpatch):
    assert months(hotpatch)["knowledge"]["missingMonths"] == 2
    assert "82 days ago; 2 months since are not in it" in hotpatch("calendar", ON).out


@pytest.mark.parametrize(("form", "head"), [("ics", "BEGIN:VCALENDAR"), ("svg", "<svg"), ("json", "{")])
def test_writes_each_form_to_a_file(form, head, hotpatch, tmp_path):
    outcome = hotpatch("calendar", ON, f"--format={form}", "--output=out")
    assert (outcome.code, outcome.out) == (0, "")
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith(head)


def test_begins_with_the_first_hotpatch(hotpatch):
    assert [one["day"] for one in months(hotpatch, "--windows-server=2025", "--year=2024")["months"]] == [
        "2024-11-12",
        "2024-12-10",
    ]
    drawn = hotpatch("calendar", ON, "--format=svg", "--windows-server=2025", "--year=2024").out
    assert "0 of 2 months of 2024 restart a hotpatch machine." in drawn
    outcome = hotpatch("calendar", ON, "--windows-server=2025", "--year=2023")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert "--year 2023 is before Windows Server 2025 had hotpatch, which began on 2024-11-12" in outcome.err


def test_draws_the_present_year_unless_another_is_asked_for(hotpatch):
    title = "{http://www.w3.org/2000/svg}title"
    drawn = [hotpatch("calendar", ON, "--format=svg", *more).out for more in ((), ("--year=2024",))]
    titles = [ElementTree.fromstring(one).find(title).text for one in drawn]  # noqa: S314 - our own picture
    assert ["2026" in titles[0], "2024" in titles[1]] == [True, True]


def test_a_file_that_cannot_be_written_is_one_line(hotpatch):
    outcome = hotpatch("calendar", ON, "--format=ics", "--output=nowhere/out.ics")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)


def test_takes_newer_months_and_says_which(hotpatch, write, own_folder):
    outcome = hotpatch("calendar", "update", write("newer.json", {"events": [OCTOBER]}))
    assert "2026-10-13  Windows Server 2022  baseline  KB5200001" in outcome.out
    assert str(own_folder) in outcome.out
    assert months(hotpatch)["knowledge"]["knownUntil"] == "2026-10-13"
    assert "It has 1 release from newer.json, taken on " in hotpatch("calendar", ON).out


def test_one_month_after_the_other_is_kept(hotpatch, write):
    november = {**OCTOBER, "day": "2026-11-10", "release": "hotpatch", "kb": "KB5200002"}
    between = {**OCTOBER, "day": "2026-10-20", "release": "outOfBand", "kb": "KB5200003"}
    hotpatch("calendar", "update", write("october.json", {"events": [OCTOBER, between]}))
    outcome = hotpatch("calendar", "update", write("november.json", {"events": [november]}))
    assert "Kept 1 release in" in outcome.out
    assert ", beside 2 from before;" in outcome.out
    assert months(hotpatch)["knowledge"]["missingMonths"] == 0
    assert "It has 3 releases from october.json, november.json, taken on " in hotpatch("calendar", ON).out


def test_what_is_said_again_takes_the_place_of_what_was_kept(hotpatch, write):
    hotpatch("calendar", "update", write("one.json", {"events": [OCTOBER]}))
    hotpatch("calendar", "update", write("two.json", {"events": [{**OCTOBER, "kb": "KB5200009"}]}))
    assert "It has 1 release from two.json, taken on " in hotpatch("calendar", ON).out
    kbs = [one["kb"] for one in months(hotpatch, "--year=2026")["months"] if one["day"] == "2026-10-13"]
    assert kbs == ["KB5200009"]


def test_a_kept_file_that_is_damaged_is_replaced(hotpatch, write, own_folder):
    own_folder.parent.mkdir()
    own_folder.write_text("{")
    assert hotpatch("calendar", "update", write("one.json", {"events": [OCTOBER]})).code == 0
    assert "It has 1 release from one.json" in hotpatch("calendar", ON).out


def test_what_was_taken_is_in_the_forecast_of_a_fleet_too(hotpatch, write):
    announced = {**OCTOBER, "day": "2026-12-08", "release": "unplannedBaseline"}
    hotpatch("calendar", "update", write("newer.json", {"events": [announced]}))
    stack = {"config": {"azure-hotpatch:fleet": {"machines": [{"name": "web"}]}}}
    found = json.loads(hotpatch("forecast", write("Pulumi.dev.yaml", stack), ON, "--format=json").out)
    assert found["machines"][0]["restarts"]["planned"] == 5


def test_what_was_taken_is_what_a_check_judges_by(hotpatch, check, write, vm, template):
    pinned = {"storageProfile.imageReference": {**SERVER_2022, "version": "20348.5622.260908"}}
    machine = write("machine.json", template(vm(pinned)))
    assert "KB5200001" not in check(machine).out
    hotpatch("calendar", "update", write("newer.json", {"events": [{**OCTOBER, "build": "20348.5700"}]}))
    assert "older than the baseline of 2026-10-13, build 20348.5700 (KB5200001)" in check(machine).out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is not JSON"),
        ({"events": []}, 'has no list "events"'),
        ([OCTOBER], 'has no list "events"'),
        ({"events": [{**OCTOBER, "day": "13.10.2026"}]}, "events[0].day"),
        ({"events": [{**OCTOBER, "build": "1.2"}]}, "events[0].build"),
        (
            {"events": [{**OCTOBER, "release": "unplanned baseline"}]},
            "events[0].release: unknown value (value: 'unplanned baseline'), allowed: baseline, unplannedBaseline, ",
        ),
        ({"events": [{**OCTOBER, "day": "2026-11-10"}]}, "unplannedBaseline"),
    ],
)
def test_takes_nothing_that_is_wrong(content, words, hotpatch, write, own_folder):
    outcome = hotpatch("calendar", "update", write("newer.json", content))
    assert (outcome.code, outcome.out) == (3, "")
    assert words in outcome.err
    assert not own_folder.exists()


def test_what_contradicts_the_record_is_only_taken_on_demand(hotpatch, write, own_folder):
    other = write("other.json", {"events": [{**OCTOBER, "day": "2025-09-09", "release": "unplannedBaseline"}]})
    refused = hotpatch("calendar", "update", other)
    assert (refused.code, own_folder.exists()) == (3, False)
    assert "the record has hotpatch of 2025-09-09 (KB5065306)" in refused.err
    assert hotpatch("calendar", "update", other, "--override").code == 0


def test_takes_an_https_address_alone(hotpatch):
    assert "is not an https address" in hotpatch("calendar", "update", "http://example.com/calendar.json").err


def test_a_spoiled_file_of_ones_own_is_named(hotpatch, own_folder):
    own_folder.parent.mkdir()
    own_folder.write_text("{}", encoding="utf-8")
    outcome = hotpatch("calendar", ON)
    assert outcome.code == 3
    assert str(own_folder) in outcome.err
