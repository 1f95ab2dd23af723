"""The table of routes that ARM answers itself; every other path is a resource."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from azure_hotpatch.emulator.arm import deployments, throttling
from azure_hotpatch.emulator.arm.admin import control, patch_control
from azure_hotpatch.emulator.arm.exchange import group_export, seeding
from azure_hotpatch.emulator.arm.faults import effects
from azure_hotpatch.emulator.arm.faults import handlers as faults
from azure_hotpatch.emulator.arm.graph import endpoint as graph
from azure_hotpatch.emulator.arm.graph import settings
from azure_hotpatch.emulator.arm.hierarchy import (
    groups,
    locks,
    provider_operations,
    registrations,
    resource_lists,
    scope_tags,
    subscription_facts,
    subscriptions,
    tag_names,
)
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import operations, resources, versions
from azure_hotpatch.emulator.arm.protocol import payload
from azure_hotpatch.emulator.arm.protocol.errors import MethodNotAllowed, NotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path
from azure_hotpatch.emulator.arm.providers import roles, storage
from azure_hotpatch.emulator.arm.providers.compute import platform_images, resource_skus, run_scripts
from azure_hotpatch.emulator.arm.providers.maintenance import platform
from azure_hotpatch.emulator.arm.providers.network import availability

Handler = Callable[[Request], Reply]


class Route(NamedTuple):
    methods: str
    path: re.Pattern[str]
    handler: Handler
    word: str  # a part of every path that matches, in lower case: to look for it is much quicker than to match


def _route(methods: str, path: str, handler: Handler) -> Route:
    pattern = path.replace("{scope}", r"(?P<scope>/subscriptions/[^/]+(?:/.+?)?)")
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
    word = max(re.split(r"\{\w+\}", path), key=len).strip("/").lower()
    return Route(methods, re.compile(f"{pattern}/?", re.IGNORECASE), handler, word)


def _whole(handler: deployments.Handler) -> Handler:
    """A handler that writes and reads resources by requests of its own, which this table answers as well."""
    return lambda request: handler(request, answer)


_SUBSCRIPTION = "/subscriptions/{subscription}"
_GROUP = f"{_SUBSCRIPTION}/resourceGroups/{{group}}"
_PROVIDER = f"{_SUBSCRIPTION}/providers/{{namespace}}"
_COMPUTE = f"{_SUBSCRIPTION}/providers/Microsoft.Compute"
_PUBLISHER = f"{_COMPUTE}/locations/{{location}}/publishers/{{publisher}}/artifacttypes"
_SKUS = f"{_PUBLISHER}/vmimage/offers/{{offer}}/skus"
_EXTENSIONS = f"{_PUBLISHER}/vmextension/types"
_TAGS = "{scope}/providers/Microsoft.Resources/tags/default"
_ROLES = "{scope}/providers/Microsoft.Authorization/roleDefinitions"
_FEATURES = f"{_SUBSCRIPTION}/providers/Microsoft.Features"
_MAINTENANCE = "providers/Microsoft.Maintenance"
_NETWORK = f"{_SUBSCRIPTION}/providers/Microsoft.Network/locations/{{location}}"
_TAG_NAME = f"{_SUBSCRIPTION}/tagNames/{{tag}}"
_CONTROL = "/emulator"
_GRAPH = "/providers/Microsoft.ResourceGraph"
_LARGEST_SEED = 256 * 1024 * 1024

ROUTES = (
    _route("GET", f"{_CONTROL}/resources", control.resources),
    _route("GET", f"{_CONTROL}/types", control.types),
    _route("GET", f"{_CONTROL}/stored-types", control.stored_setting),
    _route("PUT", f"{_CONTROL}/stored-types", control.put_stored_setting),
    _route("GET", f"{_CONTROL}/installations", patch_control.history),
    _route("GET", f"{_CONTROL}/tracks", patch_control.tracks),
    _route("GET", f"{_CONTROL}/events", patch_control.get_events),
    _route("PUT", f"{_CONTROL}/events", patch_control.put_events),
    _route("GET", f"{_CONTROL}/faults", faults.get_faults),
    _route("PUT", f"{_CONTROL}/faults", faults.put_faults),
    _route("GET", f"{_CONTROL}/throttling", throttling.setting),
    _route("PUT", f"{_CONTROL}/throttling", throttling.put_setting),
    _route("GET", f"{_CONTROL}/clock", control.get_clock),
    _route("POST", f"{_CONTROL}/clock", control.move_clock),
    _route("GET", f"{_CONTROL}/graph", settings.get),
    _route("POST", f"{_CONTROL}/graph", settings.put),
    _route("POST", f"{_GRAPH}/resources", graph.resources),
    _route("GET", f"{_GRAPH}/operations", graph.operations),
    _route("POST", f"{_CONTROL}/reset", control.reset),
    _route("POST", f"{_CONTROL}/seed", seeding.seed),
    _route("GET", "/tenants", subscriptions.tenants),
    _route("GET", "/subscriptions", subscriptions.list_all),
    _route("GET", _SUBSCRIPTION, subscriptions.get),
    _route("GET", f"{_SUBSCRIPTION}/locations", subscriptions.locations),
    _route("GET", f"{_SUBSCRIPTION}/resources", resource_lists.resources),
    _route("GET", f"{_SUBSCRIPTION}/resourceGroups", groups.list_all),
    _route("GET", f"{_GROUP}/resources", resource_lists.resources),
    _route("PUT", _GROUP, groups.put),
    _route("GET", _GROUP, groups.get),
    _route("HEAD", _GROUP, groups.head),
    _route("PATCH", _GROUP, groups.patch),
    _route("DELETE", _GROUP, groups.delete),
    _route("POST", f"{_GROUP}/exportTemplate", group_export.export),
    _route("GET", f"{_SUBSCRIPTION}/operationResults/{{operation}}", operations.result),
    _route("GET", f"{_SUBSCRIPTION}/tagNames", tag_names.list_all),
    _route("PUT", _TAG_NAME, tag_names.put),
    _route("DELETE", _TAG_NAME, tag_names.delete),
    _route("PUT", f"{_TAG_NAME}/tagValues/{{value}}", tag_names.put_value),
    _route("DELETE", f"{_TAG_NAME}/tagValues/{{value}}", tag_names.delete_value),
    _route("GET", f"{_SUBSCRIPTION}/providers", registrations.list_all),
    _route("GET", _PROVIDER, registrations.get),
    _route("POST", f"{_PROVIDER}/register", registrations.register),
    _route("POST", f"{_PROVIDER}/unregister", registrations.unregister),
    _route("GET", f"{_PROVIDER}/resourceTypes", registrations.resource_types),
    _route("GET", "/providers/{namespace}/operations", provider_operations.list_all),
    _route("GET", "/providers", registrations.list_all),
    _route("GET", "/providers/{namespace}", registrations.get),
    _route("GET", f"{_NETWORK}/usages", availability.usages),
    _route("GET", f"{_NETWORK}/CheckDnsNameAvailability", availability.check_dns_name),
    _route("POST", f"{_SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability", storage.check_name),
    _route("GET", _TAGS, scope_tags.get),
    _route("PUT", _TAGS, scope_tags.put),
    _route("PATCH", _TAGS, scope_tags.patch),
    _route("DELETE", _TAGS, scope_tags.delete),
    _route("GET", _ROLES, roles.list_all),
    _route("GET HEAD PUT DELETE", f"{_ROLES}/{{role}}", roles.one),
    _route("GET", "{scope}/providers/Microsoft.Authorization/permissions", subscription_facts.permissions),
    _route("GET", f"{_FEATURES}/features", subscription_facts.features),
    _route("GET", f"{_FEATURES}/providers/{{namespace}}/features", subscription_facts.features),
    _route("GET", f"{_FEATURES}/providers/{{namespace}}/features/{{feature}}", subscription_facts.feature),
    _route(
        "POST", f"{_SUBSCRIPTION}/providers/Microsoft.Resources/checkZonePeers", subscription_facts.check_zone_peers
    ),
    _route(
        "POST",
        "{scope}/providers/Microsoft.PolicyInsights/policyStates/latest/queryResults",
        subscription_facts.policy_states,
    ),
    _route("GET", f"{{scope}}/{_MAINTENANCE}/updates", platform.updates),
    _route("GET", f"{_SUBSCRIPTION}/{_MAINTENANCE}/publicMaintenanceConfigurations", platform.public_configurations),
    _route(
        "GET", f"{_SUBSCRIPTION}/{_MAINTENANCE}/publicMaintenanceConfigurations/{{name}}", platform.public_configuration
    ),
    _route("GET", f"{_COMPUTE}/skus", resource_skus.list_all),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/vmSizes", resource_skus.sizes_of_region),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/virtualMachines", resource_lists.of_region),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/virtualMachineScaleSets", resource_lists.of_region),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/usages", resource_skus.usages),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/runCommands", run_scripts.list_all),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/runCommands/{{command}}", run_scripts.get),
    _route("GET", f"{_COMPUTE}/locations/{{location}}/publishers", platform_images.publishers),
    _route("GET", f"{_PUBLISHER}/vmimage/offers", platform_images.offers),
    _route("GET", _SKUS, platform_images.skus),
    _route("GET", f"{_SKUS}/{{sku}}/versions", platform_images.versions),
    _route("GET", f"{_SKUS}/{{sku}}/versions/{{version}}", platform_images.version),
    _route("GET", _EXTENSIONS, platform_images.extension_types),
    _route("GET", f"{_EXTENSIONS}/{{type}}/versions", platform_images.extension_versions),
    _route("GET", f"{_EXTENSIONS}/{{type}}/versions/{{version}}", platform_images.extension_version),
    _route("GET", f"{_PROVIDER}/locations/{{location}}/operations/{{operation}}", operations.status),
    _route("GET", f"{_PROVIDER}/locations/{{location}}/operationResults/{{operation}}", operations.result),
    *(_route(methods, path, _whole(handler)) for methods, path, handler in deployments.ROUTES),
)


def largest_body(path: str) -> int:
    """How many bytes a request may have; an export of a real estate is larger than anything that ARM takes."""
    return _LARGEST_SEED if path.lower().rstrip("/") == f"{_CONTROL}/seed" else payload.LARGEST


def answer(request: Request) -> Reply:
    """Answer a request, unless there were too many of them or a fault is due."""
    return throttling.refused(request) or throttling.answered(request, effects.answered(request, _answer))


def _answer(request: Request) -> Reply:
    """Find the handler, check what every request must have, and call it."""
    locks.check(request)
    path = request.path.lower()
    known = (route for route in ROUTES if route.word in path)
    found = [(route, match) for route in known if (match := route.path.fullmatch(request.path))]
    for route, match in found:
        if request.method in route.methods.split():
            return _ask(route, match, request)
    if found:
        raise MethodNotAllowed(f"The HTTP method '{request.method}' is not supported at scope '{request.path}'.")
    named = parse_path(request.path)
    if named and named.subscription:
        subscriptions.check(named.subscription)
    reply = resources.answer(request)
    if reply is None:
        raise NotFound(f"No route is known for the path '{request.path}'.", code="InvalidRequestPath")
    return reply


def _ask(route: Route, match: re.Match[str], request: Request) -> Reply:
    parameters = match.groupdict()
    if not request.path.startswith(f"{_CONTROL}/"):
        versions.check_general(request.version)
    if "subscription" in parameters or "scope" in parameters:
        subscriptions.check(parameters.get("subscription") or parameters["scope"].split("/")[2])
    return route.handler(replace(request, parameters=parameters))
