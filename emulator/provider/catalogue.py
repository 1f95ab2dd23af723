"""Which resources and functions of azure-native the provider knows, and what their bodies look like."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from azure_hotpatch.emulator.provider import tables

Json = dict[str, Any]

# `azure-native:compute:VirtualMachine`, `azure-native:compute/v20240701:VirtualMachine`, and what a package added for
# one version has, `azure-native_compute_v20240701:compute:VirtualMachine`.
_TOKEN = re.compile(r"azure-native(?:_\w+?_v(\d{8}\w*))?:(\w+)(?:/v(\d{8}\w*))?:(\w+)")


class NotCoveredError(LookupError):
    """A token of which the provider has no table."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a body. `type` is a word (`string`, `Subnet`), in brackets for a list, in braces for a map.

    `set{Value}` goes in as a list of names and comes back as a map by name. `at` are the containers in ARM's body.
    """

    type: str
    at: tuple[str, ...] = ()
    output: bool = False  # only Azure sets it
    input: bool = False  # never answered
    required: bool = False
    replaces: bool = False
    standalone: bool = False  # its items can also be resources of their own


Shape = Mapping[str, Property]
Types = Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class ProviderResource:
    """A resource type. `located`: ARM refuses it without a location."""

    token: str
    path: str
    version: str
    shape: Shape
    types: Types
    located: bool = False

    @property
    def path_parameters(self) -> list[str]:
        """The parts of the path that the program names, in their order."""
        return parts_of(self.path)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: the GET of a resource, or a POST. `secret` are the results that are kept secret."""

    token: str
    path: str
    version: str
    method: str
    shape: Shape
    types: Types
    secret: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Module:
    resources: Json
    functions: Json
    types: Types


def parts_of(path: str) -> list[str]:
    """The names in a path template, without the subscription."""
    return [name for name in re.findall(r"\{(\w+)\}", path) if name != "subscriptionId"]


@cache
def resource(token: str) -> ProviderResource:
    module, name, version = _parts(token)
    table = _module(module)
    entry = table.resources.get(name) if table else None
    if table is None or entry is None:
        raise NotCoveredError(f"Resource type {token} not found: the emulator does not cover it")
    shape = _shape(entry["properties"])
    located = entry.get("located", False)
    return ProviderResource(token, entry["path"], version or entry["version"], shape, table.types, located)


@cache
def function(token: str) -> Function:
    module, name, version = _parts(token)
    table = _module(module)
    entry = table.functions.get(name) if table else None
    if table is None or entry is None:
        raise NotCoveredError(f"Invoke type {token} not found: the emulator does not cover it")
    getter = entry.get("of")
    shape = _shape(table.resources[getter]["properties"] if getter else entry["properties"])
    secret = tuple(entry.get("secret", ()))
    method = "GET" if getter else "POST"
    return Function(token, entry["path"], version or entry["version"], method, shape, table.types, secret)


def modules() -> list[str]:
    return sorted(file.name.removesuffix(".json") for file in files(tables).iterdir() if file.name.endswith(".json"))


@cache
def _module(name: str) -> _Module | None:
    if name not in modules():
        return None
    table = json.loads(files(tables).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    types = {name: _shape(entry) for name, entry in table["types"].items()}
    return _Module(table["resources"], table["functions"], types)


def contents(module: str) -> tuple[list[str], list[str], Types]:
    """The names of a module's resources and functions, and its types."""
    table = _module(module)
    if table is None:
        raise NotCoveredError(f"Module {module} not found: the emulator does not cover it")
    return list(table.resources), list(table.functions), table.types


def _shape(entry: Json) -> Shape:
    return {name: _property(spec) for name, spec in entry.items()}


def _property(spec: str | Json) -> Property:
    if isinstance(spec, str):
        return Property(spec)
    at = tuple(spec["at"].split(".")) if "at" in spec else ()
    return Property(spec["type"], at, **dict.fromkeys(spec.get("is", ()), True))


def _parts(token: str) -> tuple[str, str, str]:
    """Module, name and, where the token has one, api-version."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise NotCoveredError(f"{token} is not a token of azure-native")
    packaged, module, versioned, name = found.groups()
    return module, name, _dashed(packaged or versioned or "")


def _dashed(version: str) -> str:
    """`20240731preview` as ARM writes it: `2024-07-31-preview`."""
    if not version:
        return ""
    day = f"{version[:4]}-{version[4:6]}-{version[6:8]}"
    return f"{day}-{version[8:]}" if version[8:] else day
