"""docs/cli.md is what the commands say of themselves."""

from pathlib import Path

from azure_hotpatch.cli.reference import reference

PAGE = Path(__file__).resolve().parents[2] / "docs/cli.md"


def test_the_page_is_current(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python -m azure_hotpatch.cli.reference > docs/cli.md"
