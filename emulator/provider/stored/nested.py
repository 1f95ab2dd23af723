"""What is inside of the outputs of stored resources, for programs that know resources by the schema alone.

`nested.json` is made by the generator from the installed SDK; it has a line for each resource and each type.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from azure_hotpatch.emulator.provider.stored import words

_FILE = "nested.json"
Words = Mapping[str, str]  # property -> its type, a scalar, `any`, a nested type, or a list or map of them


def outputs(module: str, resource: str) -> Words:
    """The outputs of a resource that hold a nested type."""
    return _read_words(_file().get(module, {}).get("resources", {}).get(resource, ""))


def types(module: str) -> Mapping[str, Words]:
    """The nested types of a module by their names, without `Response`."""
    return {name: _read_words(text) for name, text in _file().get(module, {}).get("types", {}).items()}


def has_type(module: str, name: str) -> bool:
    return name in _file().get(module, {}).get("types", {})


def _read_words(text: str) -> Words:
    return {word.name: word.type for word in words(text)}


@cache
def _file() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = json.loads(
        files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    )
    return found
