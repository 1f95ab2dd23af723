"""What the README and CONTRIBUTING say of the project is so: its folders, its stacks, its targets, its rule in full."""

import re
from pathlib import Path

from set_up.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def first_cells(page: str, heading: str) -> list[str]:
    """The codes in the first cells of the table whose header begins with `heading`."""
    rows = page.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_the_rule_in_full_is_the_rule() -> None:
    named, shown = re.findall(r"`(domain/rules/hp\w+\.py)`:\n\n```python\n(.*?)```", CONTRIBUTING, re.DOTALL)[0]
    assert shown == (ROOT / named).read_text(encoding="utf-8")


def test_the_places_of_a_change_are_there() -> None:
    rows = CONTRIBUTING.partition("| you want to | open |")[2].partition("\n\n")[0]
    places = [place for place in re.findall(r"`([^`]+)`", rows) if "/" in place]
    assert len(places) > 5
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_folders_are_there() -> None:
    folders = first_cells(README, "folder")
    assert len(folders) > 5
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


def test_every_stack_is_in_the_readme() -> None:
    there = {path.stem.removeprefix("Pulumi.") for path in (ROOT / "stacks").glob("Pulumi.*.yaml")}
    assert set(first_cells(README, "stack")) == there


def code(page: str) -> str:
    """What stands in a page's blocks and spans of code, a line each."""
    return "\n".join(
        block or span for block, span in re.findall(r"^```\w*\n(.*?)^```|`([^`\n]+)`", page, re.M | re.DOTALL)
    )


def targets(page: str) -> set[str]:
    return set(re.findall(r"(?:^|\()make (?:-s )?([a-z]+)", code(page), re.MULTILINE))


def test_every_target_that_a_page_names_is_one() -> None:
    assert targets(README) == {"up", "test", "destroy", "env", "template"}
    named = {str(page.relative_to(ROOT)): targets(page.read_text(encoding="utf-8")) for page in PAGES}
    assert {page: found - COMMANDS.keys() for page, found in named.items() if found - COMMANDS.keys()} == {}
