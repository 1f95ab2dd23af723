"""What may be done with the types of a provider, by the names that roles have for it."""

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.hierarchy import registrations
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json

_VERBS = {"read": "Read", "write": "Create or update", "delete": "Delete"}


def list_all(request: Request) -> Reply:
    """The operations on the types that are emulated; none of a provider whose types are stored as sent."""
    namespace = registrations.known(request.parameters["namespace"])
    kinds = [kind for kind in providers.TYPES if kind.namespace == namespace]
    values = [one for kind in kinds for one in _operations(kind)]
    return Reply(200, {"value": queries.applied(request.query, values, queries.NONE, "operations")})


def _operations(kind: ResourceType) -> list[Json]:
    verbs = [_operation(kind, verb, words) for verb, words in _VERBS.items()]
    ends = {name: "read" if action.methods == ("GET",) else "action" for name, action in kind.actions.items()}
    return [*verbs, *(_operation(kind, f"{name}/{end}", name) for name, end in ends.items())]


def _operation(kind: ResourceType, verb: str, words: str) -> Json:
    display = {"provider": kind.namespace, "resource": kind.short_name, "operation": words, "description": words}
    return {"name": f"{kind.name}/{verb}", "isDataAction": False, "display": display}
