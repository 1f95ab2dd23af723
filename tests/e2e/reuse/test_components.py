"""Components that the project's own stacks need not use come up, stay as they are, and go without a trace."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

PASSWORD = "Back-Office-8-Tills"  # noqa: S105 - of machines that are never made


@pytest.mark.parametrize(("program", "created"), [("azure_local", 17), ("guardrails", 23)])
def test_comes_up_stays_and_goes(program: str, created: int, engine: Any, tmp_path: Path) -> None:
    copy(Path(__file__).parent / program / "__main__.py", tmp_path)
    (tmp_path / "Pulumi.yaml").write_text(f"name: {program.replace('_', '-')}\nruntime: python\n")
    engine("stack init dev", tmp_path)
    engine(f"config set --secret password {PASSWORD} --stack dev", tmp_path)

    first = engine("up --yes --skip-preview --stack dev", tmp_path)
    engine("up --yes --skip-preview --expect-no-changes --stack dev", tmp_path)
    engine("refresh --yes --skip-preview --expect-no-changes --stack dev", tmp_path)
    engine("destroy --yes --skip-preview --stack dev", tmp_path)

    assert f"{created} created" in first.stdout
    assert _resources_in(engine.store) == []
    assert [file for file in engine.state.parent.rglob("*") if file.is_file() and _says(file, PASSWORD)] == []


def _resources_in(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as database:
        return [path for (path,) in database.execute("select id from resources")]


def _says(file: Path, word: str) -> bool:
    return word.encode() in file.read_bytes()
