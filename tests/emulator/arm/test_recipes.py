"""The recipes for contributors: the new type works as the page has it, and a generation's files are all listed."""

import ast
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.emulator.arm import providers
from tests.emulator.arm.conftest import Arm

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
TYPE, TEST = (
    textwrap.dedent(text) for text in re.findall(r"^ *```python\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL)
)
ROOMS = ("domain", "components", "program", "policies", "operations", "emulator", "cli", "local")
NEWEST = re.compile(r"2025(-datacenter.*)?")


@pytest.fixture
def with_the_type(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    exec(compile(TYPE, "host_groups.py", "exec"), made)  # noqa: S102 - of our own page
    (kind,) = made["TYPES"]
    assert providers.find(kind.name) is None, "the emulator has it now: the page needs another example"
    monkeypatch.setitem(providers._BY_NAME, kind.name.lower(), kind)


@pytest.mark.usefixtures("with_the_type")
def test_the_type_of_the_recipe_passes_the_test_of_the_recipe(arm: Arm, provider: Callable[[str], str]) -> None:
    made: dict[str, Any] = {}
    exec(compile(TEST, "test_host_groups.py", "exec"), made)  # noqa: S102 - of our own page
    (test,) = (each for name, each in made.items() if name.startswith("test_"))
    test(arm, provider)


def test_the_files_of_a_generation_are_those_that_name_the_newest_one() -> None:
    section = PAGE.partition("## Another generation of Windows Server")[2]
    assert set(re.findall(r"^\| `(\S+\.py)` \|", section, re.MULTILINE)) == set(naming_a_generation())


def naming_a_generation() -> Iterator[str]:
    """The sources in which a string is the newest generation's year, or the beginning of its SKUs."""
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        constants = (node.value for node in nodes if isinstance(node, ast.Constant))
        if any(isinstance(value, str) and NEWEST.fullmatch(value) for value in constants):
            yield path.relative_to(ROOT).as_posix()
