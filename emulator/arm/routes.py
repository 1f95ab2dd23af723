"""Which handler answers which path: the table of what ARM answers itself; all else is a resource."""

import re
from collections.abc import Callable
from typing import NamedTuple

from azure_hotpatch.emulator.arm import (
    control,
    groups,
    operations,
    patch_control,
    resources,
    subscriptions,
    throttling,
    versions,
)
from azure_hotpatch.emulator.arm.errors import MethodNotAllowed, NotFound
from azure_hotpatch.emulator.arm.graph import endpoint as graph
from azure_hotpatch.emulator.arm.graph import quota
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.paths import parse

Handler = Callable[[Request], Reply]


class Route(NamedTuple):
    methods: str
    path: re.Pattern[str]
    handler: Handler


def _route(methods: str, path: str, handler: Handler) -> Route:
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    return Route(methods, re.compile(f"{pattern}/?", re.IGNORECASE), handler)


_SUBSCRIPTION = "/subscriptions/{subscription}"
_GROUP = f"{_SUBSCRIPTION}/resourceGroups/{{group}}"
_PROVIDER = f"{_SUBSCRIPTION}/providers/{{namespace}}"
_CONTROL = "/emulator"
_GRAPH = "/providers/Microsoft.ResourceGraph"

ROUTES = (
    _route("GET", f"{_CONTROL}/resources", control.resources),
    _route("GET", f"{_CONTROL}/types", control.types),
    _route("GET", f"{_CONTROL}/installations", patch_control.history),
    _route("GET", f"{_CONTROL}/tracks", patch_control.tracks),
    _route("GET", f"{_CONTROL}/events", patch_control.get_events),
    _route("PUT", f"{_CONTROL}/events", patch_control.put_events),
    _route("GET", f"{_CONTROL}/throttling", throttling.setting),
    _route("PUT", f"{_CONTROL}/throttling", throttling.put_setting),
    _route("GET", f"{_CONTROL}/clock", control.get_clock),
    _route("POST", f"{_CONTROL}/clock", control.move_clock),
    _route("GET", f"{_CONTROL}/graph", quota.get_setting),
    _route("POST", f"{_CONTROL}/graph", quota.put_setting),
    _route("POST", f"{_GRAPH}/resources", graph.resources),
    _route("GET", f"{_GRAPH}/operations", graph.operations),
    _route("GET", "/tenants", subscriptions.tenants),
    _route("GET", "/subscriptions", subscriptions.list_all),
    _route("GET", _SUBSCRIPTION, subscriptions.get),
    _route("GET", f"{_SUBSCRIPTION}/locations", subscriptions.locations),
    _route("GET", f"{_SUBSCRIPTION}/resources", subscriptions.resources),
    _route("GET", f"{_SUBSCRIPTION}/resourceGroups", groups.list_all),
    _route("GET", f"{_GROUP}/resources", subscriptions.resources),
    _route("PUT", _GROUP, groups.put),
    _route("GET", _GROUP, groups.get),
    _route("HEAD", _GROUP, groups.head),
    _route("PATCH", _GROUP, groups.patch),
    _route("DELETE", _GROUP, groups.delete),
    _route("GET", f"{_SUBSCRIPTION}/operationResults/{{operation}}", operations.result),
    _route("GET", f"{_SUBSCRIPTION}/providers", subscriptions.list_providers),
    _route("GET", _PROVIDER, subscriptions.get_provider),
    _route("POST", f"{_PROVIDER}/register", subscriptions.get_provider),
    _route("GET", f"{_PROVIDER}/locations/{{location}}/operations/{{operation}}", operations.status),
    _route("GET", f"{_PROVIDER}/locations/{{location}}/operationResults/{{operation}}", operations.result),
)


def answer(request: Request) -> Reply:
    """Answer a request, unless there were too many of them."""
    return throttling.refused(request) or throttling.answered(request, _answer(request))


def _answer(request: Request) -> Reply:
    """Find the handler, check what every request must have, and ask it."""
    found = [(route, match) for route in ROUTES if (match := route.path.fullmatch(request.path))]
    for route, match in found:
        if request.method in route.methods.split():
            return _ask(route, match, request)
    if found:
        raise MethodNotAllowed(f"The HTTP method '{request.method}' is not supported at scope '{request.path}'.")
    path = parse(request.path)
    if path and path.subscription:
        subscriptions.check(path.subscription)
    reply = resources.answer(request)
    if reply is None:
        raise NotFound(f"No route is known for the path '{request.path}'.", code="InvalidRequestPath")
    return reply


def _ask(route: Route, match: re.Match[str], request: Request) -> Reply:
    parameters = match.groupdict()
    if not request.path.startswith(f"{_CONTROL}/"):
        versions.check_general(request.version)
    if "subscription" in parameters:
        subscriptions.check(parameters["subscription"])
    return route.handler(
        Request(
            request.method,
            request.path,
            request.query,
            request.headers,
            request.base,
            request.body,
            request.tx,
            parameters,
        )
    )
