"""`hotpatch report`: what is wrong with its input is one line, and a page is there whole or not at all."""

import json

import pytest

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.machine import MachineType

MACHINE = {
    "id": "/subscriptions/s/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines/web",
    "type": MachineType.VIRTUAL_MACHINE,
    "name": "web",
    "resourceGroup": "fleet",
    "subscription": "s",
    "location": "westeurope",
}
CHECK = {"version": 1, "findings": [{"rule": "HP011"}]}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    (tmp_path / "fleet.json").write_text(json.dumps([MACHINE]))
    (tmp_path / "empty.json").write_text("[]")
    (tmp_path / "check.json").write_text(json.dumps(CHECK))
    (tmp_path / "broken.jsonl").write_text('{"version": 2}\n')
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--machines", "none.json"], "none.json cannot be read"),
        (["--machines", "empty.json"], "empty.json has no machine in it"),
        (["--machines", "check.json"], "check.json is not a list of machines"),
        (["--machines", "fleet.json", "--journal", "none"], "`hotpatch history` keeps one"),
        (["--machines", "fleet.json", "--journal", "broken.jsonl"], "broken.jsonl was changed"),
        (["--machines", "fleet.json", "--check", "fleet.json"], "--check fleet.json is not a JSON object"),
        (["--machines", "fleet.json", "--check", "check.json"], "a finding has no 'waiver'"),
        (["--machines", "fleet.json", "--csv", "no/fleet.csv"], "no/fleet.csv cannot be written"),
        (["--machines", "fleet.json", "--ring", "0"], "not both"),
        (["--machines", "fleet.json", "--at", "soon"], "'soon' is not a time"),
    ],
)
def test_an_error_is_one_line(capsys, arguments, words):
    assert run(["report", "page.html", *arguments]) == 3
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_three_files_are_written(folder):
    assert run(["report", "page.html", "--machines", "fleet.json", "--csv", "a.csv", "--junit", "a.xml"]) == 0
    assert sorted(one.name for one in folder.glob("a.*")) == ["a.csv", "a.xml"]
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
