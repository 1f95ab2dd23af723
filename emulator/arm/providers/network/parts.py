"""What all types of Microsoft.Network have in common: versions, etags, and named parts with ids of their own."""

import uuid
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, items
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, BadRequest, InvalidRequestFormat

VERSIONS = ("2015-06-15", "2026-12-31")
POLLS = 0  # the first question about an operation finds it done


def tagged(change: Change) -> None:
    """Give the resource a new etag, as every change does."""
    change.body["etag"] = f'W/"{uuid.uuid4()}"'


def required(change: Change, name: str) -> Any:
    value = change.properties.get(name)
    if value is None:
        raise InvalidRequestFormat(name, "properties")
    return value


def identify(change: Change, name: str, part_type: str) -> list[Json]:
    """Give the named parts of a list their ids, types and etags; the parts themselves."""
    parts = list(items(change.properties, name))
    for at, part in enumerate(parts):
        if not part.get("name"):
            raise InvalidRequestFormat("name", f"properties.{name}[{at}]")
        part["id"] = f"{change.id}/{name}/{part['name']}"
        part["type"] = part_type
        part["etag"] = change.body["etag"]
        part.setdefault("properties", {})["provisioningState"] = "Succeeded"
    return parts


def in_use(code: str, words: str) -> Callable[[Resource, list[str]], ArmError]:
    """The refusal to delete what others need; `words` may use {id}, {name}, {user} and {users}."""

    def error(resource: Resource, users: list[str]) -> ArmError:
        text = words.format(id=resource.id, name=resource.name, user=users[0], users=", ".join(users))
        return BadRequest(text, code=code, details=())

    return error


def zones_stay(change: Change) -> ArmError:
    """The refusal to move a resource to other zones."""
    old = ", ".join((change.before.body.get("zones") or []) if change.before else [])
    new = ", ".join(change.body.get("zones") or [])
    return BadRequest(
        f"Resource {change.id} has an existing availability zone constraint {old} and the request has availability "
        f"zone constraint {new}, which do not match. Zones cannot be added/updated/removed once the resource is "
        "created. The resource cannot be updated from regional to zonal or vice-versa.",
        code="ResourceAvailabilityZonesCannotBeModified",
    )


def sku_stays(change: Change) -> ArmError:
    """The refusal to change a SKU in place. Wording not published."""
    return BadRequest(f"The sku of resource {change.id} cannot be changed.", code="SkuCannotBeChanged")


def links(users: list[str], type_fragment: str) -> list[Json]:
    """The users of one type, as ARM links to them."""
    return [{"id": user} for user in users if f"/{type_fragment}/".lower() in user.lower()]
