"""The instances of a scale set: how many there are, and how each is made."""

import copy
import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, drop, fill, items, read
from azure_hotpatch.emulator.arm.providers.compute import disks, etags, machine_disks, uniform_models
from azure_hotpatch.emulator.arm.providers.network import interfaces

TYPE = "Microsoft.Compute/virtualMachineScaleSets"
INSTANCES = f"{TYPE}/virtualMachines"
_MACHINES = "Microsoft.Compute/virtualMachines"


def is_flexible(properties: Json) -> bool:
    return str(properties.get("orchestrationMode")).lower() == "flexible"


def of(tx: Transaction, scale_set: Resource) -> list[Resource]:
    """A set's instances: machines of their own in a Flexible one, children in a Uniform one."""
    if not is_flexible(scale_set.body["properties"]):
        return tx.within(scale_set.id, INSTANCES)
    group = scale_set.id.split("/providers/")[0]
    machines = tx.within(f"{group}/providers/{_MACHINES}", _MACHINES)
    path = "properties.virtualMachineScaleSet.id"
    return [one for one in machines if str(read(one.body, path)).lower() == scale_set.key]


def shown(instance: Resource) -> Json:
    properties = {**instance.body.get("properties", {}), "provisioningState": instance.state}
    kind = INSTANCES if instance.type.lower() == INSTANCES.lower() else _MACHINES
    named = {"id": instance.id, "name": instance.name, "type": kind, "instanceId": instance.name}
    found = {**named, **instance.body, "properties": properties}
    if kind == INSTANCES:
        name_of_set(instance, found)
    return found


def name_of_set(instance: Resource, shown: Json) -> None:
    """An instance of a Uniform set is called after its set and its number, which alone ends its id."""
    shown["name"] = f"{instance.id.split('/')[-3]}_{instance.name}"


def scale(change: Change) -> None:
    """Create or delete machines until there are as many as sku.capacity."""
    scale_set = Resource(change.id, TYPE, change.body)
    there = of(change.tx, scale_set)
    wanted = int(read(change.body, "sku.capacity") or 0)
    if "virtualMachineProfile" not in change.properties:
        return
    remove(change.tx, there[wanted:])
    _mark_outdated(change, there[:wanted])
    first = max((int(one.name) for one in there if one.name.isdigit()), default=-1) + 1
    for number in range(first, first + wanted - len(there)):
        if is_flexible(change.properties):
            _make_machine(change)
        else:
            _make_instance(change, number)


def remove(tx: Transaction, machines: list[Resource]) -> None:
    """Delete instances with the interfaces and disks that were made for them."""
    for machine in machines:
        tx.remove(machine.id)
        _remove_parts(tx, machine)


def _remove_parts(tx: Transaction, machine: Resource) -> None:
    disk = read(machine.body, "properties.storageProfile.osDisk.managedDisk.id")
    if disk:
        tx.remove(disk)
    for interface in items(read(machine.body, "properties.networkProfile") or {}, "networkInterfaces"):
        tx.remove(interface["id"])


def removed(tx: Transaction, instance: Resource) -> None:
    """Deleting a single instance deletes its disk, and lowers the capacity of its set."""
    _remove_parts(tx, instance)
    scale_set = tx.find(instance.id.rsplit("/", 2)[0])
    if scale_set:
        scale_set.body["sku"]["capacity"] = len(of(tx, scale_set))
        tx.save(scale_set)


def _mark_outdated(change: Change, there: list[Resource]) -> None:
    """Instances of a Uniform set that upgrades by hand stay behind its new model until they are upgraded."""
    mode = str(read(change.properties, "upgradePolicy.mode")).lower()
    if mode != "manual" or _model(change.previous) in ({}, _model(change.properties)):
        return
    for one in there:
        if "latestModelApplied" in one.body.get("properties", {}):
            one.body["properties"]["latestModelApplied"] = False
            change.tx.save(one)


def _model(properties: Json) -> Json:
    profile = dict(properties.get("virtualMachineProfile") or {})
    return {name: value for name, value in profile.items() if name != "timeCreated"}


def _make_machine(change: Change) -> None:
    suffix = uuid.uuid4().hex[:8]
    group = change.id.split("/providers/")[0]
    machine_id = f"{group}/providers/{_MACHINES}/{change.name}_{suffix}"
    profile = copy.deepcopy(change.properties["virtualMachineProfile"])
    links = [_make_interface(change, group, one, suffix) for one in _interfaces(profile)]
    system = profile.get("osProfile", {})
    prefix = system.pop("computerNamePrefix", change.name)
    properties: Json = {
        "virtualMachineScaleSet": {"id": change.id},
        "hardwareProfile": {"vmSize": read(change.body, "sku.name")},
        "storageProfile": profile.get("storageProfile", {}),
        "osProfile": {"computerName": f"{prefix}{suffix[:6].upper()}", **system},
        "networkProfile": {"networkInterfaces": links},
        "securityProfile": profile.get("securityProfile"),
        "vmId": str(uuid.uuid4()),
        "timeCreated": stamp(change.tx.now()),
    }
    body: Json = {
        "location": change.location,
        "tags": change.body.get("tags"),
        "zones": change.body.get("zones", [])[:1] or None,
        "properties": {name: value for name, value in properties.items() if value is not None},
    }
    _make_os_disk(change, machine_id, body)
    change.tx.save(Resource(machine_id, _MACHINES, {name: value for name, value in body.items() if value is not None}))


def _make_os_disk(change: Change, machine_id: str, body: Json) -> None:
    part = Change(machine_id, change.version, body, {}, None, change.tx)
    storage = body["properties"]["storageProfile"]
    image = storage.get("imageReference") or {}
    name = f"{change.name}_{change.name}_{part.name}" if part.name.isdigit() else part.name
    new = machine_disks.from_image(part, image, windows=storage["osDisk"]["osType"] == "Windows")
    disks.for_machine(part, storage["osDisk"], f"{name}_OsDisk_1_{uuid.uuid4().hex}", new)
    storage["osDisk"]["deleteOption"] = "Delete"


def _interfaces(profile: Json) -> list[Json]:
    return list(items(profile.get("networkProfile") or {}, "networkInterfaceConfigurations"))


def _make_interface(change: Change, group: str, configuration: Json, suffix: str) -> Json:
    properties = configuration.get("properties", {})
    # A public address for each machine would be made from this; the emulator makes none.
    drop(properties, "ipConfigurations.[].properties.publicIPAddressConfiguration")
    body = {
        "location": change.location,
        "properties": {
            name: properties[name]
            for name in ("ipConfigurations", "networkSecurityGroup", "enableAcceleratedNetworking", "dnsSettings")
            if name in properties
        },
    }
    interface_id = f"{group}/providers/{interfaces.TYPE}/{configuration['name']}-{suffix}"
    part = Change(interface_id, change.version, body, body, None, change.tx)
    interfaces.prepare(part)
    change.tx.save(Resource(interface_id, interfaces.TYPE, part.body))
    link = {"primary": properties.get("primary", False), "deleteOption": "Delete"}
    return {"id": interface_id, "properties": link}


def _make_instance(change: Change, number: int) -> None:
    instance_id, size = f"{change.id}/virtualMachines/{number}", change.body.get("sku") or {}
    body: Json = {
        "location": change.location,
        "etag": etags.FIRST,
        "instanceId": str(number),
        "sku": {name: value for name, value in size.items() if name != "capacity"},
        "properties": uniform_models.properties(change, number),
    }
    fill(body, {"tags": change.body.get("tags") or {}})
    _make_os_disk(change, instance_id, body)
    change.tx.save(Resource(instance_id, INSTANCES, body))
