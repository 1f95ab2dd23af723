"""Tags at a scope: the tags of a subscription, group or resource, without the rest of its body."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol import bodies
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import (
    BadRequest,
    InvalidRequestContent,
    ResourceGroupNotFound,
    ResourceNotFound,
)
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, type_and_name

TYPE = "Microsoft.Resources/tags"
_OPERATIONS = ("Merge", "Replace", "Delete")


def get(request: Request) -> Reply:
    return Reply(200, _shown(request, _owner(request)))


def put(request: Request) -> Reply:
    """Replace all tags."""
    return _saved(request, _owner(request), _sent(request))


def patch(request: Request) -> Reply:
    """Merge, replace or delete tags; a tag is deleted where the value that is sent for it is the one it has."""
    owner, sent, operation = _owner(request), _sent(request), request.object().get("operation")
    if operation not in _OPERATIONS:
        raise BadRequest(
            f"The operation '{operation}' is invalid. Supported values are: {', '.join(_OPERATIONS)}.",
            code="InvalidTagsOperation",
        )
    tags = dict(owner.body.get("tags") or {})
    if operation == "Merge":
        return _saved(request, owner, {**_without(tags, sent), **sent})
    if operation == "Replace":
        return _saved(request, owner, sent)
    gone = {name.lower(): value for name, value in sent.items()}
    return _saved(request, owner, {name: value for name, value in tags.items() if gone.get(name.lower()) != value})


def delete(request: Request) -> Reply:
    _saved(request, _owner(request), {})
    return Reply(200)


def _owner(request: Request) -> Resource:
    """The resource that the tags belong to; a subscription, which is not stored, gets a record for them."""
    scope = request.parameters["scope"]
    found = request.tx.find(_place(scope))
    if found:
        return found
    path = parse_path(scope)
    if path is None:
        raise BadRequest(f"The scope '{scope}' is invalid.", code="InvalidScope")
    if path.types:
        raise ResourceNotFound(type_and_name(path), path.group)
    if path.group:
        raise ResourceGroupNotFound(path.group)
    return Resource(_place(scope), TYPE, {})


def _place(scope: str) -> str:
    path = parse_path(scope)
    alone = path is not None and not path.types and not path.group
    return f"{scope}/providers/{TYPE}/default" if alone else scope


def _sent(request: Request) -> dict[str, str]:
    tags = bodies.read(request.object(), "properties.tags")
    if not isinstance(tags, dict) or not all(isinstance(value, str) for value in tags.values()):
        raise InvalidRequestContent("The member 'properties.tags' must be an object whose values are strings")
    return tags


def _without(tags: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """The tags without those names, in any letter case."""
    lower = {name.lower() for name in names}
    return {name: value for name, value in tags.items() if name.lower() not in lower}


def _saved(request: Request, owner: Resource, tags: dict[str, str]) -> Reply:
    owner.body["tags"] = tags
    request.tx.save(owner)
    return Reply(200, _shown(request, owner))


def _shown(request: Request, owner: Resource) -> Json:
    scope = request.parameters["scope"] if owner.type == TYPE else owner.id
    tags = owner.body.get("tags") or {}
    return {"id": f"{scope}/providers/{TYPE}/default", "name": "default", "type": TYPE, "properties": {"tags": tags}}
