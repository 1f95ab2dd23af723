"""Managed disks: created directly, or together with a machine."""

import uuid
from dataclasses import dataclass

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import (
    ArmError,
    Conflict,
    InvalidParameter,
    OperationNotAllowed,
    PropertyChangeNotAllowed,
)
from azure_hotpatch.emulator.arm.providers.compute import disk_access, disk_facts, images, sizes

TYPE = "Microsoft.Compute/disks"
VERSIONS = ("2016-04-30-preview", "2026-12-31")


# "Azure managed disk types": the largest of each, in GiB.
_LARGEST, _LARGEST_ULTRA = 32767, 65536
_ULTRA = frozenset({"ultrassd_lrs", "premiumv2_lrs"})
_LONGEST_NAME = 80


def _prepare(change: Change) -> None:
    if len(change.name) > _LONGEST_NAME:  # AzureStorageExplorer 4425
        raise InvalidParameter("The value of parameter disk.name is invalid.", "disk.name")
    _require_source(change, "disk")
    if change.properties["creationData"]["createOption"] == "Empty" and "diskSizeGB" not in change.properties:
        raise InvalidParameter("Required parameter 'disk.diskSizeGB' is missing (null).", "disk.diskSizeGB")
    _refuse_smaller(change.previous.get("diskSizeGB", 0), change.properties.get("diskSizeGB"))
    if "diskSizeGB" in change.previous:
        fill(change.properties, {"diskSizeGB": change.previous["diskSizeGB"]})
    disk_facts.inherit(change.properties, _source(change))
    fill(change.properties, images.facts_of(str(read(change.properties, "creationData.imageReference.id"))))
    fill(change.body, {"sku.name": "Standard_LRS"})
    _refuse_too_large(str(change.body["sku"]["name"]), change.properties.get("diskSizeGB"), "disk.diskSizeGB")
    disk_facts.complete(change.body, change.previous, change.tx.now())
    disk_facts.check_tier(change.body, read(change.sent, "properties.tier"), change.previous)
    disk_facts.complete_performance(change.body)


def _require_source(change: Change, what: str) -> None:
    if not read(change.properties, "creationData.createOption"):
        name = f"{what}.creationData"
        raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)


def _refuse_smaller(old: int, new: int | None) -> None:
    if new is not None and new < old:
        raise InvalidParameter(f"Disk size cannot be decreased from {old} GB to {new} GB.", "disk.diskSizeGB")


def _refuse_too_large(kind: str, size: int | None, name: str) -> None:
    """Refuse a size that no disk of this kind has."""
    most = _LARGEST_ULTRA if kind.lower() in _ULTRA else _LARGEST
    if size is not None and not 1 <= size <= most:  # wording not published
        raise InvalidParameter(
            f"The value '{size}' of parameter '{name}' is out of range. The value must be between '1' and '{most}', "
            "inclusive.",
            name,
        )


def _source(change: Change) -> Json:
    """The properties of the disk or snapshot that this one is a copy of; {} where it is none, or not known."""
    found = change.tx.find(str(read(change.properties, "creationData.sourceResourceId")))
    return dict(found.body["properties"]) if found else {}


def _show(tx: Transaction, disk: Resource, shown: Json) -> None:
    owners = _machines(tx.users(disk.id))
    shown["properties"]["diskState"] = disk_access.state(tx, disk, attached=bool(owners))
    if owners:
        shown["managedBy"] = owners[0]


def _machines(users: list[str]) -> list[str]:
    """Those that have a disk attached: a snapshot or an image that was made of it does not hold it."""
    return [user for user in users if "/virtualmachines/" in user.lower()]


def _in_use(disk: Resource, users: list[str]) -> ArmError | None:
    machines = _machines(users)
    return OperationNotAllowed(f"Disk {disk.name} is attached to VM {machines[0]}.") if machines else None


@dataclass(frozen=True, slots=True)
class NewDisk:
    """What is made where a machine names a disk that is not there yet."""

    properties: Json  # its creationData, and what follows from an image
    size: int | None = None  # in GB, where the machine names none


def for_machine(change: Change, wanted: Json, default_name: str, new: NewDisk) -> None:
    """Complete one disk of a machine's storageProfile, the osDisk or one of dataDisks; make it if it is not there."""
    fill(wanted, {"deleteOption": "Detach"})
    if str(wanted.get("createOption", "")).lower() == "attach":
        _attach(change, wanted)
        return
    fill(wanted, {"name": default_name})
    if "vhd" in wanted or "vhdContainers" in wanted:  # an unmanaged disk is a blob of an account's
        return
    fill(wanted, {"managedDisk": {}})
    group = change.id.split("/providers/")[0]
    disk_id = f"{group}/providers/{TYPE}/{wanted['name']}"
    wanted["managedDisk"]["id"] = disk_id
    there = change.tx.find(disk_id)
    if there:
        _adapt(change, there, wanted)
        return
    vm_size = str(read(change.properties, "hardwareProfile.vmSize"))
    fill(wanted["managedDisk"], {"storageAccountType": sizes.default_disk(vm_size)})
    if new.size is not None:
        fill(wanted, {"diskSizeGB": new.size})
    _refuse_too_large(wanted["managedDisk"]["storageAccountType"], wanted.get("diskSizeGB"), "diskSizeGB")
    change.tx.save(Resource(disk_id, TYPE, _body(change, wanted, new)))


def _adapt(change: Change, disk: Resource, wanted: Json) -> None:
    """Change a disk that is there to what its machine now says of it: it may grow."""
    properties = disk.body["properties"]
    fill(wanted["managedDisk"], {"storageAccountType": disk.body["sku"]["name"]})
    if "diskSizeGB" in properties:
        _refuse_smaller(properties["diskSizeGB"], wanted.get("diskSizeGB"))
        _refuse_too_large(wanted["managedDisk"]["storageAccountType"], wanted.get("diskSizeGB"), "diskSizeGB")
        fill(wanted, {"diskSizeGB": properties["diskSizeGB"]})
    if "diskSizeGB" in wanted:
        properties["diskSizeGB"] = wanted["diskSizeGB"]
    disk.body["sku"]["name"] = wanted["managedDisk"]["storageAccountType"]
    disk_facts.complete(disk.body, properties, change.tx.now())
    disk_facts.complete_performance(disk.body)
    change.tx.save(disk)


def _tell_machine(change: Change) -> None:
    """A disk that grows by itself grows in the body of the machine that has it."""
    if change.previous.get("diskSizeGB") == change.properties.get("diskSizeGB"):
        return
    for machine in filter(None, map(change.tx.find, change.tx.users(change.id))):
        storage = read(machine.body, "properties.storageProfile") or {}
        for disk in (storage.get("osDisk") or {}, *items(storage, "dataDisks")):
            if str(read(disk, "managedDisk.id")).lower() == change.id.lower():
                disk["diskSizeGB"] = change.properties["diskSizeGB"]
                change.tx.save(machine)


def _attach(change: Change, wanted: Json) -> None:
    disk_id = read(wanted, "managedDisk.id")
    disk = change.tx.find(disk_id) if disk_id else None
    if disk is None:
        return
    owners = [owner for owner in _machines(change.tx.users(disk.id)) if owner.lower() != change.id.lower()]
    if owners:
        raise Conflict(
            f"Disk '{disk.id}' cannot be attached as the disk is already owned by VM '{owners[0]}'.",
            code="ConflictingUserInput",
        )
    refusal = disk_access.refuse(change.tx, disk)
    if refusal:
        raise refusal
    fill(wanted, {"name": disk.name})
    if change.id.lower() not in {user.lower() for user in change.tx.users(disk.id)}:
        disk.body["properties"]["LastOwnershipUpdateTime"] = stamp(change.tx.now())
    _adapt(change, disk, wanted)


def _body(change: Change, wanted: Json, new: NewDisk) -> Json:
    stated = {name: wanted[name] for name in ("diskSizeGB", "osType") if name in wanted}
    body: Json = {
        "location": change.location,
        "sku": {"name": wanted["managedDisk"]["storageAccountType"]},
        "properties": {**new.properties, **stated, "LastOwnershipUpdateTime": stamp(change.tx.now())},
    }
    if change.body.get("zones"):
        body["zones"] = change.body["zones"]
    disk_facts.complete(body, {}, change.tx.now())
    disk_facts.complete_performance(body)
    return body


def _prepare_snapshot(change: Change) -> None:
    _require_source(change, "snapshot")
    disk_facts.inherit(change.properties, _source(change))
    fill(change.body, {"sku.name": "Standard_LRS", "properties.incremental": False})
    disk_facts.complete(change.body, change.previous, change.tx.now())
    if change.properties["incremental"]:
        family = change.previous.get("incrementalSnapshotFamilyId") or str(uuid.uuid4())
        change.properties["incrementalSnapshotFamilyId"] = family


def _show_snapshot(tx: Transaction, snapshot: Resource, shown: Json) -> None:
    shown["properties"]["diskState"] = disk_access.state(tx, snapshot, attached=False)


_KEEPS = {"zones": lambda _change: PropertyChangeNotAllowed("zones")}

TYPES = (
    ResourceType(
        TYPE,
        VERSIONS,
        prepare=_prepare,
        show=_show,
        saved=_tell_machine,
        in_use=_in_use,
        undeletable=disk_access.refuse,
        keeps=_KEEPS,
        actions=disk_access.ACTIONS,
        created=202,
        polls=0,
    ),
    ResourceType(
        "Microsoft.Compute/snapshots",
        VERSIONS,
        prepare=_prepare_snapshot,
        show=_show_snapshot,
        undeletable=disk_access.refuse,
        actions=disk_access.ACTIONS,
        checks_references=True,
        created=202,
        polls=0,
    ),
)
