"""Every link of every page leads to something: a file of the project, and a heading that it has."""

import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)\s*$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)(?: \"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} (?P<words>.+?)\s*#*$", re.MULTILINE)
ELSEWHERE = ("http://", "https://", "mailto:")


@cache
def tracked(pattern: str) -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))


def prose(text: str) -> str:
    """A page without what stands in its blocks of code, which is no link."""
    return FENCE.sub("", text)


def links(text: str) -> list[str]:
    return [match["target"] for match in LINK.finditer(CODE_SPAN.sub("", prose(text)))]


def anchors(text: str) -> set[str]:
    """The names that GitHub gives to the headings of a page; the second of the same words ends in -1."""
    found: list[str] = []
    for match in HEADING.finditer(prose(text)):
        words = LINK.sub(lambda link: link[0][1 : link[0].index("](")], match["words"])
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        found.append(slug)
    return {
        slug if not found[:place].count(slug) else f"{slug}-{found[:place].count(slug)}"
        for place, slug in enumerate(found)
    }


def why_dead(page: Path, link: str) -> str | None:
    """Why a link of a page leads nowhere, or nothing. What is not of this project is not asked for."""
    if link.startswith(ELSEWHERE):
        return None
    path, _, anchor = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.is_relative_to(ROOT) or not target.exists():
        return f"{link}: there is no such file"
    if not tracked(str(target.relative_to(ROOT))) and not target.is_dir():
        return f"{link}: the file is not part of the project"
    if anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
        return f"{link}: the page has no such heading"
    return None


@pytest.mark.parametrize("name", tracked("*.md"))
def test_every_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    dead = [why for link in links(page.read_text(encoding="utf-8")) if (why := why_dead(page, link))]
    assert dead == []


@pytest.mark.parametrize(
    "link", ["docs/nothing.md", "#nothing", "CONTRIBUTING.md#nothing", "../elsewhere.md", ".hotpatch/venv/pyvenv.cfg"]
)
def test_a_dead_link_is_told(link: str) -> None:
    assert why_dead(ROOT / "README.md", link)


def test_a_link_in_code_is_none() -> None:
    page = "[a](a.md) `[b](b.md)`\n\n```text\n[c](c.md)\n# d\n```\n\n# Who, what & `why`?\n\n# e\n\n# e\n"
    assert links(page) == ["a.md"]
    assert anchors(page) == {"who-what--why", "e", "e-1"}


def test_every_page_is_reached_from_the_readme() -> None:
    """By links alone, through as many pages as it takes."""
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        found = [link.partition("#")[0] for link in links(page.read_text(encoding="utf-8"))]
        waiting += [(page.parent / path).resolve() for path in found if path and not path.startswith(ELSEWHERE)]
    assert {name for name in tracked("*.md") if ROOT / name not in reached} == set()
