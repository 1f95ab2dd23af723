"""A project of a test's own, and the emulated Azure as another user of it sees it."""

import asyncio
import json
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.provider.arm_client import ArmClient
from azure_hotpatch.emulator.provider.transport import embedded

Json = dict[str, Any]


@dataclass(frozen=True)
class Project:
    """A Pulumi project with the stack `dev` in West Europe. `write` gives it its program."""

    engine: Any
    folder: Path

    def write(self, program: str) -> None:
        (self.folder / "__main__.py").write_text(textwrap.dedent(program))

    def up(self, *, check: bool = True) -> str:
        result = self.engine("up --yes --skip-preview --stack dev", self.folder, check=check)
        return str(result.stdout + result.stderr)

    def planned(self, command: str = "preview") -> dict[str, Json]:
        """What a preview would do: the name of each resource that does not stay as it is -> the engine's step."""
        result = self.engine(f"{command} --json --stack dev", self.folder)
        steps = json.loads(result.stdout)["steps"]
        return {step["urn"].rsplit("::", 1)[-1]: step for step in steps if step["op"] not in {"same", "refresh"}}

    def exported(self) -> dict[str, Json]:
        """The state: the name of each resource -> what is known of it."""
        state = json.loads(self.engine("stack export --stack dev", self.folder).stdout)
        return {entry["urn"].rsplit("::", 1)[-1]: entry for entry in state["deployment"]["resources"]}


@pytest.fixture
def project(engine: Any, tmp_path: Path) -> Project:
    (tmp_path / "Pulumi.yaml").write_text("name: semantics\nruntime: python\n")
    engine("stack init dev", tmp_path)
    engine("config set azure-native:location westeurope --stack dev", tmp_path)
    return Project(engine, tmp_path)


@pytest.fixture
def azure(engine: Any) -> Callable[[Callable[[ArmClient], Any]], Any]:
    """`azure(call)` gives ARM to `call`, as someone does who changes Azure without Pulumi."""

    def asked(call: Callable[[ArmClient], Any]) -> Any:
        return asyncio.run(call(ArmClient(embedded(lambda: create_app(engine.store)))))

    return asked
