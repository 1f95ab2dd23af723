"""An ARM template as records: every resource in it that is judged, wherever it is nested."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.arm.judged_types import DEPLOYMENT
from azure_hotpatch.policies.reading.arm.resources import unreadable_type
from azure_hotpatch.policies.reading.reading import bare, plain, resealed
from azure_hotpatch.policies.reading.recorded import opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.copies import copies
from azure_hotpatch.policies.reading.templates.given_parameters import given_in
from azure_hotpatch.policies.reading.templates.resource import resource_records
from azure_hotpatch.policies.reading.templates.scope import ModuleCall, TemplateScope, scope_of
from azure_hotpatch.policies.reading.templates.template_paths import (
    CARRIERS,
    at,
    linked_in,
    own_type,
    why_no_template,
)
from azure_hotpatch.policies.reading.templates.values import evaluated
from azure_hotpatch.policies.reading.templates.walk_position import (
    DEEPEST,
    EMPTY,
    EXISTS,
    LINKED,
    LINKED_ELSEWHERE,
    MOST_RECORDS,
    MOST_RESOURCES,
    NO_COPIES,
    UNMET,
    LeftOut,
    Parent,
    WalkPosition,
    outermost_named,
    parsed,
)
from azure_hotpatch.policies.reading.templates.work import TOO_MUCH, OutOfWork, Run, Work


@dataclass(frozen=True, slots=True)
class TemplateRead:
    """The records of a template, and the resources of a judged namespace that its conditions leave out."""

    records: list[Record]
    left_out: list[LeftOut]


def template_read(
    template: Mapping[str, Any], parameters: Mapping[str, Any] | None = None, run: Run | None = None
) -> TemplateRead:
    """A template of its own; `parameters` are a parameters file, or the object `parameters` in it.

    A record's origin says where in the template it stands: `resources[0]`. `run` is what all templates that are
    read together may cost.
    """
    source = Source(token="", name="template", urn="", props={}, run=run or Run())
    place = WalkPosition(source, Work(source.run))
    return TemplateRead(read_template(template, given_in(plain(parameters or {})), place), place.left_out)


def template_records(template: Mapping[str, Any], parameters: Mapping[str, Any] | None = None) -> list[Record]:
    """The records alone of `template_read`."""
    return template_read(template, parameters).records


def read_template(template: Any, parameters: Any, place: WalkPosition, linked: bool = False) -> list[Record]:
    """The records of a template as an object or as JSON; what cannot be read of it is an opaque record."""
    if place.work.is_over:
        return [opaque(place.source, place.work.why_over, place.origin)]
    read: list[Record] = []
    try:
        for record in _template(parsed(plain(template)), parameters, place, linked):
            if len(read) == MOST_RECORDS:
                return [*read, opaque(place.source, f"it holds more than {MOST_RECORDS} resources", place.origin)]
            place.work.judge()
            read.append(record)
    except OutOfWork:
        read.append(opaque(place.source, place.work.why_over, place.origin))
    return read


def _template(
    template: Any, given: Any, place: WalkPosition, linked: bool = False, call: ModuleCall | None = None
) -> Iterator[Record]:
    place = place.with_seal_of(template)
    opened = bare(template)
    if not isinstance(opened, dict):
        why = opened if isinstance(opened, str | Unknown) else "the template is not an object"
        yield opaque(place.source, why, place.origin)
        return
    named = outermost_named(opened)
    scope = replace(scope_of(named, parsed(given), evaluated, place.work, linked), call=call)
    yield from _resources(named, scope, place, Parent())


def _resources(holder: dict[str, Any], scope: TemplateScope, place: WalkPosition, parent: Parent) -> Iterator[Record]:
    written = holder.get("resources")
    read = evaluated(written, scope) if isinstance(written, str) else written
    place, resources = place.with_seal_of(read), bare(read)
    why = _why_not_resources(resources)
    if why:
        yield opaque(place.source, why, place.at("resources").origin)
        return
    # Only a resource with a symbolic name may be one that exists already, and is not made.
    symbolic = isinstance(resources, dict)
    for step, resource in _items(list(resources.values()) if symbolic and place.sealed else resources):
        yield from _resource(resource, scope, place.at(step), parent, symbolic)


def _why_not_resources(resources: Any) -> str | Unknown | None:
    if isinstance(resources, Unknown):
        return resources
    if not isinstance(resources, dict | list | None):
        return "its resources are neither a list nor an object"
    if len(resources or ()) > MOST_RESOURCES:
        return f"it holds more than {MOST_RESOURCES} resources, which Azure does not take"
    return None


def _items(resources: Any) -> list[tuple[str, Any]]:
    """The resources of a template with their steps; by name where the template gives them symbolic names."""
    if isinstance(resources, dict):
        return [(f"resources.{name}", resource) for name, resource in resources.items()]
    return [(f"resources[{index}]", resource) for index, resource in enumerate(resources or ())]


def _resource(
    written: Any, scope: TemplateScope, place: WalkPosition, parent: Parent, symbolic: bool
) -> Iterator[Record]:
    resource = bare(written)
    if not isinstance(resource, dict):
        yield opaque(place.source, resource if isinstance(resource, Unknown) else "it is not an object", place.origin)
        return
    place = place.with_seal_of(written)
    resource = outermost_named(resource)
    exists = symbolic and as_bool(bare(resource.get("existing"))) is True
    made = copies(resource, scope)
    absent = EXISTS if exists else "" if made else NO_COPIES
    for inner in made or [scope]:
        try:
            place.work.begin()
            yield from _made(resource, inner, place, parent, absent)
        except OutOfWork:
            if place.work.is_over:
                raise
            yield opaque(place.source, TOO_MUCH, place.origin)


def _made(
    resource: dict[str, Any], scope: TemplateScope, place: WalkPosition, parent: Parent, absent: str
) -> Iterator[Record]:
    """The records of a resource and its children; `absent` says why there is none, where its condition does not."""
    written, name = bare(evaluated(resource.get("type"), scope)), evaluated(resource.get("name"), scope)
    unreadable = unreadable_type([written])
    if absent != NO_COPIES and (unreadable or not isinstance(written, str | Unknown)):
        yield opaque(place.source, unreadable or "its type is not a string, so that it may be a machine", place.origin)
    if not isinstance(written, str):
        return
    whole = _whole_type(written.strip("/ "), name, parent)
    if not absent and as_bool(bare(evaluated(resource.get("condition"), scope))) is False:
        absent = UNMET
    if not absent:
        yield from _own(resource, whole, scope, place)
    elif absent != EXISTS:
        left_out = _own(resource, whole, scope, place)
        place.left_out.extend(LeftOut(record.origin, record.arm_type or whole.type, absent) for record in left_out)
    # A parent's condition is not its children's.
    if "resources" in resource and absent != NO_COPIES:
        yield from _resources(resource, scope, place, whole)


def _whole_type(type_: str, name: Any, parent: Parent) -> Parent:
    if not parent.type or "." in type_.partition("/")[0]:
        return Parent(type_, name)
    above, own = bare(parent.name), bare(name)
    whole = f"{above}/{own}" if isinstance(above, str) and isinstance(own, str) else own
    type_ = f"{parent.type.partition('@')[0]}/{type_}"
    return Parent(type_, resealed(parent.name, resealed(name, whole)))


def _own(resource: dict[str, Any], whole: Parent, scope: TemplateScope, place: WalkPosition) -> Iterator[Record]:
    """The records of a resource without its children: those of its template where it carries one."""
    type_, at_version, version = whole.type.partition("@")
    type_ = own_type(type_, resource)
    whole = Parent(f"{type_}{at_version}{version}", whole.name)
    if type_.lower() == DEPLOYMENT:
        yield from _deployed(resource.get("properties"), scope, _in_group(resource, scope, place))
    elif type_.lower() in CARRIERS:
        yield from _carried(type_, resource, scope, place)
    else:
        yield from resource_records(resource, whole, scope, place)


def _carried(type_: str, resource: dict[str, Any], scope: TemplateScope, place: WalkPosition) -> Iterator[Record]:
    """The records of a template inside a resource that is no deployment: its brackets are escaped, and read twice."""
    carrier = CARRIERS[type_.lower()]
    if carrier.elsewhere:
        yield opaque(place.source, carrier.elsewhere, place.origin)
        return
    place = _deeper(place.at(carrier.template))
    read = {"properties": evaluated(resource.get("properties"), scope)}
    template = at(read, carrier.template)
    if place.depth > DEEPEST:
        yield opaque(place.source, f"templates are nested deeper than {DEEPEST} levels", place.origin)
    elif template is None:
        yield opaque(place.source, why_no_template(lambda link: at(read, f"properties.{link}")), place.origin)
    else:
        # A blueprint's parameters are expressions of the blueprint, which is not read.
        given = evaluated(
            at(read, carrier.parameters) if carrier.parameters else None, TemplateScope(evaluated, place.work)
        )
        place = replace(place, linked=linked_in(read, carrier))
        yield from _template(parsed(template), given, place, at(read, "properties.parametersLink") is not None)


def _deeper(place: WalkPosition) -> WalkPosition:
    return replace(place, depth=place.depth + 1)


def _deployed(written: Any, scope: TemplateScope, place: WalkPosition) -> Iterator[Record]:
    """The records of a nested deployment, whose expressions read the scope around it unless it says `inner`."""
    origin = place.origin
    place = _deeper(place.at("properties.template").with_seal_of(written))
    opened = bare(written)
    properties = bare(evaluated(opened, scope)) if isinstance(opened, str) else opened
    if not isinstance(properties, dict):
        why = properties if isinstance(properties, Unknown) else "a deployment without properties"
        yield opaque(place.source, why, place.origin)
        return
    named = outermost_named(properties)
    if place.depth > DEEPEST:
        yield opaque(place.source, f"templates are nested deeper than {DEEPEST} levels", place.origin)
    elif named.get("template") is None:
        yield from _linked(named, scope, place, origin)
    elif _is_inner(named):
        given = evaluated(named.get("parameters"), scope)
        call = ModuleCall(origin, named.get("parameters"), scope)
        template, linked = _whole(named["template"], scope), named.get("parametersLink") is not None
        yield from _template(template, given, place, linked, call)
    else:
        read = parsed(_whole(named["template"], scope))
        place, template = place.with_seal_of(read), bare(read)
        holder = outermost_named(template) if isinstance(template, dict) else {"resources": template}
        yield from _resources(holder, scope, place, Parent())


def _linked(deployment: dict[str, Any], scope: TemplateScope, place: WalkPosition, origin: str) -> Iterator[Record]:
    """The records of a template that a deployment links to, where its relative path leads to one that is here."""
    link = evaluated(deployment.get("templateLink"), scope)
    path = bare(at(link, "relativePath"))
    if not isinstance(path, str):
        yield opaque(place.source, EMPTY if link is None else LINKED, place.origin)
        return
    file, template = place.linked_at(path)
    if template is None:
        yield opaque(place.source, LINKED_ELSEWHERE.format(path=path), place.origin)
        return
    given = evaluated(deployment.get("parameters"), scope)
    place = replace(place, file=file).with_seal_of(template)
    call = ModuleCall(origin, deployment.get("parameters"), scope)
    yield from _template(parsed(template), given, place, deployment.get("parametersLink") is not None, call)


def _whole(template: Any, scope: TemplateScope) -> Any:
    """A template that is one expression, `[variables('template')]`, is read; what is inside it is not touched."""
    return parsed(evaluated(template, scope)) if isinstance(bare(template), str) else template


def _is_inner(properties: dict[str, Any]) -> bool:
    options = bare(properties.get("expressionEvaluationOptions"))
    scope = outermost_named(options).get("scope") if isinstance(options, dict) else None
    return isinstance(scope, str) and scope.lower() == "inner"


def _in_group(resource: dict[str, Any], scope: TemplateScope, place: WalkPosition) -> WalkPosition:
    group = next((value for key, value in resource.items() if key.lower() == "resourcegroup"), None)
    if group is None:
        return place
    read = bare(evaluated(group, scope))
    return replace(place, group=read if isinstance(read, str) else "")
