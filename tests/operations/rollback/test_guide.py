"""The guide to taking an update back: its captures are what the command prints, its words are the script's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.machine import Machine
from azure_hotpatch.operations.rollback.outcome import Said
from tests.operations.machines import HOTPATCH, PAUSED, installed, machine

GUIDE = (Path(__file__).parents[3] / "docs/guides/roll-back.md").read_text(encoding="utf-8")
CAPTURES = [block.split("\n", 1) for block in re.findall(r"```console\n\s*\$ (.*?)\n\s*```", GUIDE, re.DOTALL)]
BAD = "5122871"


@pytest.fixture
def fleet(tmp_path, monkeypatch):
    """The machines of the captures, as `hotpatch status --format json` writes them."""

    taken = {"app-1": "2026-09-10", "app-2": "2026-09-10", "app-3": "2026-09-09"}
    machines = [
        machine(
            name,
            installations=(installed(day, BAD, reboot="Completed"),),
            settings=HOTPATCH if name == "app-3" else PAUSED,
        )
        for name, day in taken.items()
    ]
    for name, version in {"db-1": "26100.32690.260414", "db-2": "26100.33438.260908"}.items():
        made = machine(name, settings=PAUSED)
        machines.append(replace(made, image=replace(made.image, exact_version=version)))
    monkeypatch.chdir(tmp_path)

    def write(*names):
        chosen = [one for one in machines if one.name in names]
        (tmp_path / "fleet.json").write_bytes(TypeAdapter(list[Machine]).dump_json(chosen))

    return write


@pytest.mark.slow
def test_the_rehearsal_s_capture_is_what_the_command_prints(fleet, capsys):
    fleet("db-1", "db-2")
    code = run(["rollback", f"KB{BAD}", "--machines", "fleet.json", "--at", "2026-09-10T20:05", "--rehearse"])
    assert code == 1
    shown, printed = (re.sub(r"in \d+ s\.", "in … s.", text) for text in (CAPTURES[2][1], capsys.readouterr().out))
    assert printed.splitlines() == shown.splitlines()


@pytest.mark.parametrize(
    ("capture", "names", "at"),
    [(0, ("app-1", "app-2", "app-3"), "2026-09-10T20:05"), (1, ("app-3",), "2026-09-15T08:00")],
)
def test_a_capture_is_what_the_command_prints(fleet, capsys, capture, names, at):
    fleet(*names)
    assert run(["rollback", f"KB{BAD}", "--machines", "fleet.json", "--at", at, "--dry-run"]) == 0
    shown = [line.strip() for line in CAPTURES[capture][1].splitlines()]
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == shown


def test_every_word_of_the_script_is_in_the_guide():
    table = re.findall(r"^\| `([a-z ]+)` \|", GUIDE, re.MULTILINE)
    assert set(table) == {str(one) for one in Said}
    script = (Path(__file__).parents[3] / "templates/roll_back.ps1.j2").read_text(encoding="utf-8")
    assert set(re.findall(r"Write-Outcome '([a-z ]+)'", script)) == set(table)
