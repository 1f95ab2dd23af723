"""Generic ARM resources: azure-native's `resources:Resource`, and azapi's, whose type and body are ARM's own."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.arm.resources import arm_records, arm_resource, unreadable_type
from azure_hotpatch.policies.reading.layers import laid_over
from azure_hotpatch.policies.reading.reading import NOT_SHOWN, Sealed, bare, plain
from azure_hotpatch.policies.reading.recorded import Raw, ignored, opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.deployments import carried
from azure_hotpatch.policies.reading.templates.template_paths import CARRIERS, own_type
from azure_hotpatch.policies.reading.type_tokens import TypeToken

_TYPE_PARTS = ("resourceProviderNamespace", "parentResourcePath", "resourceType")
PARTIAL = "it changes a part of a resource that is not visible here"


def native_records(source: Source, _: TypeToken) -> list[Record]:
    """azure-native:resources:Resource: the type is in three parts, between which a parent's name may stand."""
    props = plain(source.props)
    parts = [props.get(part) for part in _TYPE_PARTS]
    unreadable = unreadable_type(parts)
    if unreadable:
        return [opaque(source, unreadable)]
    path = "/".join(text.strip("/ ") for part in parts if isinstance(text := bare(part), str) and text.strip("/ "))
    type_, parents = _type_and_names(path)
    name = bare(props.get("resourceName"))
    whole = "/".join([*parents, name]) if isinstance(name, str) else name
    body = {key: value for key, value in props.items() if key not in (*_TYPE_PARTS, "resourceName")}
    return list(_records(source, type_, whole, body, Raw(), _target(path)))


def azapi_records(source: Source, props: dict[str, Any]) -> list[Record]:
    """azapi's resource: `type` is `Microsoft.Compute/virtualMachines@2024-07-01`, `body` the rest."""
    written = bare(props.get("type"))
    unreadable = unreadable_type([written])
    if unreadable or not isinstance(written, str):
        return [opaque(source, unreadable or "its type is not a string")]
    type_, _, version = written.strip("/ ").partition("@")
    body = _with_sensitive(_object(props.get("body")), props)
    if isinstance(body, str | Unknown):
        return [opaque(source, body)] if _is_judged(type_) else []
    envelope = {key: props[key] for key in ("location", "tags", "identity") if key in props}
    whole = {**envelope, **bare(body), "apiVersion": version}
    sealed = isinstance(body, Sealed)
    parent = bare(props.get("parentId"))
    target = parent if isinstance(parent, str) and "/providers/" in parent.lower() else ""
    return list(_records(source, type_, bare(props.get("name")), whole, Raw("body."), target, sealed))


def azapi_update_records(source: Source, props: dict[str, Any]) -> list[Record]:
    """azapi's update of a resource that is elsewhere: the resulting resource is unknown."""
    written = bare(props.get("type"))
    judged = not isinstance(written, str) or _is_judged(written.partition("@")[0])
    return [opaque(source, PARTIAL)] if judged else []


def azapi_action_records(source: Source, props: dict[str, Any]) -> list[Record]:
    """azapi's action: by POST, its default, it calls an action; by PUT or PATCH it writes a resource."""
    method = bare(props.get("method"))
    writes = as_word(method) in ("put", "patch") or isinstance(method, Unknown)
    return azapi_update_records(source, props) if writes else []


def _records(
    source: Source, type_: str, name: Any, body: dict[str, Any], spelling: Raw, target: str, sealed: bool = False
) -> Iterator[Record]:
    type_ = own_type(type_, body)
    where = CARRIERS.get(type_.lower())
    if where:
        named = arm_named({key: value for key, value in body.items() if key.lower() == "properties"})
        yield from carried(source, Sealed(named) if sealed else named, where, spelling.prefix)
        return
    resource = arm_resource(type_, name, {**body, "scope": target} if target else body)
    found = arm_records(
        resource,
        source,
        sealed,
        spelling=spelling,
        ignored_changes=ignored(source.ignore_changes, {}, ("body", "sensitiveBody") if spelling.prefix else ()),
    )
    yield from (replace(record, type=source.token) for record in found)


def _type_and_names(path: str) -> tuple[str, list[str]]:
    """`Microsoft.Compute/virtualMachineScaleSets/set/extensions` -> the type without names, and the names."""
    namespace, *rest = path.rpartition("/providers/")[2].split("/")
    # The last part is a type, and names and types take turns before it.
    *before, last = rest or [""]
    return "/".join([namespace, *before[::2], last]), before[1::2]


def _target(path: str) -> str:
    head, found, _ = path.rpartition("/providers/")
    return f"/providers/{head}" if found else ""


def _object(body: Any) -> Any:
    """azapi before version 2 takes the body as JSON."""
    text = bare(body)
    if not isinstance(text, str):
        return body if isinstance(text, dict) else text if isinstance(text, Unknown) else {}
    try:
        value = plain(json.loads(text))
    except (ValueError, RecursionError):
        return "its body is not JSON"
    if not isinstance(value, dict):
        return "its body is not an object"
    return Sealed(value) if isinstance(body, Sealed) else value


def _with_sensitive(body: Any, props: dict[str, Any]) -> Any:
    """What azapi sends: `sensitiveBody` lies over the body, and a state has of it only which paths it has."""
    if isinstance(bare(body), str | Unknown):
        return body
    sensitive = _object(props.get("sensitiveBody"))
    if isinstance(bare(sensitive), str | Unknown):
        return sensitive
    if sensitive:
        return laid_over(arm_named(body), Sealed(arm_named(bare(sensitive))))
    versions = bare(props.get("sensitiveBodyVersion"))
    paths = versions if isinstance(versions, dict) else {}
    for path in paths:
        hidden: Any = Sealed(NOT_SHOWN)
        for step in reversed(path.split(".")):
            hidden = {step: hidden}
        body = laid_over(arm_named(body), arm_named(hidden))
    return body


def _is_judged(type_: str) -> bool:
    return arm_resource(type_, "", {}).shape is not None or type_.lower() in CARRIERS
