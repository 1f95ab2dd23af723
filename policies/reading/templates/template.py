"""An ARM template as records: every resource in it that is judged, wherever it is nested."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.arm.resources import arm_record, arm_resource, unreadable_type
from azure_hotpatch.policies.reading.arm.types import DEPLOYMENT
from azure_hotpatch.policies.reading.reading import bare, plain, resealed
from azure_hotpatch.policies.reading.recorded import opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.place import (
    DEEPEST,
    EMPTY,
    LINKED,
    MOST_RECORDS,
    MOST_RESOURCES,
    Parent,
    Place,
    outermost_named,
    parsed,
)
from azure_hotpatch.policies.reading.templates.scope import Scope, scope_of
from azure_hotpatch.policies.reading.templates.values import MOST_COPIES, evaluated


def template_records(
    template: Mapping[str, Any], parameters: Mapping[str, Any] | None = None, origin: str = ""
) -> list[Record]:
    """The records of a template; `parameters` are a parameters file, or the object `parameters` in it.

    `origin` leads to the template. A record's own origin says where in the template it stands: `resources[0]`.
    """
    source = Source(token="", name="template", urn="", props={})
    given = plain(parameters or {})
    if "contentVersion" in given or "$schema" in given:
        given = given.get("parameters") or {}
    return read_template(template, given, Place(source, origin))


def read_template(template: Any, parameters: Any, place: Place, linked: bool = False) -> list[Record]:
    """The records of a template as an object or as JSON; what cannot be read of it is an opaque record."""
    read: list[Record] = []
    for record in _template(parsed(plain(template)), parameters, place, linked):
        if len(read) == MOST_RECORDS:
            return [*read, opaque(place.source, f"it holds more than {MOST_RECORDS} resources", place.origin)]
        read.append(record)
    return read


def _template(template: Any, given: Any, place: Place, linked: bool = False) -> Iterator[Record]:
    place = place.with_seal_of(template)
    opened = bare(template)
    if not isinstance(opened, dict):
        why = opened if isinstance(opened, str | Unknown) else "the template is not an object"
        yield opaque(place.source, why, place.origin)
        return
    named = outermost_named(opened)
    yield from _resources(named, scope_of(named, parsed(given), evaluated, linked), place, Parent())


def _resources(holder: dict[str, Any], scope: Scope, place: Place, parent: Parent) -> Iterator[Record]:
    written = holder.get("resources")
    read = evaluated(written, scope) if isinstance(written, str) else written
    place, resources = place.with_seal_of(read), bare(read)
    why = _why_not_resources(resources)
    if why:
        yield opaque(place.source, why, place.at("resources").origin)
        return
    for step, resource in _items(resources):
        yield from _resource(resource, scope, place.at(step), parent)


def _why_not_resources(resources: Any) -> str | Unknown | None:
    if isinstance(resources, Unknown):
        return resources
    if not isinstance(resources, dict | list | None):
        return "its resources are neither a list nor an object"
    if len(resources or ()) > MOST_RESOURCES:
        return f"it holds more than {MOST_RESOURCES} resources, which Azure does not take"
    return None


def _items(resources: Any) -> list[tuple[str, Any]]:
    """The resources of a template with their steps; by name where the template gives them symbolic names.

    Only a resource with a symbolic name may be one that exists already, and is not made.
    """
    if isinstance(resources, dict):
        return [(f"resources.{name}", resource) for name, resource in resources.items() if not _exists(resource)]
    return [(f"resources[{index}]", resource) for index, resource in enumerate(resources or ())]


def _exists(written: Any) -> bool:
    resource = bare(written)
    return isinstance(resource, dict) and as_bool(bare(outermost_named(resource).get("existing"))) is True


def _resource(written: Any, scope: Scope, place: Place, parent: Parent) -> Iterator[Record]:
    resource = bare(written)
    if not isinstance(resource, dict):
        yield opaque(place.source, resource if isinstance(resource, Unknown) else "it is not an object", place.origin)
        return
    place = place.with_seal_of(written)
    resource = outermost_named(resource)
    for inner in _loops(resource, scope):
        if as_bool(bare(evaluated(resource.get("condition"), inner))) is not False:
            yield from _made(resource, inner, place, parent)


def _loops(resource: dict[str, Any], scope: Scope) -> Iterator[Scope]:
    """One scope for each copy that differs from the others, else one for all of them."""
    copy = bare(resource.get("copy"))
    if not isinstance(copy, dict):
        yield scope
        return
    copy = outermost_named(copy)
    name, count = bare(copy.get("name")), bare(evaluated(copy.get("count"), scope))
    name = name if isinstance(name, str) else ""
    if not isinstance(count, int) or count > MOST_COPIES:
        yield scope
        return
    differs = "copyindex" in json.dumps(resource, default=str).lower()
    yield from (scope.in_loop(name, index) for index in range(count if differs else min(count, 1)))


def _made(resource: dict[str, Any], scope: Scope, place: Place, parent: Parent) -> Iterator[Record]:
    written, name = bare(evaluated(resource.get("type"), scope)), evaluated(resource.get("name"), scope)
    unreadable = unreadable_type([written])
    if unreadable:
        yield opaque(place.source, unreadable, place.origin)
        return
    if not isinstance(written, str):
        return
    type_ = written.strip("/ ")
    whole = Parent(f"{parent.type}/{type_}", _child_name(parent, name)) if parent.type else Parent(type_, name)
    if whole.type.partition("@")[0].lower() == DEPLOYMENT:
        yield from deployment_records(resource.get("properties"), scope, _in_group(resource, scope, place))
        return
    record = _record(resource, whole, scope, place)
    yield from [record] if record else []
    if "resources" in resource:
        yield from _resources(resource, scope, place, whole)


def _child_name(parent: Parent, name: Any) -> Any:
    above, own = bare(parent.name), bare(name)
    whole = f"{above}/{own}" if isinstance(above, str) and isinstance(own, str) else own
    return resealed(parent.name, resealed(name, whole))


def _record(resource: dict[str, Any], whole: Parent, scope: Scope, place: Place) -> Record | None:
    # Bicep's own form of a type holds the version: `Microsoft.Compute/virtualMachines@2024-07-01`.
    type_, _, version = whole.type.partition("@")
    own = arm_resource(type_, whole.name, {"apiVersion": version, **resource} if version else resource)
    if own.shape is None:
        return None
    read = evaluated({key: value for key, value in own.body.items() if key not in ("resources", "copy")}, scope)
    own = arm_resource(own.type, own.name, read)
    shown = own.name if isinstance(own.name, str) and not place.sealed else place.source.name
    rest = {"name": shown, "type": own.type, "origin": place.origin, "group": place.group}
    return arm_record(own, place.source, place.sealed, **rest)


def deployment_records(written: Any, scope: Scope, place: Place) -> Iterator[Record]:
    """The records of a nested deployment, whose expressions read the scope around it unless it says `inner`."""
    place = replace(place.at("properties.template").with_seal_of(written), depth=place.depth + 1)
    properties = bare(written)
    if not isinstance(properties, dict):
        yield opaque(
            place.source,
            properties if isinstance(properties, Unknown) else "a deployment without properties",
            place.origin,
        )
        return
    named = outermost_named(properties)
    if place.depth > DEEPEST:
        yield opaque(place.source, f"templates are nested deeper than {DEEPEST} levels", place.origin)
    elif named.get("template") is None:
        yield opaque(place.source, LINKED if named.get("templateLink") is not None else EMPTY, place.origin)
    elif _is_inner(named):
        given = evaluated(named.get("parameters"), scope)
        yield from _template(_whole(named["template"], scope), given, place, named.get("parametersLink") is not None)
    else:
        read = parsed(_whole(named["template"], scope))
        place, template = place.with_seal_of(read), bare(read)
        holder = outermost_named(template) if isinstance(template, dict) else {"resources": template}
        yield from _resources(holder, scope, place, Parent())


def _whole(template: Any, scope: Scope) -> Any:
    """A template that is one expression, `[variables('template')]`, is read; what is inside it is not touched."""
    return parsed(evaluated(template, scope)) if isinstance(bare(template), str) else template


def _is_inner(properties: dict[str, Any]) -> bool:
    options = bare(properties.get("expressionEvaluationOptions"))
    scope = outermost_named(options).get("scope") if isinstance(options, dict) else None
    return isinstance(scope, str) and scope.lower() == "inner"


def _in_group(resource: dict[str, Any], scope: Scope, place: Place) -> Place:
    group = next((value for key, value in resource.items() if key.lower() == "resourcegroup"), None)
    if group is None:
        return place
    read = bare(evaluated(group, scope))
    return replace(place, group=read if isinstance(read, str) else "")
