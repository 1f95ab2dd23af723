"""The shape of resources and lists in a response."""

from urllib.parse import quote, urlencode

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json

PAGE = 200  # resources on a page; Azure's own number differs from type to type


def shown(tx: Transaction, resource: Resource, kind: ResourceType) -> Json:
    """A resource as ARM answers it: id, name, type, its body, its parts and its state."""
    answer: Json = {"id": resource.id, "name": resource.name, "type": kind.name, **resource.body}
    answer["properties"] = dict(resource.body.get("properties", {}))
    if kind.has_state:
        answer["properties"]["provisioningState"] = resource.state
    for name, child_type in kind.parts.items():
        answer["properties"][name] = _parts(tx, resource, child_type)
    kind.show(tx, resource, answer)
    return answer


def next_link(request: Request, after: str) -> str:
    query = {**request.query, "$skiptoken": after}
    return f"{request.base}{request.path}?{urlencode(query, safe='$/', quote_via=quote)}"


def _parts(tx: Transaction, resource: Resource, child_type: str) -> list[Json]:
    kind = providers.find(child_type)
    if kind is None:
        return []
    parts = sorted(tx.within(resource.id, child_type), key=lambda part: part.hidden.get("order", 0))
    return [shown(tx, part, kind) for part in parts]
