"""Write an existing resource into a template: names and ids become parameters, references become dependsOn."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.references import references
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy import registrations
from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path

# "Resource Groups - Export Template": the options, in any order
_DEFAULTS, _PLAIN_NAMES, _ALL_PLAIN = (
    "includeparameterdefaultvalue",
    "skipresourcenameparameterization",
    "skipallparameterization",
)
OPTIONS = {_DEFAULTS, "includecomments", _PLAIN_NAMES, _ALL_PLAIN}
# What Azure says of a resource, and takes from nobody.
_READ_ONLY = {
    "id",
    "type",
    "etag",
    "systemData",
    "provisioningState",
    "resourceGuid",
    "vmId",
    "timeCreated",
    "uniqueId",
}


@dataclass(slots=True)
class TemplateExport:
    """A template in the making: which resources it has, by key, and the parameters that they needed so far."""

    resources: Mapping[str, Resource]
    options: frozenset[str]
    parameters: Json = field(default_factory=dict)

    def name(self, path: ResourcePath) -> str:
        """The expression for the name of the outermost resource of a path, without its brackets."""
        if self.options & {_PLAIN_NAMES, _ALL_PLAIN}:
            return f"'{path.names[0]}'"
        return self.parameter(f"{path.types[0]}_{path.names[0]}_name", path.names[0])

    def parameter(self, name: str, value: str) -> str:
        name = re.sub(r"\W", "_", name)
        self.parameters[name] = {"defaultValue": value if _DEFAULTS in self.options else None, "type": "String"}
        return f"parameters('{name}')"

    def reference(self, path: ResourcePath) -> str:
        """The expression for the id of a resource, or of a part of one, that the template has."""
        names = ", ".join((self.name(path), *(f"'{one}'" for one in path.names[1:])))
        return f"resourceId('{path.type}', {names})"


def resource(tx: Transaction, export: TemplateExport, one: Resource) -> Json:
    kind, path = providers.get(one.type), parse_path(one.id)
    if path is None:  # it was looked at before
        raise ValueError(one.id)
    versions = registrations.versions_of(kind.name) or [kind.versions[1]]
    return {
        "type": kind.name,
        "apiVersion": versions[0],
        "name": f"[{_full_name(export, path)}]",
        "dependsOn": _dependencies(export, one, path),
        **_written(export, one, _described(tx, one, kind)),
    }


def _described(tx: Transaction, one: Resource, kind: ResourceType) -> Json:
    """What a client could have sent: the body, and in it the parts that it lists, without what ARM adds."""
    properties = dict(one.body.get("properties") or {})
    for name, child_type in kind.parts.items():
        child = providers.get(child_type)
        parts = sorted(tx.within(one.id, child_type), key=lambda part: part.hidden.get("order", 0))
        properties[name] = [{"name": part.name, **_described(tx, part, child)} for part in parts]
    return {**one.body, "properties": properties}


def _full_name(export: TemplateExport, path: ResourcePath) -> str:
    name = export.name(path)
    return name if len(path.names) == 1 else f"concat({name}, '/{'/'.join(path.names[1:])}')"


def _dependencies(export: TemplateExport, one: Resource, path: ResourcePath) -> list[str]:
    """What must be there first: what it lies in, and what it names."""
    targets = [target for _, target in references(one.id, one.body)]
    found = {other.key: other for target in (*targets, *_above(path)) if (other := _holder(export, target))}
    there = [named for _, other in sorted(found.items()) if (named := parse_path(other.id))]
    return [f"[{export.reference(named)}]" for named in there]


def _above(path: ResourcePath) -> list[str]:
    return [path.parent.id] if path.parent else []


def _holder(export: TemplateExport, target: str) -> Resource | None:
    """The resource of the template that an id names, or names a part of."""
    path = parse_path(target)
    while path is not None and path.types:
        if path.key in export.resources:
            return export.resources[path.key]
        path = path.parent
    return None


def _written(export: TemplateExport, one: Resource, value: Any) -> Any:
    """Write a part of a body for a template: ids become expressions, a string that looks like one is escaped."""
    if isinstance(value, dict):
        kept = {name: item for name, item in value.items() if not _is_read_only(one, name, item)}
        return {name: _written(export, one, item) for name, item in kept.items()}
    if isinstance(value, list):
        return [_written(export, one, item) for item in value]
    if not isinstance(value, str):
        return value
    path = parse_path(value) if value.lower().startswith("/subscriptions/") else None
    if path is None or not path.types or path.is_collection:
        return f"[{value}" if value.startswith("[") else value
    if _holder(export, value):
        return f"[{export.reference(path)}]"
    if _ALL_PLAIN in export.options:
        return value
    return f"[{export.parameter(f'{path.types[0]}_{path.names[0]}_externalid', value)}]"


def _is_read_only(one: Resource, name: str, value: Any) -> bool:
    """An `id` is read only where it is that of a part; elsewhere it names another resource."""
    if name == "id":
        return str(value).lower().startswith(f"{one.key}/")
    return name in _READ_ONLY and isinstance(value, str) and (name != "type" or value.startswith("Microsoft."))
