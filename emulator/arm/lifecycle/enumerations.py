"""Members whose values are enumerated: refused where the value is none of them, and given Azure's own letter case.

enumerations.json has the values, by the names that Azure's specifications give to the enumerations, and the members of
each type that take them. Source: azure-rest-api-specs, Compute 2025-04-01 (disks 2025-01-02), Network 2025-01-01,
HybridCompute 2024-07-10; Storage, Authorization and AzureStackHCI by the models of azure-native 3.29. What is open in
fact, such as the sizes of machines, is not in it, nor what a type's own module answers in other words.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, BadRequest, InvalidRequestContent, ValueNotAllowed

_FILE = Path(__file__).with_name("enumerations.json")
# Compute names a parameter by its path without these.
_WRAPPERS = frozenset({"properties", "virtualMachineProfile", "osProfile", "storageProfile"})


class Enumeration(NamedTuple):
    name: str  # as Azure's specifications have it
    values: tuple[str, ...]

    def spelled(self, value: Any) -> str | None:
        """A value in Azure's own letter case; None for one that is not among them."""
        return next((one for one in self.values if one.lower() == str(value).lower()), None)


def members(resource_type: str) -> dict[str, Enumeration]:
    """The members of a type that are enumerated, by path; `[]` steps into every item of a list."""
    return _tables().get(resource_type.lower(), {})


def types() -> list[str]:
    """The types, in lower case, that have enumerated members."""
    return list(_tables())


def apply(body: Json, resource_type: str) -> None:
    """Give the enumerated members of a body Azure's letter case, drop empty ones, and refuse any other value."""
    for path, known in members(resource_type).items():
        for holder, key, place in _found(body, path.split("."), ""):
            _apply(holder, key, place, known, resource_type)


def _apply(holder: Any, key: Any, place: str, known: Enumeration, resource_type: str) -> None:
    value = holder[key]
    if value == "" and isinstance(holder, dict):  # to the services of Azure an empty one is an absent one
        del holder[key]
        return
    spelled = known.spelled(value)
    if spelled is None:
        namespace = resource_type.split("/", 1)[0].lower()
        raise _REFUSALS.get(namespace, _undeserialized)(value, place, known)
    holder[key] = spelled


def _found(value: Any, steps: list[str], place: str) -> Iterator[tuple[Any, Any, str]]:
    """Where a path leads to in a body: the object or list, the key in it, and the path with the places in lists."""
    step, *rest = steps
    if step == "[]" and isinstance(value, list):
        keys: list[tuple[Any, str]] = [(at, f"{place}[{at}]") for at in range(len(value))]
    elif isinstance(value, dict) and value.get(step) is not None:
        keys = [(step, f"{place}.{step}".strip("."))]
    else:
        return
    for key, here in keys:
        if rest:
            yield from _found(value[key], rest, here)
        else:
            yield value, key, here


# The codes and first words are Azure's; that the allowed values follow is not published for all of them.


def _parameter(value: Any, place: str, known: Enumeration) -> ArmError:
    steps = [step.split("[")[0] for step in place.split(".")]
    name = ".".join(step for step in steps if step not in _WRAPPERS)
    return ValueNotAllowed(value, name, known.values)


def _unparsable(value: Any, place: str, known: Enumeration) -> ArmError:
    detail = {"code": "InvalidJson", "message": _conversion(value, place, known)}
    return BadRequest("Cannot parse the request.", code="InvalidRequestFormat", details=(detail,))


def _of_storage(_value: Any, place: str, known: Enumeration) -> ArmError:
    return BadRequest(
        f"Values for request parameters are invalid: {place.removeprefix('properties.')}. Allowed values are: "
        f"{', '.join(known.values)}.",
        code="InvalidValuesForRequestParameters",
    )


def _undeserialized(value: Any, place: str, known: Enumeration) -> ArmError:
    return InvalidRequestContent(_conversion(value, place, known))


def _conversion(value: Any, place: str, known: Enumeration) -> str:
    allowed = ", ".join(known.values)
    return f"Error converting value \"{value}\" to type '{known.name}'. Path '{place}'. Allowed values are: {allowed}."


_REFUSALS: dict[str, Callable[[Any, str, Enumeration], ArmError]] = {
    "microsoft.compute": _parameter,
    "microsoft.network": _unparsable,
    "microsoft.storage": _of_storage,
}


@cache
def _tables() -> dict[str, dict[str, Enumeration]]:
    read = json.loads(_FILE.read_text(encoding="utf-8"))
    known = {name: Enumeration(name, tuple(values)) for name, values in read["values"].items()}
    return {
        kind.lower(): {path: known[name] for name, paths in members.items() for path in paths}
        for kind, members in read["members"].items()
    }
