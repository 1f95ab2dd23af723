"""Which resource providers a subscription has: their types, their api-versions, and whether they are registered."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from azure_hotpatch.emulator.arm.hierarchy.locations import REGIONS
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import Conflict, NotFound

# Types with their api-versions, newest first, from azure-native's list of the versions that each type was generated
# from and from the newest of Azure's own clients; and the names of Azure's other providers.
_FILE = Path(__file__).with_name("api_versions.json")
_QUERIES = queries.Queries(lists=("metadata", "resourcetypes/aliases"))


def list_all(request: Request) -> Reply:
    values = [_shown(request, name) for name in (*_types(), *_others())]
    return Reply(200, {"value": queries.applied(request.query, values, _QUERIES, "resource providers")})


def get(request: Request) -> Reply:
    queries.expanded(request.query, _QUERIES.lists, "resource providers")
    return Reply(200, _shown(request, known(request.parameters["namespace"])))


def register(request: Request) -> Reply:
    """Every Azure namespace can be registered, including those whose types are not emulated."""
    namespace = known(request.parameters["namespace"])
    if namespace not in _types():
        request.tx.register(request.parameters["subscription"], namespace)
    return Reply(200, _shown(request, namespace))


def unregister(request: Request) -> Reply:
    """A provider whose resources are there stays ("Azure resource providers and types"); so do those emulated."""
    subscription, namespace = request.parameters["subscription"], known(request.parameters["namespace"])
    scope, prefix = f"/subscriptions/{subscription}", f"{namespace.lower()}/"
    if any(one.type.lower().startswith(prefix) for one in request.tx.within(scope)):  # wording not published
        raise Conflict(
            f"The resource provider '{namespace}' cannot be unregistered because the subscription has resources of it.",
            code="CannotUnregisterResourceProvider",
        )
    request.tx.unregister(subscription, namespace)
    return Reply(200, _shown(request, namespace))


def resource_types(request: Request) -> Reply:
    """The types of a provider in a list of their own."""
    found = _shown(request, known(request.parameters["namespace"]))["resourceTypes"]
    return Reply(200, {"value": queries.applied(request.query, found, queries.NONE, "resource types")})


def versions_of(resource_type: str) -> list[str]:
    """The api-versions of a type, newest first; none for a type that is not known."""
    namespace, _, short = resource_type.partition("/")
    found = _types().get(_spelling().get(namespace.lower(), ""), {})
    return next((versions for name, versions in found.items() if name.lower() == short.lower()), [])


def spelled(namespace: str) -> str | None:
    """A namespace as Azure spells it; None where none of its providers has that name."""
    return _spelling().get(namespace.lower())


def known(wanted: str) -> str:
    """A namespace as Azure spells it, which must be one of its."""
    namespace = spelled(wanted)
    if namespace is None:
        raise NotFound(f"The resource namespace '{wanted}' is invalid.", code="InvalidResourceNamespace")
    return namespace


def _shown(request: Request, namespace: str) -> Json:
    """A provider of a subscription, or of the tenant, which registers none."""
    subscription = request.parameters.get("subscription")
    return {
        "id": f"/subscriptions/{subscription}/providers/{namespace}" if subscription else f"/providers/{namespace}",
        "namespace": namespace,
        **(_registration(request, subscription, namespace) if subscription else {}),
        "resourceTypes": [
            {"resourceType": name, "locations": list(REGIONS.values()), "apiVersions": versions, "capabilities": "None"}
            for name, versions in _types().get(namespace, {}).items()
        ],
    }


def _registration(request: Request, subscription: str, namespace: str) -> Json:
    registered = namespace in _types() or request.tx.is_registered(subscription, namespace)
    state = "Registered" if registered else "NotRegistered"
    return {"registrationState": state, "registrationPolicy": "RegistrationRequired"}


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


@cache
def _types() -> dict[str, dict[str, list[str]]]:
    """Namespace -> type below it -> api-versions."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, versions in _file()["types"].items():
        namespace, _, short = name.partition("/")
        found.setdefault(namespace, {})[short] = versions.split()
    return found


@cache
def _others() -> tuple[str, ...]:
    return tuple(_file()["otherNamespaces"].split())


@cache
def _spelling() -> dict[str, str]:
    return {name.lower(): name for name in (*_types(), *_others())}
