"""The nested types of what stored resources answer, as the installed SDK declares them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.provider.generator import sdk
from azure_hotpatch.emulator.provider.stored import StoredProperty

Json = dict[str, Any]


def module(name: str, resources: Iterable[str]) -> Json:
    """`types` of the module by name, and what each of its `resources` has of them."""
    shown = {resource: sdk.outputs(getattr(sdk.module(name), resource)) for resource in resources}
    found: dict[str, str] = {}
    for properties in shown.values():
        _collect(properties, found)
    nested = {resource: _words(_holding(properties)) for resource, properties in sorted(shown.items())}
    return {
        "resources": {resource: words for resource, words in nested.items() if words},
        "types": dict(sorted(found.items())),
    }


def text(modules: Mapping[str, Json]) -> str:
    """The file, with a line for each resource and type."""
    filled = {name: found for name, found in sorted(modules.items()) if found["types"]}
    return json.dumps(filled, indent=1) + "\n"


def _collect(properties: Mapping[str, sdk.SdkProperty], found: dict[str, str]) -> None:
    """Add each type that the properties hold, and those that it holds itself."""
    for held in (prop.holds for prop in properties.values() if prop.holds):
        if sdk.type_name(held) not in found:
            inner = sdk.outputs(held)
            found[sdk.type_name(held)] = _words(inner.items())
            _collect(inner, found)


def _holding(properties: Mapping[str, sdk.SdkProperty]) -> Iterator[tuple[str, sdk.SdkProperty]]:
    return ((name, prop) for name, prop in properties.items() if prop.holds)


def _words(properties: Iterable[tuple[str, sdk.SdkProperty]]) -> str:
    return " ".join(str(StoredProperty(name, prop.word, "")) for name, prop in sorted(properties))
