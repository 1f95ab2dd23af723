"""POST /providers/Microsoft.ResourceGraph/resources: the scope of the query, and the response or error."""

import time
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from azure_hotpatch.emulator.arm.graph import delay, pages, quota, tables
from azure_hotpatch.emulator.arm.graph.kql.evaluation import run
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.kql.refusals import QueryRefused
from azure_hotpatch.emulator.arm.graph.kql.values import moment_text
from azure_hotpatch.emulator.arm.graph.tables.rows import QueryScope
from azure_hotpatch.emulator.arm.hierarchy import subscriptions
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, BadRequest, InvalidSubscriptionId, NotEmulated

_INVALID = {
    "code": "InvalidQuery",
    "message": (
        "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error "
        "before retrying."
    ),
}
# Captured from the service; azure-docs, "Guidance for throttled requests in Azure Resource Graph"
_THROTTLED = {
    "code": "RateLimiting",
    "message": (
        "Client application has been throttled and should not attempt to repeat the request until an amount of time "
        "has elapsed. Please see https://aka.ms/resourcegraph-throttling for help."
    ),
}
_MEMBERS = ("query", "subscriptions", "managementGroups", "options", "facets")


def resources(request: Request) -> Reply:
    """Answer a query. A refusal is answered, not raised: it costs one query of the quota like any other."""
    started = time.monotonic()
    allowance = quota.spent(request)
    if allowance.is_exceeded:
        return _refused(request, 429, "RateLimiting", [_THROTTLED], allowance.headers)
    body = request.object()
    try:
        found = _answer(request, body)
    except QueryRefused as refused:
        return _refused(request, 400, "BadRequest", [_INVALID, refused.detail(body["query"])], allowance.headers)
    except BadRequest as error:
        detail = {"code": "BadRequest", "message": error.message}
        return _refused(request, 400, "BadRequest", [detail], allowance.headers)
    duration = {"x-ms-resource-graph-request-duration": _duration(time.monotonic() - started)}
    return Reply(200, found, {**allowance.headers, **duration})


def _answer(request: Request, body: Json) -> Json:
    _check(body)
    scope = _subscriptions(body)
    mark = pages.fingerprint(body["query"], scope)
    wanted = pages.options(body, mark)
    found = pages.further(wanted, mark, request.cache)
    return found or pages.page(_rows(request, body["query"], scope), wanted, mark, request.cache)


def operations(_request: Request) -> Reply:
    """The operations of the provider."""
    names = {"resources": "Query", "operations": "Read"}
    return Reply(200, {"value": [_operation(resource, verb) for resource, verb in names.items()]})


def _operation(resource: str, verb: str) -> Json:
    display = {"provider": "Microsoft Resource Graph", "resource": resource, "operation": verb}
    action = "action" if verb == "Query" else "read"
    return {"name": f"Microsoft.ResourceGraph/{resource}/{action}", "display": display}


def _check(body: Json) -> None:
    unknown = sorted(set(body) - set(_MEMBERS))
    if unknown:
        raise BadRequest(f"The members {', '.join(unknown)} are not known. Known are: {', '.join(_MEMBERS)}.")
    if not isinstance(body.get("query"), str) or not body["query"].strip():
        raise BadRequest("The 'query' must be a string that is not empty.")
    if body.get("facets"):
        raise NotEmulated("This Azure emulator does not work out facets; ask the same with 'summarize'.")


def _subscriptions(body: Json) -> tuple[str, ...] | None:
    """The subscriptions in scope; None for all. The tenant's root management group is the only one."""
    chosen, groups = body.get("subscriptions"), body.get("managementGroups")
    if chosen and groups:
        raise BadRequest("Only one of 'subscriptions' and 'managementGroups' may be given.")
    if groups:
        unknown = [name for name in _texts(groups, "managementGroups") if name != TENANT]
        if unknown:
            raise BadRequest(f"The management group '{unknown[0]}' was not found. The tenant's root is '{TENANT}'.")
    if not chosen:
        return None
    found = _texts(chosen, "subscriptions")
    for subscription in found:
        _check_subscription(subscription)
    return tuple(dict.fromkeys(name.lower() for name in found))


def _check_subscription(subscription: str) -> None:
    try:
        subscriptions.check(subscription)
    except InvalidSubscriptionId as error:
        raise BadRequest(error.message) from None


def _texts(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadRequest(f"The '{name}' must be a list of strings.")
    return value


def _rows(request: Request, query: str, scope: tuple[str, ...] | None) -> Frame:
    seen = delay.seen(request.tx)

    def table(name: str, types: frozenset[str] | None) -> Frame | None:
        return tables.frame(QueryScope(seen, scope, types), name)

    return run(query, table, request.tx.now())


def _refused(request: Request, status: int, code: str, details: list[Json], headers: Mapping[str, str]) -> Reply:
    """azure-powershell, ResourceGraph.Test: the message has a time and an id, the reasons are below it."""
    correlation = request.headers.get("x-ms-correlation-request-id") or uuid.uuid4()
    when = moment_text(request.tx.now())
    message = f"Please provide below info when asking for support: timestamp = {when}, correlationId = {correlation}."
    return Reply(status, ArmError(message, code=code, details=details).body(), headers)


def _duration(seconds: float) -> str:
    """`d:hh:mm:ss.fffffff`."""
    span = timedelta(seconds=seconds)
    minutes, rest = divmod(span.seconds, 60)
    return f"{span.days}:{minutes // 60:02d}:{minutes % 60:02d}:{rest:02d}.{span.microseconds:06d}0"
