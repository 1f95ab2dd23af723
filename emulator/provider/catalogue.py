"""The resources and functions of azure-native that the provider knows, and the shape of their bodies."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from azure_hotpatch.emulator.provider import stored, tables

Json = dict[str, Any]

# `azure-native:compute:VirtualMachine`, `azure-native:compute/v20240701:VirtualMachine`, and what a package added for
# one version has, `azure-native_compute_v20240701:compute:VirtualMachine`.
_TOKEN = re.compile(r"azure-native(?:_\w+?_v(\d{8}\w*))?:(\w+)(?:/v(\d{8}\w*))?:(\w+)")


class NotCoveredError(LookupError):
    """A token of which the provider has no table, and knows no path."""


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
    apart: bool = False  # no part of the body
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
        """The parts of the path that the program names, in their order; `policy.objectId` is a member of an input."""
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


_NO_TABLE = _Module({}, {}, {})


def parts_of(path: str) -> list[str]:
    """The names in a path template, without the subscription."""
    return [name for name in re.findall(r"\{([\w.]+)\}", path) if name != "subscriptionId"]


@cache
def resource(token: str) -> ProviderResource:
    """A resource that has a table, or one that is stored as it is sent."""
    module, name, version = _parts(token)
    module = stored.module_of(module, name)
    table = _module(module)
    entry = table.resources.get(name) if table else None
    if table is None or entry is None:
        return _stored(token, module, name, version)
    shape = _shape(entry["properties"])
    located = entry.get("located", False)
    return ProviderResource(token, entry["path"], version or entry["version"], shape, table.types, located)


def _stored(token: str, module: str, name: str, version: str) -> ProviderResource:
    entry = stored.find(module, name)
    if entry is None:
        raise NotCoveredError(
            f"Resource type {token} not found: the emulator knows no path of Azure for it. If the resource exists in "
            "Azure, declare it as azure-native:resources:Resource, which names its type itself"
        )
    shape = {word.name: _property_of(word) for word in entry.words}
    return ProviderResource(token, entry.path, version or entry.version or _NO_VERSION, shape, STORED_TYPES)


def _property_of(word: stored.StoredProperty) -> Property:
    return Property(
        word.type,
        () if stored.BESIDE in word.marks else ("properties",),
        output=stored.OUTPUT in word.marks,
        input=stored.INPUT in word.marks,
        apart=stored.APART in word.marks,
        required=stored.REQUIRED in word.marks,
        replaces=stored.REPLACES in word.marks,
    )


# Of what the real provider makes by other means than ARM, such as blobs, the SDK names no api-version.
_NO_VERSION = "2024-01-01"
# The one nested type of a stored resource that goes in otherwise than it comes back.
STORED_TYPES: Types = {
    "Identity": {
        "type": Property("string"),
        "userAssignedIdentities": Property("set{any}"),
        "principalId": Property("string", output=True),
        "tenantId": Property("string", output=True),
    }
}


@cache
def function(token: str) -> Function:
    module, name, version = _parts(token)
    module = stored.module_of(module, name.removeprefix("get"))
    table = _module(module)
    entry = table.functions.get(name) if table else None
    if table is None or entry is None:
        return _other_function(token, module, name, version)
    getter = entry.get("of")
    shape = _shape(table.resources[getter]["properties"] if getter else entry["properties"])
    secret = tuple(entry.get("secret", ()))
    method = "GET" if getter else "POST"
    return Function(token, entry["path"], version or entry["version"], method, shape, table.types, secret)


def _other_function(token: str, module: str, name: str, version: str) -> Function:
    """`getWorkspace` of a stored resource, or one that lists keys."""
    posted = stored.find_function(module, name)
    if posted:
        shape = {word.name: _property_of(word) for word in posted.words}
        return Function(token, posted.path, version or posted.version, "POST", shape, STORED_TYPES, tuple(shape))
    if not name.startswith("get") or stored.find(module, name[3:]) is None:
        raise NotCoveredError(f"Invoke type {token} not found: the emulator does not cover it")
    found = _stored(token, module, name[3:], version)
    return Function(token, found.path, found.version, "GET", found.shape, found.types)


def modules() -> list[str]:
    """The modules that have resources, whether those have tables or are stored as they are sent."""
    return sorted({*_tables(), *stored.modules()})


@cache
def _tables() -> frozenset[str]:
    return frozenset(file.name.removesuffix(".json") for file in files(tables).iterdir() if file.name.endswith(".json"))


@cache
def _module(name: str) -> _Module | None:
    if name not in _tables():
        return None
    table = json.loads(files(tables).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    types = {name: _shape(entry) for name, entry in table["types"].items()}
    return _Module(table["resources"], table["functions"], types)


def types(module: str) -> Types:
    """The nested types of a module's tables."""
    return (_module(module) or _NO_TABLE).types


def contents(module: str) -> tuple[list[str], list[str], Types]:
    """The names of a module's resources and functions, and its types."""
    table, kept = _module(module) or _NO_TABLE, stored.names(module)
    getters = [f"get{name}" for name in kept]
    return [*table.resources, *kept], [*table.functions, *getters, *stored.functions(module)], table.types


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
