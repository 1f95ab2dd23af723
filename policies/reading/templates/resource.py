"""A resource of a template, evaluated, as a record."""

from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm.names import JUDGED, JUDGED_PROPERTIES
from azure_hotpatch.policies.reading.arm.resources import arm_records, arm_resource
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.functions import cost
from azure_hotpatch.policies.reading.templates.parameter_trace import setters
from azure_hotpatch.policies.reading.templates.scope import TemplateScope
from azure_hotpatch.policies.reading.templates.unknowns import OpenObject
from azure_hotpatch.policies.reading.templates.values import evaluated
from azure_hotpatch.policies.reading.templates.walk_position import Parent, WalkPosition

_STRUCTURE = ("resources", "copy", "condition", "dependsOn")


def resource_records(
    resource: dict[str, Any], whole: Parent, scope: TemplateScope, place: WalkPosition
) -> list[Record]:
    """The records of a resource whose type and name are `whole`, none where it is of no interest."""
    # Bicep's own form of a type holds the version: `Microsoft.Compute/virtualMachines@2024-07-01`.
    type_, _, version = whole.type.partition("@")
    own = arm_resource(type_, whole.name, {"apiVersion": version, **resource} if version else resource)
    if own.shape is None:
        return []
    read = evaluated({key: value for key, value in own.body.items() if key not in _STRUCTURE}, scope)
    # What is shared in a template is written out in a record.
    place.work.spend(cost(read))
    own = arm_resource(own.type, own.name, {key: _closed(key, value) for key, value in read.items()})
    known = isinstance(own.name, str) and not place.sealed
    shown = own.name if known else place.step if not place.source.token else place.source.name
    rest: dict[str, Any] = {"name": shown, "type": own.type, "origin": place.origin, "group": place.group}
    if not place.sealed:
        rest["setters"] = lambda path: setters(resource, path, scope)
    return arm_records(own, place.source, place.sealed, **rest)


def _closed(key: str, value: Any) -> Any:
    """A member of a resource, in which what may be there and is not seen is an unknown value of each judged name."""
    opened = bare(value)
    if key == "properties" and isinstance(opened, OpenObject):
        members = {name: _written_out(child) for name, child in opened.items()}
        return resealed(value, _with_unknown(members, opened, JUDGED_PROPERTIES))
    if isinstance(opened, OpenObject):
        return opened.why  # tags, and other objects whose keys are the user's own
    return _written_out(value)


def _written_out(value: Any) -> Any:
    if isinstance(value, Sealed):
        return Sealed(_written_out(value.value))
    if isinstance(value, list):
        return [_written_out(item) for item in value]
    if not isinstance(value, dict):
        return value
    members = {key: _written_out(child) for key, child in value.items()}
    return _with_unknown(members, value, JUDGED) if isinstance(value, OpenObject) else members


def _with_unknown(members: dict[str, Any], known: OpenObject, names: frozenset[str]) -> dict[str, Any]:
    spelled = {key.lower() for key in members}
    return members | {name: known.why for name in names if name.lower() not in spelled}
