"""The README's commands for machines that run do what it says, over a served emulator."""

import re
import shlex
from pathlib import Path

import pytest

from azure_hotpatch.cli.__main__ import run
from tests.operations.azure import SUBSCRIPTION

REPOSITORY = Path(__file__).resolve().parents[3]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Patch what runs")[2].partition("\n## ")[0]
COMMANDS = re.findall(r"^hotpatch (\w+)(.*)$", SECTION, re.MULTILINE)
SHOWS = {"status": "vm-0002", "forecast": "Windows Server 2022", "install": "vm-0002"}


@pytest.mark.parametrize(("command", "rest"), COMMANDS)
def test_a_command_of_the_readme_shows_its_machines(command, rest, serve, connect, tmp_path, monkeypatch, capsys):
    connect(serve(3))
    (tmp_path / "stacks").symlink_to(REPOSITORY / "stacks")
    monkeypatch.chdir(tmp_path)  # where the plan is kept
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("AZURE_SUBSCRIPTION_ID", raising=False)  # `az login` sets none
    code = run([command, *shlex.split(rest.replace("$ID", SUBSCRIPTION), comments=True)])
    said = capsys.readouterr()
    assert (code, SHOWS[command] in said.out) == (0, True), said


def test_the_readme_shows_each_of_them() -> None:
    assert {command for command, _ in COMMANDS} == SHOWS.keys()
