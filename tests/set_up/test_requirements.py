"""What is installed is pinned, with hashes, and names no index."""

import re
from importlib.metadata import version

import pytest

from set_up import lock
from set_up.layout import CHECKOUT

PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


@pytest.mark.parametrize("name", lock.SETS)
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (CHECKOUT.requirements / f"{name}.txt").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z0-9-]+==)", text)[1:]
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = dict(PIN.findall((CHECKOUT.requirements / "development.txt").read_text(encoding="utf-8")))
    for package in ("pulumi", "pulumi-azure-native", "pulumi-policy", "pytest"):
        assert version(package) == pinned[package]
