"""Every stack comes up, twice, and down, keeps the policy pack, and leaves no password in plain text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
PACKED = {"scheduled": " --policy-pack-config " + str(REPOSITORY / "stacks/policy.scheduled.json")}


@pytest.mark.parametrize(("name", "count"), [("dev", 17), ("prod", 39), ("scheduled", 18), ("azure-local", 21)])
def test_comes_up_twice_without_drift_and_down(
    stack: Callable[[str], Any], stored: Callable[[], int], name: str, count: int
) -> None:
    made = stack(name)
    assert made.up() == {"+": count}
    assert made.up() == {}
    assert made.refresh() == {}
    assert made.destroy() == {"-": count}
    assert stored() == 0


@pytest.mark.parametrize("name", ["sandbox", "dev", "prod", "scheduled", "azure-local"])
def test_keeps_the_policy_pack(stack: Callable[[str], Any], name: str) -> None:
    pack = f"preview --policy-pack {REPOSITORY / 'policies'}{PACKED.get(name, '')}"
    printed = stack(name).run(pack).stdout
    assert "[mandatory]" not in printed


def test_the_scheduled_stack_gives_up_one_rule(stack: Callable[[str], Any]) -> None:
    done = stack("scheduled").run(f"preview --policy-pack {REPOSITORY / 'policies'}", check=False)
    assert done.returncode != 0
    refused = [line for line in done.stdout.splitlines() if "[mandatory]" in line]
    assert refused
    assert all("HP004" in line for line in refused)


def test_no_password_stands_anywhere(stack: Callable[[str], Any], engine: Any, program: Path, password: str) -> None:
    made = stack("prod")
    made.run("up --yes --skip-preview --logflow -v=9 --logtostderr")
    printed = [made.run(command).stdout for command in ("preview --diff --json", "stack export", "stack output --json")]
    assert password not in "".join(printed)
    written = [path for folder in (program, engine.state, engine.store.parent) for path in _files(folder)]
    assert any(path.name == "prod.json" for path in written)
    assert [path for path in written if password.encode() in path.read_bytes()] == []


def test_tells_every_mistake_of_a_stack_file_at_once(stack: Callable[[str], Any]) -> None:
    made = stack("dev")
    made.edit("azure-hotpatch:fleet.machines[0].size", "Standard_A2_v2")
    made.edit("azure-hotpatch:maintenance.mode", "hotpach")
    done = made.run("preview", check=False)
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "2 settings are wrong under azure-hotpatch in Pulumi.dev.yaml:" in said
    assert re.search(r"fleet\.machines\[0\]\.size \(line \d+\): 'Standard_A2_v2' runs generation 1", said)
    assert "Traceback" not in done.stdout + done.stderr


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
