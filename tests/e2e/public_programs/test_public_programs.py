"""Programs of the kinds that Pulumi's documentation shows come up in the emulator, stay as they are, and go.

They use nothing of this project. Each has the resources and the spellings of arguments of a published one.
"""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "A-Public-Program-1"  # noqa: S105  (of a machine that no one can reach)
CONFIG = ("azure-native:location westus2", "username webmaster", f"--secret password {PASSWORD}")
PROGRAMS = sorted(program.parent for program in Path(__file__).parent.glob("*/__main__.py"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_comes_up_stays_and_goes_without_a_trace(program: Path, engine: Any, tmp_path: Path) -> None:
    shutil.copy(program / "__main__.py", tmp_path)
    (tmp_path / "Pulumi.yaml").write_text(f"name: {program.name.replace('_', '-')}\nruntime: python\n")
    engine("stack init dev", tmp_path)
    for setting in CONFIG:
        engine(f"config set {setting} --stack dev", tmp_path)

    first = engine("up --yes --skip-preview --stack dev", tmp_path)
    again = engine("up --yes --skip-preview --expect-no-changes --stack dev", tmp_path)
    engine("destroy --yes --skip-preview --stack dev", tmp_path)

    assert " created" in first.stdout
    assert " unchanged" in again.stdout
    assert resources_in(engine.store) == []
    assert files_with(PASSWORD, engine.state.parent) == []  # history and backups of the state among them


def files_with(word: str, folder: Path) -> list[Path]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file for file in files if word.encode() in file.read_bytes()]


def resources_in(store: Path) -> list[str]:
    with sqlite3.connect(store) as connection:
        found = connection.execute("select id from resources").fetchall()
    connection.close()
    return [row[0] for row in found]
