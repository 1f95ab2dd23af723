"""The disks of a machine: those created with it, their smallest size, and that they never shrink."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter, OperationNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import disks, images, sizes

EMPTY = disks.NewDisk({"creationData": {"createOption": "Empty"}})


def complete(change: Change, image: Json, *, windows: bool) -> None:
    """Fill in a machine's storageProfile, and make the disks that are not there yet."""
    storage = change.properties["storageProfile"]
    os_disk = storage.setdefault("osDisk", {})
    before = change.previous.get("storageProfile", {})
    fill(os_disk, {"createOption": "FromImage", "caching": "ReadWrite"})
    fill(os_disk, {"osType": "Windows" if windows else "Linux"})
    if image:
        check_size(os_disk, image, windows=windows)
    _check_kinds(change, storage)
    name = read(before, "osDisk.name") or f"{change.name}_OsDisk_1_{uuid.uuid4().hex}"
    disks.for_machine(change, os_disk, name, from_image(change, image, windows=windows))
    old_names = {disk["lun"]: disk["name"] for disk in items(before, "dataDisks")}
    refuse_shared_lun(storage)
    for disk in items(storage, "dataDisks"):
        if "lun" not in disk:
            raise InvalidParameter("Required parameter 'dataDisk.lun' is missing (null).", "dataDisk.lun")
        fill(disk, {"caching": "None", "toBeDetached": False})
        name = old_names.get(disk["lun"]) or f"{change.name}_disk{disk['lun'] + 2}_{uuid.uuid4().hex}"
        disks.for_machine(change, disk, name, EMPTY)
    storage.setdefault("dataDisks", [])


def from_image(change: Change, image: Json, *, windows: bool) -> disks.NewDisk:
    """The OS disk that a machine, or an instance of a set, gets from its image."""
    properties: Json = {
        "creationData": {"createOption": "FromImage", "imageReference": {"id": _image_id(change, image)}},
        "supportedCapabilities": {"acceleratedNetwork": True, "architecture": images.architecture(image)},
    }
    if image.get("publisher"):
        properties["hyperVGeneration"] = images.hyper_v(image)
    security = read(change.properties, "securityProfile.securityType")
    if security:
        properties["securityProfile"] = {"securityType": security}
    return disks.NewDisk(properties, images.disk_gb(image, windows=windows))


def _check_kinds(change: Change, storage: Json) -> None:
    vm_size = str(change.properties["hardwareProfile"]["vmSize"])
    for target, disk in (("osDisk", storage["osDisk"]), *(("dataDisk", one) for one in items(storage, "dataDisks"))):
        kind = read(disk, "managedDisk.storageAccountType")
        sizes.check_disk(vm_size, kind, str(disk.get("name") or change.name), target)


def refuse_shared_lun(storage: Json) -> None:
    """Refuse two data disks at one place."""
    luns = [disk.get("lun") for disk in items(storage, "dataDisks")]
    twice = next((lun for lun in luns if lun is not None and luns.count(lun) > 1), None)
    if twice is not None:  # azure-sdk-for-go 678
        raise InvalidParameter(f"A disk at LUN {twice} already exists.", "dataDisk.lun")


def check_size(os_disk: Json, image: Json, *, windows: bool) -> None:
    """Refuse an OS disk that is smaller than its marketplace image; azure-sdk-for-python 23051."""
    wanted = os_disk.get("diskSizeGB")
    if wanted is None or not image.get("publisher"):
        return
    least = images.disk_gb(image, windows=windows)
    if wanted < least:
        raise OperationNotAllowed(
            f"The specified disk size {wanted} GB is smaller than the size of the corresponding disk in the VM image: "
            f"{least} GB. This is not allowed. Please choose equal or greater size or do not specify an explicit size.",
            "osDisk.diskSizeGB",
        )


def deleted(tx: Transaction, machine: Resource) -> None:
    """Delete the disks whose deleteOption is Delete together with the machine; keep the rest, as Azure does."""
    storage = machine.body["properties"]["storageProfile"]
    for disk in (storage.get("osDisk", {}), *items(storage, "dataDisks")):
        if disk.get("deleteOption") == "Delete" and read(disk, "managedDisk.id"):
            tx.remove(disk["managedDisk"]["id"])
    for interface in items(machine.body["properties"]["networkProfile"], "networkInterfaces"):
        if read(interface, "properties.deleteOption") == "Delete":
            tx.remove(interface["id"])


def _image_id(change: Change, image: Json) -> str:
    if "id" in image:
        return str(image["id"])
    subscription = change.id.split("/")[2]
    return (
        f"/Subscriptions/{subscription}/Providers/Microsoft.Compute/Locations/{change.location}/Publishers/"
        f"{image.get('publisher')}/ArtifactTypes/VMImage/Offers/{image.get('offer')}/Skus/{image.get('sku')}/Versions/"
        f"{image.get('exactVersion')}"
    )
