"""The sandbox comes up in one go, stops at what fails, and leaves nothing behind when it is destroyed."""

import json
from collections.abc import Callable
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
            "up --yes") exit "${{UP:-0}}" ;;
            "destroy --yes") exit "${{DESTROY:-0}}" ;;
        esac""",
    )
    monkeypatch.setenv("PATH", f"{pulumi.parent}:/usr/bin:/bin")
    layout.python.parent.mkdir(parents=True)
    layout.python.write_text(f'#!/bin/sh\necho fleet "$@" >> {CALLS}\n')
    layout.python.chmod(0o755)
    (layout.state / ".pulumi").mkdir(parents=True)
    for suffix in ("", "-wal", "-shm"):
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
