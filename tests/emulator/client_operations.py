"""Every operation of Microsoft's own clients, and whether the emulated Azure answers it: found by calling each."""

import importlib
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from azure_hotpatch.emulator.arm import providers, routes
from tests.emulator.arm.conftest import SUBSCRIPTION, Arm
from tests.emulator.arm.every_type import GROUP, world

CLIENTS = {
    "azure-mgmt-compute": "azure.mgmt.compute",
    "azure-mgmt-hybridcompute": "azure.mgmt.hybridcompute",
    "azure-mgmt-maintenance": "azure.mgmt.maintenance",
    "azure-mgmt-network": "azure.mgmt.network",
    "azure-mgmt-resource": "azure.mgmt.resource.resources",
    "azure-mgmt-resource-deployments": "azure.mgmt.resource.deployments",
    "azure-mgmt-resource-locks": "azure.mgmt.resource.locks",
    "azure-mgmt-resource-policy": "azure.mgmt.resource.policy",
    "azure-mgmt-resource-subscriptions": "azure.mgmt.resource.subscriptions",
}
_BLOCK = re.MULTILINE | re.DOTALL
_BUILDER = re.compile(r"^def build_(?P<name>\w+)_request\((?P<body>.*?)(?=^def |^class |\Z)", _BLOCK)
_VERSION = re.compile(r'"api-version", "([\w.-]+)"')
_URL = re.compile(r'_url = (?:kwargs\.pop\(\s*"template_url",)?\s*\(?\s*((?:"[^"]*"\s*)+)')
_METHOD = re.compile(r'method="(\w+)"')
_CLASS = re.compile(r"^class (?P<name>\w+?)Operations(?:Mixin)?[:(](?P<body>.*?)(?=^class |\Z)", _BLOCK)
_BUILT = re.compile(r"build_(\w+)_request\(")
_ANY_VERSION = "2024-03-01"  # of an operation whose caller names the version
_ABSENT = frozenset({"NotEmulated", "InvalidResourceNamespace", "InvalidRequestPath", "HttpMethodNotSupported"})
_GIVEN = {
    "subscriptionId": SUBSCRIPTION,
    "resourceGroupName": "fleet",
    "location": "westeurope",
    "resourceProviderNamespace": "Microsoft.Compute",
    "scope": GROUP.strip("/"),
    "resourceUri": GROUP.strip("/"),
    "parentResourcePath": "virtualMachines/web-1",
    "resourceType": "extensions",
    "resourceName": "health",
    "resourceId": f"{GROUP}/providers/Microsoft.Compute/disks/data".strip("/"),
    "policyAssignmentId": f"{GROUP}/providers/Microsoft.Authorization/policyAssignments/no-manual".strip("/"),
}


class Answer(Enum):
    EMULATED = "emulated"
    STORED = "stored"
    ABSENT = "absent"


class ClientOperation(NamedTuple):
    group: str  # of the client's methods: "VirtualMachines"
    name: str  # without the group's name: "begin_start" is "start"
    method: str
    url: str
    version: str


def operations(package: str) -> Iterator[ClientOperation]:
    """The operations of a client, out of the code that Microsoft generates for it."""
    folder = Path(str(importlib.import_module(f"{package}.operations").__file__)).parent
    for file in sorted(folder.glob("_*operations.py")):
        text = file.read_text(encoding="utf-8")
        requests = {match["name"]: match["body"] for match in _BUILDER.finditer(text)}
        for group in _CLASS.finditer(text):
            for name in dict.fromkeys(_BUILT.findall(group["body"])):
                yield _operation(group["name"].lstrip("_"), name, requests[name])


def _operation(group: str, name: str, request: str) -> ClientOperation:
    prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", group).lower()
    url, method, version = _URL.search(request), _METHOD.search(request), _VERSION.search(request)
    assert url, name
    assert method, name
    whole = "".join(re.findall(r'"([^"]*)"', url[1]))
    return ClientOperation(
        group, name.removeprefix(f"{prefix}_"), method[1], whole, version[1] if version else _ANY_VERSION
    )


def answers(package: str) -> dict[str, dict[str, Answer]]:
    """By group and name of the operation: how it is answered."""
    arm, rows = world()
    places = {kind.lower(): path for kind, path, _ in reversed(rows)}
    found: dict[str, dict[str, Answer]] = {}
    for operation in operations(package):
        found.setdefault(operation.group, {})[operation.name] = _answer(arm, places, operation)
    return found


def _answer(arm: Arm, places: dict[str, str], operation: ClientOperation) -> Answer:
    path = _placed(operation, places)
    if any(operation.method in route.methods.split() and route.path.fullmatch(path) for route in routes.ROUTES):
        return Answer.EMULATED
    answer = Answer.EMULATED if _is_emulated(path) else Answer.STORED
    if operation.method not in {"GET", "POST"}:
        return answer if providers.is_known(_type(path)) else Answer.ABSENT
    reply = arm.ask(operation.method, path, {} if operation.method == "POST" else None, operation.version)
    refused = reply.json().get("error", {}).get("code") if reply.content and reply.status_code >= 400 else None
    return Answer.ABSENT if refused in _ABSENT else answer


def _placed(operation: ClientOperation, places: dict[str, str]) -> str:
    """The path of a resource that is there, as far as it goes."""
    url = re.sub(r"\{(\w+)\}", lambda match: _GIVEN.get(match[1], match[0]), operation.url)
    head, _, tail = url.rpartition("/providers/")
    steps = tail.split("/")
    for end in range(len(steps) - 1 | 1, 1, -2):  # a namespace, and pairs of types and names
        place = places.get(_type(f"/providers/{'/'.join(steps[:end])}").lower())
        if place and end <= len(steps):
            return _filled("/".join((place, *steps[end:])))
    return _filled(f"{head}/providers/{tail}" if head or tail != url else url)


def _type(path: str) -> str:
    namespace, *steps = path.rpartition("/providers/")[2].split("/")
    return "/".join((namespace, *steps[::2]))


def _is_emulated(path: str) -> bool:
    """Whether a path is a resource or a list of an emulated type, or an action or a view of one."""
    kind = _type(path)
    if providers.find(kind):
        return True
    owner = providers.find(kind.rpartition("/")[0])
    known = {name.lower() for name in (*owner.actions, *owner.views)} if owner else set()
    return kind.rpartition("/")[2].lower() in known


def _filled(path: str) -> str:
    return re.sub(r"\{\w+\}", "any", path if path.startswith("/") else f"/{path}")
