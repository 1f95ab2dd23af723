"""The calendar in effect: one function gives it, and whatever judges by releases starts from it."""

import json
from datetime import date

import pulumi
import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.local import calendar as local
from azure_hotpatch.policies import serve
from azure_hotpatch.program import configuration, outputs

OCTOBER = {"day": "2026-10-13", "generation": "2022", "release": "baseline", "source": "notes", "kb": "KB5200001"}
DECEMBER = {**OCTOBER, "day": "2026-12-08", "release": "unplannedBaseline", "kb": "KB5200002"}
STACK = {"azure-hotpatch:fleet": json.dumps({"machines": [{"name": "web"}]})}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keeps releases in a file of the test's own."""
    monkeypatch.setenv(local.VARIABLE, str(tmp_path / "own.json"))
    return lambda *events: local.keep("newer.json", events, date(2026, 11, 29))


@pytest.fixture
def configured(monkeypatch):
    """The stack's configuration as the engine gives it, and a day."""

    def configure(**maintenance):
        config = STACK | ({"azure-hotpatch:maintenance": json.dumps(maintenance)} if maintenance else {})
        monkeypatch.setattr(pulumi.runtime, "get_config_env", lambda: config)
        monkeypatch.setattr(pulumi.runtime.config, "get_config_secret_keys_env", list)
        monkeypatch.setattr(outputs, "today", lambda: date(2026, 11, 29))
        said = []
        monkeypatch.setattr(pulumi.log, "info", said.append)
        return said

    return configure


def test_is_the_record_where_nothing_was_added(kept):  # noqa: ARG001 - its file is not there yet
    assert local.calendar() is CALENDAR


def test_has_what_was_kept(kept):
    kept(OCTOBER)
    assert local.calendar().known_until("2022") == date(2026, 10, 13)
    assert str(local.added()) == "1 release from newer.json, taken on 2026-11-29"


def test_none_leaves_it_at_the_record(kept, monkeypatch):
    kept(OCTOBER)
    monkeypatch.setenv(local.VARIABLE, "none")
    assert local.calendar() is CALENDAR
    assert kept(OCTOBER) is None


@pytest.mark.parametrize("text", ["{", "[]", '{"events": 1}', '{"events": [{}], "source": "x", "taken": "2026-11-29"}'])
def test_a_file_that_cannot_be_read_is_named_in_one_line(kept, text):
    path = kept(OCTOBER)
    path.write_text(text)
    with pytest.raises(local.UnreadableError, match=r"own\.json cannot be read") as raised:
        local.calendar()
    assert "\n" not in str(raised.value)


def test_a_preview_says_that_it_has_releases_of_this_computer(kept, configured):
    said = configured()
    kept(OCTOBER)
    configuration.stack_settings()
    assert said == [
        "The calendar of this computer has 1 release from newer.json, taken on 2026-11-29; the stack's own releases "
        "come first."
    ]


def test_the_restart_budget_of_a_preview_counts_them(kept, configured):
    configured(restartBudget={"perYear": 5, "unplannedBaselines": 0})
    configuration.stack_settings()  # four planned ones
    kept(*({**DECEMBER, "day": f"2027-{month:02}-{day}"} for month, day in ((2, "09"), (3, "09"))))
    with pytest.raises(pulumi.RunError, match=r"restartBudget.perYear: web may restart 6 times in 2027"):
        configuration.stack_settings()


def test_the_next_baseline_of_a_stack_is_theirs(kept, configured):
    configured()
    kept(DECEMBER)
    outlook = outputs.outlook_of(configuration.stack_settings())
    assert outlook.next_baseline("web") == "2026-12-08"


def test_an_unreadable_file_ends_a_preview_in_one_line(kept, configured):
    configured()
    kept(OCTOBER).write_text("{")
    with pytest.raises(pulumi.RunError, match=r"own\.json cannot be read"):
        configuration.stack_settings()


def test_the_policy_pack_judges_by_them(kept, monkeypatch):
    """HP034 reads the calendar of the pack's configuration."""
    kept(OCTOBER)
    made = []

    def served(analyzer):
        made.append(analyzer)
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "served", served)
    with pytest.raises(KeyboardInterrupt):
        serve.serve()
    assert made[0]._config.calendar.known_until("2022") == date(2026, 10, 13)
