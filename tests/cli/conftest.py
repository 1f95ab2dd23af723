"""The command line, run in this process, and files for it to read."""

import copy
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.cli.__main__ import run

TODAY = "2026-11-24"
MACHINE = "azure-native:compute:VirtualMachine"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[tuple[str, str]]:
        """Of a JSON report: the rules and outcomes, in order."""
        return [(finding["rule"], finding["outcome"]) for finding in json.loads(self.out)["findings"]]


Hotpatch = Callable[..., Outcome]
Write = Callable[..., str]


@pytest.fixture
def hotpatch(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hotpatch:
    """`hotpatch("check", "a.json", stdin=b"…")` in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run(arguments)
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return invoke


@pytest.fixture
def check(hotpatch: Hotpatch) -> Hotpatch:
    """`hotpatch check … --format json` as of a day that stays the same."""
    return lambda *arguments, stdin=b"": hotpatch("check", *arguments, "--format=json", f"--on={TODAY}", stdin=stdin)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of the test's folder, JSON unless it is bytes, and gives its name."""

    def written(name: str, content: Any) -> str:
        data = content if isinstance(content, bytes) else json.dumps(content, indent=2).encode()
        (tmp_path / name).write_bytes(data)
        return name

    return written


@pytest.fixture
def vm(azure_native_vm: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """`vm({"osProfile.x": 1}, name="web")`: a machine as a step's `newState` and a state have it, spoiled at paths."""

    def state(changes: Mapping[str, Any] | None = None, name: str = "web", **rest: Any) -> dict[str, Any]:
        urn = f"urn:pulumi:prod::fleet::{MACHINE}::{name}"
        inputs = _spoiled(azure_native_vm, {"vmName": name, **(changes or {})})
        return {"urn": urn, "custom": True, "type": MACHINE, "inputs": inputs, **rest}

    return state


@pytest.fixture
def preview() -> Callable[..., dict[str, Any]]:
    return _preview


@pytest.fixture
def export() -> Callable[..., dict[str, Any]]:
    return _export


@pytest.fixture
def template() -> Callable[..., dict[str, Any]]:
    """An ARM template of the same machines, in the shape that ARM wants, `properties` and all."""
    return _template


def _spoiled(machine: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    copied = copy.deepcopy(dict(machine))
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = copied
        for parent in parents:
            place = place[parent]
        place[last] = value
    return copied


def _preview(*states: Mapping[str, Any], op: str = "create", **rest: Any) -> dict[str, Any]:
    steps = [{"op": op, "urn": each["urn"], "newState": each, "detailedDiff": None} for each in states]
    return {"steps": steps, "duration": 1, "changeSummary": {op: len(steps)}, **rest}


def _export(*states: Mapping[str, Any], version: int = 3) -> dict[str, Any]:
    return {"version": version, "deployment": {"manifest": {"version": "v3.220.0"}, "resources": list(states)}}


def _template(*states: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [_arm_resource(state["inputs"]) for state in states],
        **rest,
    }


def _arm_resource(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Microsoft.Compute/virtualMachines",
        "apiVersion": "2024-11-01",
        "name": inputs["vmName"],
        "location": inputs["location"],
        "properties": {key: value for key, value in inputs.items() if key.endswith("Profile")},
    }
