"""The committed entries of stored resources: what the generator makes of them and of the installed SDK.

Modules are few: to import all of the SDK takes minutes. `tests/emulator/test_coverage.py` sees what is missing of any.
"""

import json
from pathlib import Path

import pytest

from azure_hotpatch.emulator.provider import stored
from azure_hotpatch.emulator.provider.generator import nested
from azure_hotpatch.emulator.provider.generator import stored as entries
from azure_hotpatch.emulator.provider.generator.actions import POSTED

COMMITTED = json.loads(Path(stored.__file__).with_name("resources.json").read_text(encoding="utf-8"))
NESTED = json.loads(Path(stored.__file__).with_name("nested.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", ["desktopvirtualization", "resources", "search", "storage"])
def test_an_entry_is_what_the_generator_makes(module: str) -> None:
    made = entries.module(module, *entries.kept(module))
    assert made == COMMITTED["resources"][module], "run `python -m azure_hotpatch.emulator.provider.generator`"


@pytest.mark.parametrize("module", ["desktopvirtualization", "search", "storage"])
def test_a_function_is_what_the_generator_makes(module: str) -> None:
    assert entries.functions(module) == COMMITTED["functions"][module]
    assert set(POSTED) == set(COMMITTED["functions"])


@pytest.mark.parametrize("module", ["desktopvirtualization", "search", "storage"])
def test_nested_types_are_what_the_generator_makes(module: str) -> None:
    assert nested.module(module, stored.names(module)) == NESTED[module]


def test_every_nested_type_that_is_referred_to_is_there() -> None:
    plain = {"string", "boolean", "integer", "number", "any"}
    missing = [
        f"{module}:{word.type}"
        for module, found in NESTED.items()
        for text in [*found["resources"].values(), *found["types"].values()]
        for word in stored.words(text)
        if word.type.strip("[]{}") not in {*plain, *found["types"]}
    ]
    assert len(NESTED) > 200
    assert missing == []


def test_the_file_has_a_line_for_each() -> None:
    text = entries.text(COMMITTED["resources"], COMMITTED["functions"], COMMITTED["moved"])
    assert text == Path(stored.__file__).with_name("resources.json").read_text(encoding="utf-8")
