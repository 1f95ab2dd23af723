"""docs/cli.md is what the commands say of themselves."""

import re
from pathlib import Path

from azure_hotpatch.cli.reference import reference

PAGE = Path(__file__).resolve().parents[2] / "docs/cli.md"


def test_the_page_is_current(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python -m azure_hotpatch.cli.reference > docs/cli.md"


def test_the_value_of_an_option_is_named_by_what_it_is():
    assert re.findall(r"--\S+ <(?:str|list)\b.*", reference()) == [], "give it a metavar: --ring RING"
