"""The project's own program, copied to a folder of the test's, and a stack of it in an emulator of the test's."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
PASSWORD = "Xq7-unmistakable-Zw3"  # noqa: S105 - what the tests search all files for
# "    + 20 created", "    +-1 to replace"; unchanged resources have no sign.
_CHANGE = re.compile(r"^ +(?P<sign>[+~-]+) ?(?P<count>\d+) (?:to )?(?P<kind>[a-z]+?)(?:e?d)?$", re.MULTILINE)


@dataclass(frozen=True)
class Stack:
    """One stack of the program."""

    engine: Any
    folder: Path
    name: str

    def run(self, arguments: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `pulumi` command on this stack."""
        command = f"{arguments} --stack {self.name} --non-interactive"
        return self.engine(command, self.folder, {"PULUMI_CONFIG_PASSPHRASE": "sandbox"}, check=check)

    def up(self) -> dict[str, int]:
        """Deploy, and say how many resources were changed in which way: `{"+": 20}`. Unchanged ones are not counted."""
        return changes(self.run("up --yes --skip-preview").stdout)

    def preview(self) -> dict[str, int]:
        """What `up` would change."""
        return changes(self.run("preview").stdout)

    def refresh(self) -> dict[str, int]:
        """Read all of Azure into the state, and say how many resources had another state."""
        return changes(self.run("refresh --yes --skip-preview").stdout)

    def destroy(self) -> dict[str, int]:
        """Delete everything."""
        return changes(self.run("destroy --yes --skip-preview").stdout)

    def outputs(self) -> Any:
        """The outputs of the stack."""
        return json.loads(self.run("stack output --json").stdout)

    def resources(self) -> list[dict[str, Any]]:
        """The resources in the state."""
        deployment = json.loads(self.run("stack export").stdout)["deployment"]
        return list(deployment.get("resources", []))

    def edit(self, path: str, value: str) -> None:
        """Set one setting of the stack's file."""
        self.run(f"config set --path {path} {value}")


def changes(printed: str) -> dict[str, int]:
    """How many resources a command changed, by Pulumi's sign: + created, ~ updated, - deleted, +- replaced."""
    block = printed.partition("Resources:")[2]
    return {match["sign"]: int(match["count"]) for match in _CHANGE.finditer(block)}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of what `pulumi` reads: the program and the stack files."""
    folder = tmp_path / "program"
    folder.mkdir()
    shutil.copy(REPOSITORY / "__main__.py", folder)
    project = (REPOSITORY / "Pulumi.yaml").read_text()
    assert "virtualenv: .hotpatch/venv" in project
    (folder / "Pulumi.yaml").write_text(project.replace(".hotpatch/venv", sys.prefix))
    shutil.copytree(REPOSITORY / "stacks", folder / "stacks")
    return folder


@pytest.fixture
def stack(engine: Any, program: Path) -> Callable[[str], Stack]:
    """`stack("sandbox")` makes a stack; what it brought up is not taken down, the store goes with the test."""

    def made(name: str) -> Stack:
        new = Stack(engine, program, name)
        new.engine(f"stack init {name}", program, {"PULUMI_CONFIG_PASSPHRASE": "sandbox"})
        if name != "sandbox":
            new.run(f"config set --secret adminPassword {PASSWORD}")
        return new

    return made


def stored_resources(store: Path) -> int:
    """How many resources the emulator holds."""
    with sqlite3.connect(store) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        assert "resources" in tables, tables
        return int(database.execute("select count(*) from resources").fetchone()[0])


@pytest.fixture
def stored(engine: Any) -> Callable[[], int]:
    """How many resources the emulator holds."""
    return lambda: stored_resources(engine.store)


@pytest.fixture
def password() -> str:
    """The password that every stack but the sandbox was given."""
    return PASSWORD


@pytest.fixture(name="changes")
def changes_printed() -> Callable[[str], dict[str, int]]:
    """Reads how many resources a command changed from what it printed."""
    return changes


@pytest.fixture
def deployed(engine: Any) -> Callable[[Path], list[dict[str, Any]]]:
    """The resources in the state of the stack `test` of a program."""
    return lambda folder: list(
        json.loads(engine("stack export --stack test", folder).stdout)["deployment"]["resources"]
    )


@pytest.fixture
def sdk_version() -> str:
    """The version of azure-native's SDK, whose plugin is installed."""
    return version("pulumi-azure-native")
