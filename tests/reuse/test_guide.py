"""What the guide shows is what the examples are, and those run."""

import re
from pathlib import Path

import pytest

import azure_hotpatch
from azure_hotpatch import components

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = (REPOSITORY / "docs" / "guides" / "use-a-component.md").read_text()
EXAMPLES = {"python": "python/__main__.py", "yaml": "yaml/Pulumi.yaml", "typescript": "typescript/index.ts"}


@pytest.mark.parametrize("language", EXAMPLES)
def test_every_block_is_a_part_of_its_example(language: str) -> None:
    example = (REPOSITORY / "examples" / EXAMPLES[language]).read_text()
    blocks = re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert blocks
    assert [block for block in blocks if block not in example] == []


def test_every_component_is_in_the_table() -> None:
    named = set(re.findall(r"`(\w+)`", "".join(line for line in GUIDE.splitlines() if line.startswith("| `"))))
    assert named == {name for name in components.__all__ if f"{name}Args" in components.__all__}


def test_the_versions_are_this_one() -> None:
    assert set(re.findall(r"\b\d+\.\d+\.\d+\b", GUIDE)) == {azure_hotpatch.__version__}


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", GUIDE)
    assert [link for link in links if not (REPOSITORY / "docs" / "guides" / link).exists()] == []
