"""The guide to report and proof: its commands run as they stand, and print what it shows."""

import re
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.journal.file import Journal
from azure_hotpatch.operations.machine import Machine
from tests.operations.report.conftest import fleet

GUIDE = (Path(__file__).parents[3] / "docs/guides/report.md").read_text(encoding="utf-8")
CAPTURES = re.findall(r"^\$ hotpatch (.*)\n((?:[^$`].*\n)*)", GUIDE, re.MULTILINE)
MADE = datetime(2026, 9, 10, tzinfo=UTC)
FREE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d|\d+ machines, \d+ restarts")


@pytest.fixture(autouse=True)
def night(tmp_path, monkeypatch):
    """The folder of the guide: a key, who may sign, machines, and a journal as long as the one that it shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "id_ed25519"], check=True)
    (tmp_path / "signers").write_text(f"ann@example.com {(tmp_path / 'id_ed25519.pub').read_text()}")
    (tmp_path / "fleet.json").write_bytes(TypeAdapter(list[Machine]).dump_json(fleet()))
    journal = Journal(tmp_path / "journal.jsonl")
    # The form of an installation is another test's; here they are only counted.
    journal.add("note", [{"number": number} for number in range(103)], MADE)
    for kind, count in (("rollback-plan", 1), ("rollback-approval", 1), ("rollback-result", 2)):
        journal.add(kind, [{"build": "26100.33222"}] * count, MADE)
    return tmp_path


def forge(folder):
    """Another build in the results, and in the page."""
    bundle = (folder / "night.zip").read_bytes()
    head, journal, rest = bundle.partition(b'"kind":"rollback-result"')
    changed = (journal + rest).replace(b"26100.33222", b"26100.33451").replace(b"<h1>Contoso", b"<h1>Fabrika")
    (folder / "forged.zip").write_bytes(head + changed)


def test_the_commands_of_the_guide_print_what_it_shows(night, capsys):
    assert [command.split()[:2] for command, _ in CAPTURES] == [
        ["report", "report.html"],
        ["evidence", "pack"],
        ["evidence", "verify"],
        ["evidence", "verify"],
    ]
    for command, shown in CAPTURES:
        if "forged" in command:
            forge(night)
        words = shlex.split(command)
        if "--subscription" in words:
            words[words.index("--subscription") : words.index("--subscription") + 2] = ["--machines", "fleet.json"]
        code = run(words)
        said = capsys.readouterr().out.replace("103 note", "103 installation")
        order = sorted(FREE.sub("…", said).splitlines()), sorted(FREE.sub("…", shown).splitlines())
        assert code == ("forged" in command), said
        assert order[0] == order[1]
