"""A whole stack, run as the engine runs it: the program itself, with what it registers and exports recorded."""

import asyncio
import json
import os
import runpy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime import resource as registration
from pulumi.runtime.proto import source_pb2

from azure_hotpatch.program import outputs as program_outputs
from tests.recorder import PASSWORD, Recorder, Registered

PROGRAM = Path(__file__).resolve().parents[2] / "__main__.py"
PROJECT = "azure-hotpatch"
NAMED_SECRETS = {"other": "Other-horse-9"}  # what groups may name
TODAY = date(2026, 11, 2)  # between two patch days, and the next planned baseline is in January


@dataclass(frozen=True)
class Deployed:
    """What a stack registered, by type and name, and what it exported."""

    resources: Mapping[tuple[str, str], Registered]
    outputs: Mapping[str, Any]

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """The inputs of the resources of one type, by name: `of("VirtualMachine")`."""
        return {name: each.inputs for (each_kind, name), each in self.resources.items() if each_kind == kind}


Deploy = Callable[..., Deployed]


@pytest.fixture(scope="session")
def loop() -> asyncio.AbstractEventLoop:
    """One for all, never closed: the SDK's mocks leave a loop in each thread of its executor."""
    return asyncio.new_event_loop()


@pytest.fixture
def deploy(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """`deploy({"fleet": {…}})` runs the program with this configuration, each key in the project's namespace."""
    asyncio.set_event_loop(loop)

    def run(config: Mapping[str, Any], project: str = PROJECT, namespace: str = "") -> Deployed:
        texts = {
            f"{namespace or project}:{key}": value if isinstance(value, str) else json.dumps(value)
            for key, value in {"secrets": NAMED_SECRETS, **config, "adminPassword": PASSWORD}.items()
        }
        exported: dict[str, Any] = {}
        recorder = Recorder()
        monkeypatch.setitem(os.environ, "PULUMI_CONFIG", json.dumps(texts))
        monkeypatch.setattr(pulumi, "export", exported.__setitem__)
        monkeypatch.setattr(program_outputs, "today", lambda: TODAY)
        # For each resource the SDK reads where it was made; below a test that is fifty frames of pytest's.
        monkeypatch.setattr(registration, "_get_stack_trace", source_pb2.StackTrace)
        pulumi.runtime.set_all_config(texts)
        pulumi.runtime.set_mocks(recorder, project=project, preview=False)
        outputs: dict[str, Any] = {}

        def program() -> pulumi.Output[Any]:
            runpy.run_path(str(PROGRAM))
            return pulumi.Output.all(**exported).apply(outputs.update)

        pulumi.runtime.test(program)()
        made = {(each.type.rsplit(":", 1)[-1], each.name): each for each in recorder.resources}
        return Deployed(made, outputs)

    return run
