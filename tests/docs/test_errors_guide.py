"""What the page of errors quotes is what the product says, or what pip, Pulumi and Azure say."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/guides/errors.md").read_text(encoding="utf-8")
ROOMS = ("cli", "emulator", "operations")
QUOTED = [
    quote for row in PAGE.splitlines() if row.startswith("| `") for quote in re.findall(r"`([^`]+)`", row.split("|")[1])
]
# The words of pip, Pulumi and Azure, which are in no source of ours.
THEIRS = {
    "No matching distribution found for azure-hotpatch",
    "azure-hotpatch is already installed with the same version",
    "no stack selected",
    "incorrect passphrase",
    "failed to download plugin: azure-native",
    "the stack is currently locked",
    "NicInUse",
    "missing configuration value 'adminPassword'",
}
OURS = sorted(set(QUOTED) - THEIRS)


def test_every_foreign_error_is_on_the_page() -> None:
    assert set(QUOTED) >= THEIRS


@pytest.mark.parametrize("quoted", OURS)
def test_the_product_says_what_the_page_quotes(quoted: str) -> None:
    sources = (file.read_text(encoding="utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    assert any(quoted in source for source in sources)
