"""The resources that the emulator stores as they are sent: where each lives, and what stands where in its body.

`resources.json` has a line for each, and for the functions that list keys. The paths, and which properties stand beside
`properties` (`@`), are facts that are kept there; the generator fills in the rest from the installed SDK. Their source:
the types of each provider in Azure's published Bicep definitions (bicep-types-az), and the ids by which azure-native's
documentation imports its resources. `tests/emulator/provider/test_stored_paths.py` compares them with the SDK's inputs.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FILE = "resources.json"
_WORD = re.compile(r"(?P<name>[^:@!+~?-]+)(?::(?P<type>[^@!+~?-]+))?(?P<marks>[@!+~?-]*)")

BESIDE, REQUIRED, INPUT, OUTPUT, REPLACES, APART = "@", "!", "+", "-", "~", "?"


@dataclass(frozen=True, slots=True)
class StoredProperty:
    """One property of an entry. `type` is a scalar, `any`, a list or map of them, or `Identity`.

    `marks`: `@` beside `properties` in ARM's body, `!` required, `+` never answered, `-` only Azure sets it, `~` its
    change replaces the resource, `?` no part of the body.
    """

    name: str
    type: str
    marks: str

    def __str__(self) -> str:
        return f"{self.name}{'' if self.type == 'string' else ':' + self.type}{self.marks}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Path template, api-version and properties of one resource."""

    path: str
    version: str
    words: tuple[StoredProperty, ...]


def find(module: str, name: str) -> Entry | None:
    found = _read()["resources"].get(module, {}).get(name)
    return _entry(found) if found else None


def find_function(module: str, name: str) -> Entry | None:
    """A function that is posted to a resource; all that it answers is secret."""
    found = _read()["functions"].get(module, {}).get(name)
    return _entry(found) if found else None


def functions(module: str) -> list[str]:
    return list(_read()["functions"].get(module, {}))


def names(module: str) -> list[str]:
    return list(_read()["resources"].get(module, {}))


def modules() -> list[str]:
    return list(_read()["resources"])


def module_of(old_module: str, name: str) -> str:
    """The module that a resource of azure-native 1 or 2 has moved to; its own where it has not."""
    for module, moved in _read()["moved"].get(old_module, {}).items():
        if name in moved.split():
            return str(module)
    return old_module


def moved() -> dict[str, dict[str, str]]:
    """Old module -> new module -> the names of what has moved."""
    return dict(_read()["moved"])


def words(text: str) -> tuple[StoredProperty, ...]:
    return tuple(_word(word) for word in text.split())


def _word(text: str) -> StoredProperty:
    found = _WORD.fullmatch(text)
    if found is None:
        raise ValueError(f"{_FILE}: {text!r} is no property")
    return StoredProperty(found["name"], found["type"] or "string", found["marks"])


def _entry(found: Mapping[str, str]) -> Entry:
    return Entry(found["path"], found["version"], words(found["properties"]))


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__name__).joinpath(_FILE).read_text(encoding="utf-8"))
    return found
