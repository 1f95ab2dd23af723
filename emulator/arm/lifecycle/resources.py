"""The requests that all resources answer in the same way: PUT, PATCH, GET, HEAD, DELETE, lists and actions."""

from azure_hotpatch.emulator.arm import providers, stored_types
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy import scopes
from azure_hotpatch.emulator.arm.http import Reply, Request, refused
from azure_hotpatch.emulator.arm.lifecycle import changes, operations, versions, views
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, ResourceType
from azure_hotpatch.emulator.arm.lifecycle.shapes import PAGE, next_link, shown
from azure_hotpatch.emulator.arm.protocol import bodies, members, queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import (
    MethodNotAllowed,
    NotEmulated,
    ResourceGroupNotFound,
    ResourceNotFound,
)
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path, type_and_name


def answer(request: Request) -> Reply | None:
    """The answer to a request for a resource, a collection or an action; None where the path names none of them."""
    path = parse_path(request.path)
    if path is None or not path.types:
        return None
    action = _action(path, request.method)
    if action:
        return _act(request, path.without_last_type(), path.types[-1], action)
    view = views.answer(request, path)
    if view:
        return view
    kind = providers.get(path.type)
    if request.method == "POST" and not _is_resource(path):
        raise NotEmulated(f"This Azure emulator does not have the action '{path.types[-1]}' of '{path.parent_type}'.")
    stored_types.check_allowed(request.tx, kind)
    _check_group(request, path)
    if path.is_collection:
        versions.check(request.version, kind)
        return _list(request, path, kind)
    handler = {"GET": _get, "HEAD": _head, "PUT": _put, "PATCH": _patch, "DELETE": _delete}.get(request.method)
    if handler is None:
        raise MethodNotAllowed(f"The HTTP method '{request.method}' is not supported at scope '{request.path}'.")
    return handler(request, path, kind)


def _is_resource(path: ResourcePath) -> bool:
    """Whether a path names a resource, or a list of them, rather than an action or a view."""
    return providers.is_known(path.type) and not (path.is_collection and len(path.types) > 1)


def existing(tx: Transaction, path: ResourcePath) -> Resource:
    resource = tx.find(path.id)
    if resource is None:
        raise ResourceNotFound(type_and_name(path), path.group)
    return resource


def _check_group(request: Request, path: ResourcePath) -> None:
    if path.group and request.tx.find(path.group_id) is None:
        raise ResourceGroupNotFound(path.group)


def _get(request: Request, path: ResourcePath, kind: ResourceType) -> Reply:
    versions.check(request.version, kind)
    settled = operations.settle(request.tx, existing(request.tx, path))
    if settled is None:
        return refused(ResourceNotFound(type_and_name(path), path.group))  # the end of the deletion is kept
    allowed = (*kind.queries.gets, *(("instanceview",) if kind.instance_view else ()))
    expand = queries.expanded(request.query, allowed, f"'{kind.name}'")
    return Reply(200, _expanded(request, settled, kind, expand))


def _head(request: Request, path: ResourcePath, kind: ResourceType) -> Reply:
    versions.check(request.version, kind)
    resource = request.tx.find(path.id)
    return Reply(204 if resource and operations.settle(request.tx, resource) else 404)


def _put(request: Request, path: ResourcePath, kind: ResourceType) -> Reply:
    sent = {} if kind.bodiless and request.body is None else bodies.without_nulls(request.object())
    versions.check(request.version, kind, str(sent.get("location", "")))
    before = _still_there(request.tx, path)
    changes.check_preconditions(request, before)
    change = changes.put(request, path, kind, sent, before)
    status = kind.replaced if before else kind.created_by.get(request.version, kind.created)
    return _changed(request, path, kind, change, status)


def _patch(request: Request, path: ResourcePath, kind: ResourceType) -> Reply:
    versions.check(request.version, kind)
    before = existing(request.tx, path)
    changes.check_preconditions(request, before)
    change = changes.patch(request, kind, before)
    return _changed(request, path, kind, change, 200)


def _changed(request: Request, path: ResourcePath, kind: ResourceType, resource: Resource, status: int) -> Reply:
    headers: dict[str, str] = {}
    if resource.state != "Succeeded" and path.subscription:
        verb = request.method.lower()
        headers.update(operations.begin(request, resource, verb, resource.polls, kind.namespace, path.subscription))
        if status == 202:
            headers["Location"] = headers["Azure-AsyncOperation"].replace("/operations/", "/operationResults/")
    return Reply(status, shown(request.tx, resource, kind), headers)


def _delete(request: Request, path: ResourcePath, kind: ResourceType) -> Reply:
    versions.check(request.version, kind)
    resource = request.tx.find(path.id)
    if resource is None:
        return Reply(kind.deleted_nothing)
    changes.check_preconditions(request, resource)
    providers.refuse_if_used(request.tx, resource)
    polls = kind.polls if kind.delete_polls is None else kind.delete_polls
    if polls is None or kind.deletes_at_once or not path.subscription:
        last = shown(request.tx, resource, kind) if kind.shows_deleted else None
        operations.forget(request.tx, resource)
        return Reply(kind.deleted_with, last)
    resource.state, resource.polls = "Deleting", polls
    request.tx.set_state(resource)
    headers = operations.begin(request, resource, "delete", polls, kind.namespace, path.subscription)
    return Reply(202, None, headers)


def _expanded(request: Request, resource: Resource, kind: ResourceType, expand: frozenset[str]) -> Json:
    body = shown(request.tx, resource, kind)
    if kind.instance_view and "instanceview" in expand:
        body["properties"]["instanceView"] = kind.instance_view(Act(resource, {}, request.query, request.tx))
    return body


def _list(request: Request, path: ResourcePath, kind: ResourceType) -> Reply:
    if request.method != "GET":
        raise MethodNotAllowed(f"The HTTP method '{request.method}' is not supported at scope '{request.path}'.")
    if path.parent and not kind.as_sent:
        existing(request.tx, path.parent)
    elif path.parent:
        changes.nearest_owner(request.tx, path, kind)
    what = f"lists of '{kind.name}'"
    expand = queries.expanded(request.query, kind.queries.lists, what)
    if request.query.get("statusonly", "").lower() == "true" and kind.instance_view:
        expand |= {"instanceview"}
    keep = queries.filtered(request.query, kind.queries, scopes.flags(path) if kind.inherited else None)
    size = queries.top(request.query, PAGE)
    found = _found(request, path, kind, -1 if request.query.get("$filter") else size + 1)
    if not found and not providers.is_known(kind.name):
        # What Azure answers may be a view, such as the sizes of an availability set: no list would be a wrong answer.
        raise NotEmulated(f"This Azure emulator does not have the list '{path.types[-1]}' of '{path.parent_type}'.")
    values = [one for each in found if keep(one := _expanded(request, each, kind, expand))]
    values = queries.ordered(request.query, values, kind.queries.orders, what)
    body: Json = {"value": values[:size]}
    if len(values) > size:
        body["nextLink"] = next_link(request, str(values[size - 1]["id"]).lower())
    return Reply(200, body)


def _found(request: Request, path: ResourcePath, kind: ResourceType, limit: int) -> list[Resource]:
    after = request.query.get("$skiptoken", "")
    found = request.tx.within(_listed(path), kind.name, after, limit)
    if not kind.inherited or after:
        return found
    above = (f"{scope}/providers/{kind.name}" for scope in scopes.upward(path.scope)[:-1])
    return [*(one for scope in above for one in request.tx.within(scope, kind.name)), *found]


def _listed(path: ResourcePath) -> str:
    """Below which path a list looks: a subscription and a group list all that is in them, a resource its own."""
    wide = path.subscription and not path.parent and not path.extends_resource
    return path.scope if wide else path.id


def _still_there(tx: Transaction, path: ResourcePath) -> Resource | None:
    """What a PUT finds: a resource on its way out is let go first."""
    resource = tx.find(path.id)
    if resource and resource.state == "Deleting":
        operations.forget(tx, resource)
        return None
    return resource


def _action(path: ResourcePath, method: str) -> Action | None:
    if not path.is_collection or len(path.types) < 2:
        return None
    owner = path.without_last_type().type
    kind = providers.find(owner) or stored_types.kind(owner)
    named = {name.lower(): action for name, action in kind.actions.items()} if kind else {}
    action = named.get(path.types[-1].lower())
    return action if action and method in action.methods else None


def _act(request: Request, path: ResourcePath, name: str, action: Action) -> Reply:
    kind = providers.get(path.type)
    versions.check(request.version, kind)
    _check_group(request, path)
    resource = existing(request.tx, path)
    body = {} if request.body is None else request.object()
    members.check(body)
    act = Act(resource, body, request.query, request.tx)
    action.begin(act)
    if action.polls is None:
        result = action.finish(act)
        return Reply(action.status, result)
    verb = next(known for known in kind.actions if known.lower() == name.lower())
    kept = {key: value for key, value in act.body.items() if key in action.remembers}
    verb = f"{operations.ACTION}{verb}"
    headers = operations.begin(
        request, resource, verb, action.polls, kind.namespace, path.subscription, kept, action.until(act)
    )
    return Reply(202, None, headers)
