"""The sandbox comes up in one go, stops at what fails, and leaves nothing behind when it is destroyed."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from set_up import sandbox
from set_up.layout import Layout

CALLS = "calls"


@pytest.fixture
def checkout(layout: Layout, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Its `pulumi` notes each call, lists the stacks of the file `stacks`, and forgets one on `stack rm`."""
    pulumi = script(
        "pulumi",
        f"""echo "$@" >> "{CALLS}"
        case "$1 $2" in
            "stack ls") cat stacks ;;
            "stack rm") cat others > stacks ;;
            "stack export") cat state.json ;;
            "up --yes") exit "${{UP:-0}}" ;;
            "destroy --yes") exit "${{DESTROY:-0}}" ;;
        esac""",
    )
    monkeypatch.setenv("PATH", f"{pulumi.parent}:/usr/bin:/bin")
    layout.python.parent.mkdir(parents=True)
    layout.python.write_text(f'#!/bin/sh\necho fleet "$@" >> {CALLS}\n')
    layout.python.chmod(0o755)
    (layout.state / ".pulumi").mkdir(parents=True)
    with closing(sqlite3.connect(layout.store)) as store:
        store.execute("CREATE TABLE resources (id)")
    for suffix in ("-wal", "-shm"):
        Path(f"{layout.store}{suffix}").touch()
    stacks(layout, before=[{"name": "sandbox"}], after=[])
    return layout


def stacks(layout: Layout, before: list[dict[str, str]], after: list[dict[str, str]]) -> None:
    (layout.root / "stacks").write_text(json.dumps(before))
    (layout.root / "others").write_text(json.dumps(after))


def calls(layout: Layout) -> list[str]:
    return (layout.root / CALLS).read_text().splitlines()


def test_comes_up_under_the_policy_pack_and_shows_the_fleet(checkout: Layout) -> None:
    assert sandbox.bring_up(checkout) == 0
    assert calls(checkout) == [
        "stack select --create sandbox --secrets-provider passphrase",
        "up --yes --suppress-outputs --stack sandbox --policy-pack policies",
        "fleet -m azure_hotpatch.cli fleet --stack sandbox",
    ]


def test_a_refused_program_ends_it_with_the_engines_code(checkout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UP", "255")
    assert sandbox.bring_up(checkout) == 255
    assert not [call for call in calls(checkout) if call.startswith("fleet")]


def test_destroy_leaves_neither_state_nor_store(checkout: Layout) -> None:
    assert sandbox.tear_down(checkout) == 0
    assert list(checkout.state.iterdir()) == []
    assert list(checkout.made.glob("azure.sqlite*")) == []


def test_destroy_keeps_the_stacks_config_file(checkout: Layout) -> None:
    sandbox.tear_down(checkout)
    assert [call for call in calls(checkout) if call.startswith("stack rm") and "--preserve-config" in call]


def test_destroy_keeps_what_other_stacks_need(checkout: Layout) -> None:
    other = {"name": "organization/mine/dev"}
    stacks(checkout, before=[{"name": "sandbox"}, other], after=[other])
    assert sandbox.tear_down(checkout) == 0
    assert checkout.store.exists()
    assert (checkout.state / ".pulumi").exists()


def test_a_destroy_that_fails_keeps_everything(checkout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESTROY", "4")
    assert sandbox.tear_down(checkout) == 4
    assert checkout.store.exists()


def test_destroy_of_nothing_is_fine(checkout: Layout) -> None:
    stacks(checkout, before=[], after=[])
    assert sandbox.tear_down(checkout) == 0
    assert not [call for call in calls(checkout) if call.startswith("destroy")]


@pytest.fixture
def interrupted(checkout: Layout) -> Path:
    """The state of a sandbox whose last `up` was killed."""
    (checkout.root / "state.json").write_text('{"deployment": {"pending_operations": [{"type": "creating"}]}}')
    state = checkout.state / ".pulumi/stacks/azure-hotpatch/sandbox.json"
    state.parent.mkdir(parents=True)
    state.write_text("{}")
    return state


def test_starts_from_nothing_after_a_killed_command(
    checkout: Layout, interrupted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sandbox.bring_up(checkout) == 0
    assert not interrupted.exists()
    assert not checkout.store.exists()
    assert "was interrupted (1 operations under way); the sandbox starts from nothing" in capsys.readouterr().err


def test_starts_from_nothing_where_the_state_cannot_be_read(
    checkout: Layout, interrupted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout.root / "state.json").write_text("half a st")
    assert sandbox.bring_up(checkout) == 0
    assert not interrupted.exists()
    assert "cannot be read; the sandbox starts from nothing" in capsys.readouterr().err


@pytest.mark.usefixtures("interrupted")
def test_a_killed_command_costs_other_stacks_nothing(checkout: Layout) -> None:
    other = checkout.state / ".pulumi/stacks/mine/dev.json"
    other.parent.mkdir(parents=True)
    other.write_text("{}")
    assert sandbox.bring_up(checkout) == 0
    assert other.exists()
    assert checkout.store.exists()


def test_keeps_a_sandbox_that_is_whole(checkout: Layout, interrupted: Path) -> None:
    (checkout.root / "state.json").write_text('{"deployment": {"resources": []}}')
    assert sandbox.bring_up(checkout) == 0
    assert interrupted.exists()
    assert checkout.store.exists()


RECORDED = "/subscriptions/0/resourceGroups/Fleet"


@pytest.fixture
def recorded(checkout: Layout, interrupted: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state of a sandbox that came up with a resource group and a machine."""
    monkeypatch.delenv("AZURE_HOTPATCH_EMULATOR_URL", raising=False)
    ids = [RECORDED, f"{RECORDED}/providers/Microsoft.Compute/virtualMachines/web"]
    resources = [{"type": "pulumi:pulumi:Stack"}, *({"id": path} for path in ids)]
    (checkout.root / "state.json").write_text(json.dumps({"deployment": {"resources": resources}}))
    return interrupted


def test_starts_from_nothing_where_the_emulated_azure_was_emptied(
    checkout: Layout, recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sandbox.bring_up(checkout) == 0
    assert not recorded.exists()
    assert "has none of the sandbox's 2 resources; the sandbox starts from nothing" in capsys.readouterr().err


def test_starts_from_nothing_where_the_store_was_deleted(checkout: Layout, recorded: Path) -> None:
    checkout.store.unlink()
    assert sandbox.bring_up(checkout) == 0
    assert not recorded.exists()


def test_one_resource_that_is_gone_is_left_to_a_refresh(checkout: Layout, recorded: Path) -> None:
    with closing(sqlite3.connect(checkout.store)) as store, store:
        store.execute("INSERT INTO resources VALUES (?)", (RECORDED.lower(),))
    assert sandbox.bring_up(checkout) == 0
    assert recorded.exists()


def test_a_served_emulator_has_another_store(checkout: Layout, recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_HOTPATCH_EMULATOR_URL", "https://localhost:8443")
    assert sandbox.bring_up(checkout) == 0
    assert recorded.exists()


def test_a_damaged_store_is_begun_anew(checkout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    checkout.store.write_bytes(b"this is no database, it is a torn file" * 40)
    assert sandbox.bring_up(checkout) == 0
    assert not checkout.store.exists()
    assert f"{checkout.store} cannot be read" in capsys.readouterr().err


def test_the_lock_of_a_process_that_is_gone_is_released(checkout: Layout) -> None:
    """Those of other stacks are theirs."""
    locks = checkout.state / ".pulumi/locks/organization/azure-hotpatch"
    for stack in ("sandbox", "other"):
        (locks / stack).mkdir(parents=True)
        (locks / stack / "torn.json").touch()
    sandbox.bring_up(checkout)
    assert [lock.parent.name for lock in locks.rglob("*.json")] == ["other"]
