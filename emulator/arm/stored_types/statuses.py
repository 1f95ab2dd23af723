"""The statuses that Azure answers for stored types where they are not the usual 201, 200 and 204."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

# Namespace -> types of it: those of which a PUT of something new is answered with 200, or with 202 and an operation to
# poll, a PUT over what is there with 201, and a DELETE with 202 and an operation. Other statuses their clients do not
# take (azure-mgmt-compute 39, -network 33, -hybridcompute 10; HashiCorp's go-azure-sdk 0.20260811, which is made from
# Microsoft's specifications).
_FILE = Path(__file__).with_name("statuses.json")
# The Azure CLI's client of shared queries takes no other status than this; newer versions answer 201
# (azure-cli-extensions, resource-graph; azure-rest-api-specs, Microsoft.ResourceGraph/queries).
_CREATED_BY = {"microsoft.resourcegraph/queries": {"2018-09-01-preview": 200}}


def created(resource_type: str) -> int:
    """The status of a PUT that creates."""
    if _is_in(resource_type, "createdWith202"):
        return 202
    return 200 if _is_in(resource_type, "createdWith200") else 201


def created_by(resource_type: str) -> Mapping[str, int]:
    """The same for api-versions that have a status of their own."""
    return _CREATED_BY.get(resource_type.lower(), {})


def replaced(resource_type: str) -> int:
    """The status of a PUT over what is there."""
    if _is_in(resource_type, "createdWith202"):
        return 202
    return 201 if _is_in(resource_type, "replacedWith201") else 200


def polls(resource_type: str) -> int | None:
    """How often a PUT is asked about; None where it is done when it is answered."""
    return 0 if _is_in(resource_type, "createdWith202") else None


def delete_polls(resource_type: str) -> int | None:
    """How often a DELETE is asked about; None where it is done when it is answered."""
    return 0 if _is_in(resource_type, "deletedWith202") else None


def _is_in(resource_type: str, kind: str) -> bool:
    return resource_type.lower() in _types()[kind]


@cache
def _types() -> dict[str, frozenset[str]]:
    raw: dict[str, dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        kind: frozenset(f"{namespace}/{short}" for namespace, types in listed.items() for short in types.split())
        for kind, listed in raw.items()
    }
