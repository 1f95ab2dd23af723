"""A region or a size that is not known is a warning with the nearest one, and never refused."""

from collections.abc import Iterator
from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import HotpatchNetwork, HotpatchVirtualMachine
from azure_hotpatch.components.shared.doubts import warn_once
from tests.components.arguments import GOOD


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", lambda text, *_: said.append(text))
    warn_once.cache_clear()
    yield said
    warn_once.cache_clear()


@pytest.mark.parametrize(
    ("argument", "value", "words"),
    [
        ("location", "westeuorpe", "did you mean 'westeurope'?"),
        ("location", "mars", "region 'mars' was not known on 20"),
        ("size", "Standard_D3s_v5", "did you mean 'Standard_D2s_v5'?"),
        ("size", "Standard_Q2s_v9", "size 'Standard_Q2s_v9' was not known on 20"),
    ],
)
def test_warns_of(argument: str, value: str, words: str, register: Any, warned: list[str]) -> None:
    register(lambda: HotpatchVirtualMachine("web", {**GOOD, argument: value}))  # type: ignore[typeddict-item]  # by name
    assert len(warned) == 1
    assert words in warned[0]


def test_says_nothing_of_what_is_known_or_known_later(register: Any, warned: list[str]) -> None:
    later = pulumi.Output.from_input("mars")
    register(lambda: HotpatchVirtualMachine("web", {**GOOD, "size": "standard_e8-4s_v5", "location": later}))  # type: ignore[typeddict-item]  # by name
    register(lambda: HotpatchVirtualMachine("gpu", {**GOOD, "size": "Standard_NC24ads_A100_v4"}))  # type: ignore[typeddict-item]  # by name
    register(
        lambda: HotpatchNetwork(
            "net", {"resource_group_name": "fleet", "location": "West Europe".lower().replace(" ", "")}
        )
    )
    assert warned == []


def test_says_it_once_for_many_machines(register: Any, warned: list[str]) -> None:
    for name in ("web-01", "web-02", "web-03"):
        register(lambda name=name: HotpatchVirtualMachine(name, {**GOOD, "location": "mars"}))  # type: ignore[typeddict-item]  # by name
    assert len(warned) == 1
