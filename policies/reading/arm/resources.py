"""A resource in ARM's own form, `type` and `properties`, whichever route brought it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.judged_types import SHAPES, JudgedType
from azure_hotpatch.policies.reading.arm.machines import machine_bodies
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.recorded import flattened, opaque, recorded
from azure_hotpatch.policies.reading.source import Source

# A resource of one provider below that of another: `…virtualMachines/vm/providers/Microsoft.Maintenance/…`.
_BELOW = re.compile(r"(?P<target>.+)/providers/(?P<type>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArmResource:
    """An ARM resource as written: `type` whole ("Microsoft.Compute/virtualMachines"), `name` with its parents'."""

    type: str
    name: Any
    body: dict[str, Any]  # with `properties`, in any letter case
    api_version: str = ""

    @property
    def shape(self) -> JudgedType | None:
        return SHAPES.get(self.type.lower())


def arm_resource(type_: str, name: Any, body: dict[str, Any]) -> ArmResource:
    """The resource, with a type that is written below another's resolved to itself and its target."""
    version = bare(next((value for key, value in body.items() if key.lower() == "apiversion"), None))
    own_type, own_name, target = _below(type_.strip("/ "), name)
    own_body = {**body, **target}
    return ArmResource(own_type, own_name, own_body, version if isinstance(version, str) else "")


def arm_records(resource: ArmResource, source: Source, sealed: bool = False, **rest: Any) -> list[Record]:
    """The records of a resource, none where it is of no interest; where it is `sealed`, nothing of it is shown."""
    shape = resource.shape
    if shape is None:
        return []
    named = arm_named(resource.body)
    hidden = bare(named.get("properties"))
    if isinstance(hidden, Unknown):  # unknown: to read its members as absent would be wrong
        inside = rest["spelling"].prefix if "spelling" in rest else f"{rest.get('origin', '')}."
        return [opaque(source, hidden, f"{inside}properties".lstrip("."), rest.get("name", ""))]
    if "/" in str(bare(named.get("type"))):  # the resource's own, where a rule reads an extension's
        del named["type"]
    body = flattened(named)
    name = bare(resource.name)
    *parents, own = name.split("/") if isinstance(name, str) else [name]
    body["name"] = resealed(resource.name, own)
    if parents and shape is judged_types.SCALE_SET_EXTENSION:
        body["vmScaleSetName"] = parents[0]
    if shape is judged_types.MAINTENANCE_ASSIGNMENT and body.get("scope") is not None:
        body.setdefault("resourceId", body["scope"])
    if sealed:
        body = {key: Sealed(value) for key, value in body.items()}
    return [
        recorded(made, source, each, api_version=compute_version(shape, resource.api_version, each), **rest)
        for made, each in machine_bodies(shape, body)
    ]


def compute_version(shape: JudgedType, written: str, body: Mapping[str, Any]) -> str:
    """The version of the Compute API that makes the machines: a fleet's own is one of another API, and it names it."""
    if shape.arm_type.startswith("Microsoft.Compute/"):
        return written
    profile = bare(body.get("computeProfile"))
    version = bare(profile.get("computeApiVersion")) if isinstance(profile, dict) else None
    return version if isinstance(version, str) else ""


def type_and_name(id_: str) -> tuple[str, str]:
    """`/…/providers/Microsoft.Compute/virtualMachines/vm/extensions/e` -> its type, and `vm/e`."""
    lower = id_.lower()
    own = id_[lower.rindex("/providers/") + len("/providers/") :] if "/providers/" in lower else id_
    namespace, *steps = own.strip("/").split("/")
    return "/".join([namespace, *steps[::2]]), "/".join(steps[1::2])


def unreadable_type(parts: list[Any]) -> Unknown | None:
    """The unknown part of a type, unless the known part rules the resource out."""
    namespace = bare(parts[0]) if parts else None
    if isinstance(namespace, str) and namespace.strip("/ ").partition("/")[0].lower() not in judged_types.NAMESPACES:
        return None
    return next((part for part in map(bare, parts) if isinstance(part, Unknown)), None)


def _below(type_: str, name: Any) -> tuple[str, Any, dict[str, str]]:
    """`virtualMachines/providers/configurationAssignments`, `vm/Microsoft.Maintenance/a` -> type, name and target."""
    match = _BELOW.fullmatch(type_)
    if match is None:
        return type_, name, {}
    above = match["target"].rpartition("providers/")[2].split("/")
    if match["type"].count("/"):  # a path, which has the target's name in it
        return match["type"], name, _target(above[0], above[1::2], above[-1])
    if not isinstance(name, str) or name.count("/") < 2:
        return type_, name, {}
    *targets, namespace, own = name.split("/")
    return f"{namespace}/{match['type']}", own, _target(above[0], above[1:], targets[-1])


def _target(provider: str, types: list[str], name: str) -> dict[str, str]:
    """The target of an assignment in the parts by which azure-native has it."""
    return {"resourceName": name, "providerName": provider, "resourceType": "/".join(types)}
