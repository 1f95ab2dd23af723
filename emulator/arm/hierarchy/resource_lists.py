"""ARM's own lists across providers: the resources of a subscription or group."""

import re
from collections.abc import Mapping
from dataclasses import replace

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.hierarchy.locations import normalised
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import resources as one_kind
from azure_hotpatch.emulator.arm.lifecycle.shapes import PAGE, next_link, shown
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import ResourceGroupNotFound
from azure_hotpatch.emulator.arm.protocol.filters import Keep
from azure_hotpatch.emulator.arm.protocol.paths import GROUP_TYPE
from azure_hotpatch.emulator.arm.protocol.queries import Queries

# "Resources - List": the properties of $filter, and those of $expand.
_FILTERS = {
    "name": "name",
    "resourcetype": "type",
    "location": "location",
    "resourcegroup": "resourceGroup",
    "identity": "identity.type",
    "identity/principalid": "identity.principalId",
    "plan": "plan.name",
    "plan/publisher": "plan.publisher",
    "plan/product": "plan.product",
    "plan/name": "plan.name",
    "plan/version": "plan.version",
}
_EXPANDS = ("createdtime", "changedtime", "provisioningstate")
_BRIEF = ("id", "name", "type", "kind", "location", "tags", "sku", "identity", "managedBy", "plan", "zones")
# A tag's name and value stand side by side and mean one tag.
_TAG = re.compile(
    r"tagname\s+eq\s+'(?P<name>(?:[^']|'')*)'(?:\s+and\s+tagvalue\s+eq\s+'(?P<value>(?:[^']|'')*)')?", re.IGNORECASE
)


def of_region(request: Request) -> Reply:
    """The virtual machines, or scale sets, of a subscription that are in a region."""
    place = normalised(request.parameters["location"])
    everywhere = request.path.replace(f"/locations/{request.parameters['location']}", "")
    whole = one_kind.answer(replace(request, path=everywhere)) or Reply(200, {"value": []})
    found = [one for one in whole.body["value"] if normalised(one["location"]) == place]
    return Reply(whole.status, {**whole.body, "value": found}, whole.headers)


def resources(request: Request) -> Reply:
    """All resources that have a place, of a subscription or of one of its groups."""
    if "group" in request.parameters and request.tx.find(_scope(request)) is None:
        raise ResourceGroupNotFound(request.parameters["group"])
    expand = queries.expanded(request.query, _EXPANDS, "the resources of a subscription")
    keep = _keep(request.query, Queries(filters=_FILTERS))
    size = queries.top(request.query, PAGE)
    after = request.query.get("$skiptoken", "")
    values: list[Json] = []
    for resource in request.tx.within(_scope(request), after=after):
        brief = _brief(request, resource)
        if brief and keep({**brief, "resourceGroup": _group_of(resource)}):
            values.append({**brief, **_times(resource, expand)})
    values = queries.ordered(request.query, values, {}, "the resources of a subscription")
    body: Json = {"value": values[:size]}
    if len(values) > size:
        body["nextLink"] = next_link(request, str(values[size - 1]["id"]).lower())
    return Reply(200, body)


def of_groups(query: Mapping[str, str], groups: list[Json]) -> list[Json]:
    """The groups that a query keeps: by one tag, and as many as `$top` says."""
    queries.expanded(query, (), "resource groups")
    return queries.in_one_page(query, groups, _keep(query, Queries()), {}, "resource groups")


def _scope(request: Request) -> str:
    group = request.parameters.get("group")
    return f"/subscriptions/{request.parameters['subscription']}" + (f"/resourceGroups/{group}" if group else "")


def _keep(query: Mapping[str, str], accepted: Queries) -> Keep:
    """The query's filter, in which each tag is first made a flag of its own."""
    flags: dict[str, Keep] = {}

    def flag(match: re.Match[str]) -> str:
        name = f"tagged{len(flags)}()"
        flags[name] = _tagged(match["name"], match["value"])
        return name

    text = _TAG.sub(flag, query.get("$filter", ""))
    return queries.filtered({"$filter": text}, accepted, flags)


def _tagged(name: str, value: str | None) -> Keep:
    def keep(shown: Json) -> bool:
        tags = {key.lower(): str(item).lower() for key, item in (shown.get("tags") or {}).items()}
        found = tags.get(name.replace("''", "'").lower())
        return found is not None and (value is None or found == value.replace("''", "'").lower())

    return keep


def _brief(request: Request, resource: Resource) -> Json:
    kind = providers.of(resource)
    if kind is None or "location" not in resource.body or resource.type.lower() == GROUP_TYPE.lower():
        return {}
    whole = shown(request.tx, resource, kind)
    return {name: whole[name] for name in _BRIEF if name in whole}


def _times(resource: Resource, expand: frozenset[str]) -> Json:
    made = resource.hidden.get("createdTime") or read(resource.body, "properties.timeCreated")
    found = {
        "createdTime": made,
        "changedTime": resource.hidden.get("changedTime") or made,
        "provisioningState": resource.state,
    }
    return {name: value for name, value in found.items() if name.lower() in expand and value}


def _group_of(resource: Resource) -> str:
    steps = resource.id.split("/")
    return steps[4] if len(steps) > 4 and steps[3].lower() == "resourcegroups" else ""
