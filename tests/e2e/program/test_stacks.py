"""Every stack comes up, twice, and down, keeps the policy pack, and leaves no password in plain text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
PACK = f"preview --policy-pack {REPOSITORY / 'policies'}"


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
    printed = stack(name).run(PACK).stdout
    assert "azure-hotpatch@v" in printed
    assert "[mandatory]" not in printed


@pytest.mark.parametrize("mode", ["paused", "azureManaged"])
def test_keeps_the_policy_pack_with_a_group_in_another_mode(stack: Callable[[str], Any], mode: str) -> None:
    made = stack("dev")
    made.edit("azure-hotpatch:fleet.machines[0].patchingMode", mode)
    printed = made.run(PACK).stdout
    assert "azure-hotpatch@v" in printed
    assert "[mandatory]" not in printed


def test_the_pack_refuses_a_mode_that_the_program_does_not_keep(stack: Callable[[str], Any], program: Path) -> None:
    """A program whose machines have hotpatch, in a stack that says that they are paused."""
    made = stack("dev")
    made.edit("azure-hotpatch:maintenance.mode", "paused")
    text = (program / "__main__.py").read_text(encoding="utf-8")
    changed = text.replace(
        "HotpatchVirtualMachine(*planned)",
        'HotpatchVirtualMachine(planned[0], {**planned[1], "patching_mode": "hotpatch"})',
    )
    assert changed != text
    (program / "__main__.py").write_text(changed, encoding="utf-8")
    done = made.run(PACK, check=False)
    refused = [line.split()[4] for line in done.stdout.splitlines() if "[mandatory]" in line]
    assert done.returncode != 0
    assert refused == ["HP043"] * 6  # bypass and hotpatch of each of three machines


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
