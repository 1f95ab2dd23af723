"""`pulumi new` from this checkout makes a project of the user's own name that comes up."""

import shutil
from pathlib import Path
from typing import Any


def test_a_new_project_asks_for_three_values_and_comes_up(
    engine: Any, program: Path, tmp_path: Path, changes: Any, password: str
) -> None:
    shutil.rmtree(program / "stacks")
    new = tmp_path / "shop"
    new.mkdir()
    engine(["new", str(program), "--yes", "--generate-only", "--name", "shop"], new)
    engine("stack init dev", new)
    engine("config set location uksouth --stack dev", new)
    engine(f"config set --secret adminPassword {password} --stack dev", new)
    engine("config set --path fleet.machines[0].name web --stack dev", new)
    assert changes(engine("up --yes --skip-preview --stack dev", new).stdout) == {"+": 11}
    assert '"location": "uksouth"' in engine("stack output --json --stack dev", new).stdout
