"""`POST /emulator/seed`: load a real estate, exported as JSON, into the store in one request."""

from ipaddress import IPv4Address
from typing import Any

from azure_hotpatch.emulator.arm import providers, stored_types
from azure_hotpatch.emulator.arm.database.references import references
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.exchange import exports
from azure_hotpatch.emulator.arm.hierarchy.locations import checked
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import changes
from azure_hotpatch.emulator.arm.lifecycle.resource_type import LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol import bodies, members
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, BadRequest
from azure_hotpatch.emulator.arm.protocol.paths import GROUP_TYPE, ResourcePath, parse_path

_STAND_INS = {"microsoft.network/networkinterfaces", "microsoft.compute/disks"}


def seed(request: Request) -> Reply:
    """Store the resources of an export unchanged, with their resource groups.

    Nothing is checked as a PUT would be: what exists in Azure exists. A machine's interfaces and disks that the export
    leaves out are made, without content. What cannot be stored is answered with the reason; the rest is stored.
    """
    found = exports.rows(request.body)
    if found is None:
        raise BadRequest(
            "The body is not an export: it must be a list of resources, or an object with the list 'data' or 'value'.",
            code="InvalidSeed",
        )
    stored: list[Resource] = []
    skipped: list[Json] = []
    for at, row in enumerate(found):
        try:
            stored.append(_store(request.tx, row))
        except ArmError as error:
            skipped.append({"id": _id_of(row) or f"[{at}]", "reason": error.message})
    stood_in = [name for resource in stored for name in _stand_in(request.tx, resource)]
    return Reply(200, {"stored": len(stored), "standIns": stood_in, "skipped": skipped})


def _id_of(row: Any) -> str:
    return str(row.get("id", "")) if isinstance(row, dict) else ""


def _store(tx: Transaction, row: Any) -> Resource:
    path = parse_path(_id_of(row))
    if not isinstance(row, dict) or path is None or not path.subscription:
        raise BadRequest("It has no id of a resource.")
    if not path.types:
        return _store_group(tx, path, row)
    if path.is_collection:
        raise BadRequest(f"The id '{path.id}' is that of a collection.")
    kind = providers.get(path.type)
    stored_types.check_allowed(tx, kind)
    body = bodies.without_nulls(exports.in_arms_form(row))
    members.check(changes.described(body, kind))
    if kind.as_sent:
        body = stored_types.kept(path.id, body)
    _check_owner(tx, path)
    if path.group:
        _make_group(tx, path, str(body.get("location", "")))
    return _save(tx, kind, _spelled(path, kind), body)


def _check_owner(tx: Transaction, path: ResourcePath) -> None:
    owner = path.parent.id if path.parent else (path.scope if path.extends_resource else "")
    if owner and tx.find(owner) is None:
        raise BadRequest(f"What it belongs to, '{owner}', is neither in the store nor before it in the export.")


def _spelled(path: ResourcePath, kind: ResourceType) -> str:
    """The id with the type as the emulator spells it; Resource Graph writes ids and types in lower case."""
    types = kind.name.split("/")[1:]
    steps = [step for pair in zip(types, path.names, strict=True) for step in pair]
    return "/".join((path.scope, "providers", kind.namespace, *steps))


def _store_group(tx: Transaction, path: ResourcePath, row: Json) -> Resource:
    if not path.group:
        raise BadRequest("A subscription need not be seeded: every subscription is there.")
    location = checked(str(row.get("location", "")), GROUP_TYPE)
    group = Resource(path.group_id, GROUP_TYPE, {"location": location, "tags": row.get("tags") or {}})
    tx.save(group)
    return group


def _make_group(tx: Transaction, path: ResourcePath, location: str) -> None:
    if tx.find(path.group_id) is None:
        tx.save(Resource(path.group_id, GROUP_TYPE, {"location": location or "westeurope"}))


def _save(tx: Transaction, kind: ResourceType, resource_id: str, body: Json, order: int = 0) -> Resource:
    kept: Json = {name: value for name, value in body.items() if name not in {"id", "name", "type", "systemData"}}
    if kept.get("location"):
        kept["location"] = checked(str(kept["location"]), kind.name)
    elif kind.place is LocationRule.REGION:
        raise BadRequest("It has no location.")
    properties = kept.setdefault("properties", {})
    properties.pop("provisioningState", None)
    for path in kind.secrets:
        bodies.drop(properties, path)
    parts = {name: list(bodies.items(properties, name)) for name in kind.parts}
    for name in kind.parts:
        properties.pop(name, None)
    before = tx.find(resource_id)
    hidden = {**(before.hidden if before else {}), **({"order": order} if order else {})}
    resource = Resource(before.id if before else resource_id, kind.name, kept, hidden=hidden)
    tx.save(resource)
    _reserve_addresses(tx, resource)
    for name, children in parts.items():
        _save_parts(tx, providers.get(kind.parts[name]), f"{resource.id}/{name}", children)
    return resource


def _reserve_addresses(tx: Transaction, resource: Resource) -> None:
    """The private addresses that a resource has are nobody else's; one that is taken stays with who has it."""
    for configuration in bodies.items(resource.body["properties"], "ipConfigurations"):
        subnet = bodies.read(configuration, "properties.subnet.id")
        address = bodies.read(configuration, "properties.privateIPAddress")
        number = _number(address)
        if subnet and number is not None:
            tx.take_address(str(subnet), number, resource.id)


def _number(address: Any) -> int | None:
    try:
        return int(IPv4Address(str(address)))
    except ValueError:
        return None


def _save_parts(tx: Transaction, kind: ResourceType, collection: str, children: list[Json]) -> None:
    for order, child in enumerate(children):
        if child.get("name"):
            _save(tx, kind, f"{collection}/{child['name']}", child, order)


def _stand_in(tx: Transaction, resource: Resource) -> list[str]:
    """Make the interfaces and disks that a machine names and nobody has; their ids."""
    if resource.type.lower() != "microsoft.compute/virtualmachines":
        return []
    made = []
    for _, target in sorted(references(resource.id, resource.body)):
        path = parse_path(target)
        if path is None or path.type.lower() not in _STAND_INS or tx.find(target):
            continue
        _make_group(tx, path, str(resource.body.get("location", "")))
        kind = providers.get(path.type)
        tx.save(Resource(_spelled(path, kind), kind.name, _content(kind, resource, target)))
        made.append(target)
    return made


def _content(kind: ResourceType, machine: Resource, target: str) -> Json:
    """What a machine's own body says of the interface or disk; the size of a Windows image where it says none."""
    location = machine.body.get("location")
    if kind.short_name != "disks":
        return {"location": location, "properties": {"ipConfigurations": []}}
    storage = bodies.read(machine.body, "properties.storageProfile") or {}
    disks = (storage.get("osDisk") or {}, *bodies.items(storage, "dataDisks"))
    said = next((one for one in disks if str(bodies.read(one, "managedDisk.id")).lower() == target.lower()), {})
    return {
        "location": location,
        "sku": {"name": bodies.read(said, "managedDisk.storageAccountType") or "Premium_LRS"},
        "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": said.get("diskSizeGB") or 127},
    }
