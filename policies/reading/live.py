"""Resources that exist, as Azure's tools print them: the CLI, Resource Graph, PowerShell, the REST API."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import folded
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.names import JUDGED_PROPERTIES, arm_named
from azure_hotpatch.policies.reading.arm.resources import arm_records, arm_resource, type_and_name
from azure_hotpatch.policies.reading.reading import plain
from azure_hotpatch.policies.reading.recorded import Raw
from azure_hotpatch.policies.reading.source import Source

# Properties that a tool calls otherwise: the CLI and the SDK for .NET where a resource's own type has the name already
# (azure-cli, aaz; Microsoft.Azure.Management.Compute), PowerShell's PSVirtualMachine.
_OTHER_NAMES = {
    "typepropertiestype": "type",
    "type1": "type",
    "availabilitysetreference": "availabilitySet",
}
# Microsoft.Azure.Management.Compute.Models.OperatingSystemTypes: ConvertTo-Json writes a member by its number.
_SYSTEMS = ("Windows", "Linux")
# What ConvertTo-Json writes in place of an object that lies deeper than its -Depth, 2 by default.
_CUT_OFF = re.compile(
    r"Microsoft\.Azure\.(?:Management|Commands|PowerShell)\.[\w.+]+|System\.(?:Collections\.|Object\b).*|@\{.*\}",
    re.DOTALL,
)
_DEEP_ENOUGH = "write it again with `ConvertTo-Json -Depth 20`"
WITHOUT_PROPERTIES = (
    "its properties, which `az resource list` and a query that projects them away leave out; "
    "give what `az vm list`, `az vmss list` or `az graph query` prints without --query"
)


class NotWhole(Exception):  # noqa: N818 - it is what the row is
    """A row does not hold the whole resource; the message goes on from the file's name, and says what to give."""


def live_records(row: Mapping[str, Any]) -> list[Record]:
    """The records of a resource and of the children in it, none where it is of no interest.

    `row` has at least an id and a type, in any letter case. Raises NotWhole.
    """
    found = list(_own(row))
    children = next((value for key, value in row.items() if key.lower() == "resources"), None)
    for child in children if isinstance(children, list) else ():
        if is_resource(child):
            found += live_records(child)
    return found


def is_resource(row: Any) -> bool:
    """Whether a value is a resource with its id and its type."""
    if not isinstance(row, dict):
        return False
    texts = {key.lower(): value for key, value in row.items() if isinstance(value, str)}
    return texts.get("id", "").startswith("/") and "/" in texts.get("type", "")


def _own(row: Mapping[str, Any]) -> Iterator[Record]:
    texts = {key.lower(): value for key, value in row.items() if isinstance(value, str)}
    id_ = texts["id"]
    type_, name = type_and_name(id_)
    # An id that was cut short says less than the type beside it.
    shape = judged_types.SHAPES.get(type_.lower()) or judged_types.SHAPES.get(texts["type"].lower())
    if shape is None:
        return
    _refuse_cut_off(id_, row)
    body = arm_named(_renamed(plain({key: value for key, value in row.items() if key.lower() != "resources"})))
    properties = body.get("properties")
    beside = any(body.get(key) is not None for key in JUDGED_PROPERTIES)
    if not isinstance(properties, dict | None) or not (properties or beside):
        raise NotWhole(f"has {id_} without {WITHOUT_PROPERTIES}")
    if shape is judged_types.MAINTENANCE_ASSIGNMENT and id_.lower().count("/providers/") > 1:
        body.setdefault("scope", id_[: id_.lower().rindex("/providers/")])
    source = Source(token=shape.arm_type, name=name, urn=id_, props={})
    # A tool that takes `properties` away shows its members beside the others.
    spelling: dict[str, Any] = {"spelling": Raw()} if isinstance(properties, dict) else {}
    yield from arm_records(arm_resource(shape.arm_type, name, body), source, **spelling)


def _refuse_cut_off(id_: str, row: Mapping[str, Any]) -> None:
    judged = {key: value for key, value in row.items() if key.lower() != "tags"}
    if any(_CUT_OFF.fullmatch(text) for text in _texts(judged)):
        raise NotWhole(f"has {id_} cut off below the depth that PowerShell wrote; {_DEEP_ENOUGH}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(child)


def _renamed(value: Any) -> Any:
    """The same with ARM's names and words for what a tool names or numbers otherwise."""
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    members: dict[str, Any] = {}
    for key, child in value.items():
        other = _OTHER_NAMES.get(folded(key))
        if other and child is not None:
            members = {name: kept for name, kept in members.items() if name.lower() != other.lower()}
            members[other] = child
        elif not any(_OTHER_NAMES.get(folded(sibling)) == key.lower() and value[sibling] for sibling in value):
            members[key] = _system(child) if folded(key) == "ostype" else _renamed(child)
    return _with_identity_type(members)


def _system(value: Any) -> Any:
    return _SYSTEMS[value] if value in (0, 1) and not isinstance(value, bool) else value


def _with_identity_type(members: dict[str, Any]) -> dict[str, Any]:
    """An identity's type by what is in it, where PowerShell wrote a number."""
    at = next((key for key in members if key.lower() == "identity"), "")
    identity = members.get(at)
    kind = next((key for key in identity if key.lower() == "type"), "") if isinstance(identity, dict) else ""
    if not isinstance(identity, dict) or not kind or not isinstance(identity[kind], int):
        return members
    parts = {"principalid": "SystemAssigned", "userassignedidentities": "UserAssigned"}
    held = [parts[key.lower()] for key, value in identity.items() if value and key.lower() in parts]
    return {**members, at: {**identity, kind: ", ".join(held) or "None"}}
