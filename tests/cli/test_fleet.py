"""`hotpatch fleet`: the machines of a stack out of its outputs, and nothing else of them."""

import json
import os
from pathlib import Path

import pytest

HOT = {
    "name": "web-0",
    "azureName": "web-0-1a2b",
    "resourceGroup": "fleet-9c8d",
    "image": "MicrosoftWindowsServer:WindowsServer:2022-Datacenter-Azure-Edition-Core",
    "patchMode": "AutomaticByPlatform",
    "hotpatch": True,
    "mode": "hotpatch",
    "nextPlannedBaseline": "2027-01-12",
    "resourceId": "/subscriptions/0/…/web-0",
    "location": "westeurope",
}
COLD = {"name": "sql-0", "image": "custom:own:sku", "patchMode": "Manual", "hotpatch": False}


def _outputs(*machines, **more):
    return json.dumps({"fleet": list(machines), **more}).encode()


def test_shows_a_line_for_each_machine(hotpatch):
    outcome = hotpatch("fleet", "--outputs", "-", stdin=_outputs(HOT, COLD))
    assert [line.split() for line in outcome.out.splitlines()] == [
        [
            "MACHINE",
            "RESOURCE",
            "GROUP",
            "NAME",
            "IN",
            "AZURE",
            "IMAGE",
            "PATCH",
            "MODE",
            "HOTPATCH",
            "NEXT",
            "PLANNED",
            "BASELINE",
        ],
        [
            "web-0",
            "fleet-9c8d",
            "web-0-1a2b",
            "2022-Datacenter-Azure-Edition-Core",
            "AutomaticByPlatform",
            "on",
            "2027-01-12",
        ],
        ["sql-0", "-", "-", "custom:own:sku", "Manual", "off", "-"],
    ]


def test_columns_stand_below_their_heads(hotpatch):
    head, *rows = hotpatch("fleet", "--outputs", "-", stdin=_outputs(HOT, COLD)).out.splitlines()
    assert [row.index("Auto") if "Auto" in row else row.index("Manual") for row in rows] == [head.index("PATCH")] * 2


def test_says_what_the_table_is_beside_it(hotpatch):
    outcome = hotpatch("fleet", "--outputs", "-", stdin=_outputs(HOT, asOf="2026-11-02"))
    assert outcome.err == "As the stack declared it on 2026-11-02; changes made in Azure since are not shown.\n"
    assert "at its last deployment" in hotpatch("fleet", "--outputs", "-", stdin=_outputs(HOT)).err


def test_says_that_a_baseline_is_past(hotpatch):
    outcome = hotpatch("fleet", "--outputs", "-", stdin=_outputs({**HOT, "nextPlannedBaseline": "2024-10-08"}))
    assert outcome.out.splitlines()[1].endswith("on        2024-10-08 (past)")


def test_json_has_the_machines_and_no_other_output(hotpatch):
    outcome = hotpatch("fleet", "--json", "--outputs", "-", stdin=_outputs(HOT, adminPassword="hunter2"))
    assert json.loads(outcome.out) == [HOT]


def test_shows_no_key_that_it_does_not_know(hotpatch):
    machine = {**HOT, "adminPassword": "hunter2"}
    for form in ((), ("--json",)):
        assert "hunter2" not in hotpatch("fleet", *form, "--outputs", "-", stdin=_outputs(machine)).out


def test_a_stack_without_machines_says_so(hotpatch):
    outcome = hotpatch("fleet", "--outputs", "-", stdin=_outputs())
    assert (outcome.code, outcome.out) == (0, "The stack has no machine.\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "standard input is empty: did the command that wrote it fail?"),
        (b"[]", "has no output `fleet`"),
        (b'{"other": 1}', "has no output `fleet`"),
        (b'{"fleet": "[secret]"}', "is not a list of machines"),
        (b'{"fleet": [1]}', "is not a list of machines"),
    ],
)
def test_says_what_is_wrong_with_outputs_that_are_none(text, words, hotpatch):
    outcome = hotpatch("fleet", "--outputs", "-", stdin=text)
    assert (outcome.code, outcome.out) == (3, "")
    assert words in outcome.err


def test_reads_a_file(hotpatch, write):
    assert "web-0" in hotpatch("fleet", "--outputs", write("outputs.json", _outputs(HOT))).out
    assert "nowhere.json cannot be read" in hotpatch("fleet", "--outputs", "nowhere.json").err


def test_a_stack_and_a_file_exclude_each_other(hotpatch):
    assert hotpatch("fleet", "--stack", "dev", "--outputs", "-").code == 3


@pytest.fixture
def pulumi(monkeypatch, tmp_path):
    """Puts a `pulumi` on the PATH that writes its arguments to a file and ends as the test says."""

    def standing_in(out="", err="", code=0):
        script = tmp_path / "bin/pulumi"
        script.parent.mkdir(exist_ok=True)
        (tmp_path / "out").write_text(out, encoding="utf-8")
        (tmp_path / "err").write_text(err, encoding="utf-8")
        script.write_text(f'#!/bin/sh\necho "$@" > asked\ncat out\ncat err >&2\nexit {code}\n', encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")

    return standing_in


def test_asks_pulumi_for_the_outputs_of_the_stack(hotpatch, pulumi):
    pulumi(out=_outputs(HOT).decode())
    assert "web-0" in hotpatch("fleet", "--stack", "dev").out
    assert Path("asked").read_text(encoding="utf-8").split() == [
        "stack",
        "output",
        "--json",
        "--non-interactive",
        "--stack",
        "dev",
    ]


def test_passes_on_the_last_line_of_what_pulumi_says(hotpatch, pulumi):
    pulumi(err="warning: old\nerror: no stack named 'dev' found\n", code=255)
    outcome = hotpatch("fleet")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert outcome.err.endswith("failed: no stack named 'dev' found\n")


def test_says_that_pulumi_is_not_there(hotpatch, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert "pulumi is not on the PATH" in hotpatch("fleet").err
