"""docs/guides/see-what-runs.md shows what the commands print, and names every cause, column and key that there is."""

import json
import re
from pathlib import Path

from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.report import VERSION

PAGE = (Path(__file__).resolve().parents[3] / "docs/guides/see-what-runs.md").read_text(encoding="utf-8")


def shown(begin: str) -> list[str]:
    """The lines of the block that has this line, from there on."""
    return PAGE[PAGE.index(begin) :].partition("```")[0].splitlines()


def test_the_lines_of_the_table_are_those_of_the_command(asked):
    printed = asked("status", "--name", "web-*", "--name", "stray-1", "--name", "blocked-1").out.splitlines()
    for line, whole in zip(shown("MACHINE    PATCHED BY"), printed, strict=True):
        cells = re.split(r"\s{2,}", line)
        assert [cell for cell in re.split(r"\s{2,}", whole) if cell in cells] == cells


def test_the_causes_are_those_of_the_command(asked):
    said = asked("status", "--name", "web-*", "--name", "stray-1", "--name", "blocked-1").err
    for line in (*shown("off-track: blocked-1"), *shown("nobody-patches: blocked-1")):
        assert line in said


def test_the_verdict_is_that_of_the_command(asked):
    outcome = asked("status", "--ring", "one", "--fail-on", "off-track,pending-critical")
    _, *said, _echo, code = [line for line in shown("$ hotpatch status --ring one") if line != "…"]
    assert outcome.err.splitlines()[-len(said) :] == said
    assert outcome.code == int(code)


def test_the_history_is_that_of_the_command(asked):
    outcome = asked("history", "--name", "stray-1")
    _, *lines, new = shown("$ hotpatch history --name stray-1")
    assert outcome.out.splitlines() == lines
    assert outcome.err.partition(" in ")[0] == new.partition(" in ")[0]


def test_every_cause_is_named():
    assert [cause for cause in Cause if f"`{cause}`" not in PAGE] == []


def test_every_key_of_the_json_is_named(asked):
    found = json.loads(asked("status", "--format", "json", "--name", "stray-1").out)
    (row,) = found.pop("machines")
    assert found["version"] == VERSION
    keys = {*found, *found["calendar"], *found["calendar"]["2025"], *row, *row["track"], *row["causes"][0]}
    assert {key for key in keys if f"`{key}`" in PAGE or f".{key}" in PAGE} == keys
