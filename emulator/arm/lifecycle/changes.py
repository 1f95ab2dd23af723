"""Store a PUT or PATCH: validate the body, fill in defaults, drop secrets, and store inline parts as resources."""

import copy
import json
from typing import Any

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.references import references
from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy import groups
from azure_hotpatch.emulator.arm.hierarchy.locations import checked, zones_of
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.lifecycle import comparisons, enumerations, identities, read_only, resource_names
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol import bodies, members
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import (
    BadRequest,
    Conflict,
    InvalidRequestFormat,
    InvalidResourceReference,
    ParentResourceNotFound,
    PreconditionFailed,
    ResourceNotFound,
)
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path, type_and_name
from azure_hotpatch.emulator.arm.stored_types import owners

# What ARM itself says of a resource; a request that repeats it is not storing it.
_READ_ONLY = ("id", "name", "type", "etag", "systemData")

# "Both resources are in the same region": what Azure demands it of, as far as machines are concerned.
_NEAR = frozenset(
    {
        "microsoft.network/networkinterfaces",
        "microsoft.compute/availabilitysets",
        "microsoft.compute/virtualmachinescalesets",
        "microsoft.compute/disks",
    }
)


def put(request: Request, path: ResourcePath, kind: ResourceType, sent: Json, before: Resource | None) -> Resource:
    """Store what a PUT describes, whole, and what it lists inline."""
    if before is None:
        resource_names.check(kind, path.name)
    resource_id = before.id if before else _new_id(request.tx, path, kind)
    body = {name: copy.deepcopy(value) for name, value in sent.items() if name not in _READ_ONLY}
    return _store(Change(resource_id, request.version, body, sent, before, request.tx), kind)


def patch(request: Request, kind: ResourceType, before: Resource) -> Resource:
    """Merge a PATCH into what is there, and store that."""
    sent = {name: value for name, value in request.object().items() if name not in _READ_ONLY}
    body = bodies.merged(before.body, sent)
    if "tags" in sent:
        body["tags"] = bodies.without_nulls(sent["tags"] or {})  # tags are replaced, not merged
    return _store(Change(before.id, request.version, body, sent, before, request.tx, method="PATCH"), kind)


def check_preconditions(request: Request, before: Resource | None) -> None:
    """If-None-Match: * (only create) and If-Match (only change this very version)."""
    expected = request.headers.get("if-match")
    if before and request.headers.get("if-none-match") == "*":
        raise PreconditionFailed(f"The resource '{before.id}' already exists.")
    if not expected:  # HashiCorp's clients send the header empty, and mean none by it
        return
    if before is None:  # RFC 9110, 13.1.1: it is false of what is not there
        raise PreconditionFailed("The precondition given in one or more of the request headers evaluated to false.")
    if expected != "*" and before.body.get("etag", expected).strip('W/"') != expected.strip('W/"'):
        raise PreconditionFailed("The precondition given in one or more of the request headers evaluated to false.")


def _new_id(tx: Transaction, path: ResourcePath, kind: ResourceType) -> str:
    """The id in the spelling of what it lies in, with the type's own spelling and the name as it was sent."""
    if path.parent:
        owner = nearest_owner(tx, path, kind)
        return f"{owner}/{kind.name.rsplit('/', 1)[1]}/{path.name}"
    scope = path.scope
    if path.extends_resource:
        scope = _extended(tx, path.scope)
    elif path.group:
        group = groups.find(tx, path.subscription, path.group)
        groups.refuse_if_going(group)
        scope = group.id
    return f"{scope}/providers/{kind.name}/{path.name}"


def nearest_owner(tx: Transaction, path: ResourcePath, kind: ResourceType) -> str:
    """The id of what a child lies in, which must be there.

    Of a type that is stored as sent only the outermost must be: Azure itself makes many of those between, such as the
    backup fabric of a vault; and not that one where nobody makes it, such as a billing account.
    """
    if path.parent is None:
        return path.id
    parent = tx.find(path.parent.id)
    if parent:
        return parent.id
    if kind.as_sent and path.parent.parent:
        steps = path.parent.id.rsplit("/", 2)[-2:]
        return "/".join((nearest_owner(tx, path.parent, kind), *steps))
    if kind.as_sent and owners.is_given(path.parent):
        return path.parent.id
    raise ParentResourceNotFound(kind.short_name, path.parent.id)


def _extended(tx: Transaction, scope: str) -> str:
    target = parse_path(scope)
    found = tx.find(scope)
    if found:
        return found.id
    if target is None or owners.is_given(target):
        return scope
    raise ResourceNotFound(type_and_name(target), target.group)


def _store(change: Change, kind: ResourceType) -> Resource:
    members.check(described(change.sent, kind))
    _place(change, kind)
    change.hidden = dict(change.before.hidden) if change.before else {}
    change.hidden["changedTime"] = stamp(change.tx.now())
    change.hidden.setdefault("createdTime", change.hidden["changedTime"])
    change.properties.pop("provisioningState", None)
    read_only.drop(change.body, kind.name)
    enumerations.apply(change.body, kind.name)
    comparisons.compare(change, kind)
    listed = {name: change.properties.pop(name, None) for name in kind.parts}
    kind.prepare(change)
    identities.fill(change)
    for path in kind.secrets:
        bodies.drop(change.properties, path)
    if kind.checks_references:
        _check_references(change)
    # Tags alone are changed at once, whatever else takes its time.
    polls = None if change.method == "PATCH" and set(change.sent) <= {"tags"} else kind.polls
    state = "Succeeded" if polls is None else ("Updating" if change.before else "Creating")
    resource = Resource(change.id, kind.name, change.body, state, polls or 0, change.hidden)
    change.tx.save(resource)
    for name, parts in listed.items():
        _store_parts(change, kind, name, parts)
    kind.saved(change)
    return resource


def described(sent: Json, kind: ResourceType) -> Json:
    """The part of a body whose member names are checked: only the envelope for a type that is stored as it is sent."""
    return {**sent, "properties": {}} if kind.as_sent and isinstance(sent.get("properties"), dict) else sent


def _place(change: Change, kind: ResourceType) -> None:
    location = change.body.get("location")
    if location:
        change.body["location"] = checked(location, kind.name)
        _check_zones(change, kind)
    elif kind.place is LocationRule.REGION and not change.before:
        raise BadRequest("The location property is required for this definition.", code="LocationRequired")
    if not change.before:
        return
    old = change.before.body.get("location")
    if old and location and old != change.body["location"]:
        parsed = parse_path(change.id)
        raise Conflict(
            f"The resource '{change.name}' already exists in location '{old}' in resource group "
            f"'{parsed.group if parsed else ''}'. A resource with the same name cannot be created in location "
            f"'{change.body['location']}'. Please select a new resource name.",
            code="InvalidResourceLocation",
        )
    if old:
        change.body["location"] = old


def _check_zones(change: Change, kind: ResourceType) -> None:
    supported = zones_of(change.location)
    wrong = [zone for zone in change.body.get("zones") or () if zone not in supported]
    if wrong:
        raise BadRequest(
            f"The zone(s) '{','.join(wrong)}' for resource '{kind.name}/{change.name}' is not supported. The supported "
            f"zones for location '{change.location}' are '{','.join(supported)}'",
            code="AvailabilityZoneNotSupported",
        )


def _check_references(change: Change) -> None:
    for source, target in sorted(references(change.id, change.body)):
        path = parse_path(target)
        if path and not (_exists(change.tx, path) and _is_near(change, path)):
            raise InvalidResourceReference(target, source)


def _exists(tx: Transaction, path: ResourcePath) -> bool:
    """Whether a resource, or a part in a resource's body, is there; one of a type that is not emulated always is."""
    if providers.find(path.type):
        return tx.find(path.id) is not None
    if path.parent is None or providers.find(path.parent.type) is None:
        return True
    owner = tx.find(path.parent.id)
    return owner is not None and path.key in json.dumps(owner.body).lower()


def _is_near(change: Change, path: ResourcePath) -> bool:
    """Whether what a machine is built on, or put into, is in the machine's region."""
    found = change.tx.find(path.id) if path.type.lower() in _NEAR else None
    return found is None or found.body.get("location", change.location) == change.location


def _store_parts(change: Change, kind: ResourceType, name: str, parts: list[Json] | None) -> None:
    """Store children that came inline, and delete the ones that the list leaves out."""
    if parts is None and (change.method == "PATCH" or _keeps_parts(change, kind)):
        return
    parts = parts or []
    child = providers.get(kind.parts[name])
    ids = [f"{change.id}/{name}/{_part_name(part, f'properties.{name}[{at}]')}" for at, part in enumerate(parts)]
    wanted = {part_id.lower() for part_id in ids}
    for old in change.tx.within(change.id, child.name):
        if old.key not in wanted:
            providers.refuse_if_used(change.tx, old)
            change.tx.remove(old.id)
    for order, (part_id, part) in enumerate(zip(ids, parts, strict=True)):
        _store_part(change, child, part_id, part, order)


def _keeps_parts(change: Change, kind: ResourceType) -> bool:
    return bool(kind.keeps_parts_since) and change.version[:10] >= kind.keeps_parts_since


def _part_name(part: Any, path: str) -> str:
    if not isinstance(part, dict) or not part.get("name"):
        raise InvalidRequestFormat("name", path)
    return str(part["name"])


def _store_part(change: Change, child: ResourceType, resource_id: str, part: Json, order: int) -> None:
    before = change.tx.find(resource_id)
    body = {key: copy.deepcopy(value) for key, value in part.items() if key not in _READ_ONLY}
    part_change = Change(before.id if before else resource_id, change.version, body, part, before, change.tx)
    resource = _store(part_change, child)
    resource.state, resource.polls, resource.hidden["order"] = "Succeeded", 0, order
    change.tx.set_state(resource)
    change.tx.hide(resource)
