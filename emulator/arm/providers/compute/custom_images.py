"""Custom images, and the galleries that hold them."""

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter
from azure_hotpatch.emulator.arm.providers.compute import images

_GALLERIES = "Microsoft.Compute/galleries"
_VERSIONS = ("2018-06-01", "2026-12-31")
_GENERALIZED = "Generalized"


def _prepare_image(change: Change) -> None:
    machine = read(change.properties, "sourceVirtualMachine.id")
    if not machine and not read(change.properties, "storageProfile.osDisk"):
        raise InvalidParameter("Required parameter 'storageProfile' is missing (null).", "storageProfile")
    source = change.tx.find(str(machine)) if machine else None
    if source:
        _fill_from_machine(change.properties, source)
    fill(change.properties, {"hyperVGeneration": "V1", "storageProfile.dataDisks": []})
    storage = change.properties["storageProfile"]
    fill(storage, {"zoneResilient": False})
    for disk in (storage.get("osDisk") or {}, *items(storage, "dataDisks")):
        fill(disk, {"caching": "None"})


def _fill_from_machine(properties: Json, machine: Resource) -> None:
    """An image of a machine has the machine's disks, and its generation."""
    storage = read(machine.body, "properties.storageProfile") or {}
    image = storage.get("imageReference") or {}
    if image.get("publisher"):
        fill(properties, {"hyperVGeneration": images.hyper_v(image)})
    disk = storage.get("osDisk") or {}
    fill(
        properties, {"storageProfile.osDisk": {**_imaged(disk), "osType": disk.get("osType"), "osState": _GENERALIZED}}
    )
    data = [{"lun": one["lun"], **_imaged(one)} for one in items(storage, "dataDisks")]
    fill(properties, {"storageProfile.dataDisks": data})


def _imaged(disk: Json) -> Json:
    managed = disk.get("managedDisk") or {}
    known = {
        "managedDisk": {"id": managed.get("id")} if managed.get("id") else None,
        "storageAccountType": managed.get("storageAccountType"),
        "caching": disk.get("caching"),
        "diskSizeGB": disk.get("diskSizeGB"),
    }
    return {name: value for name, value in known.items() if value is not None}


def _prepare_gallery(change: Change) -> None:
    unique = change.id.split("/")[2] + "-" + change.name.upper()
    fill(change.properties, {"identifier.uniqueName": unique})


def _prepare_definition(change: Change) -> None:
    for name in ("osType", "osState", "identifier"):
        if not change.properties.get(name):
            raise InvalidParameter(
                f"Required parameter 'galleryImage.properties.{name}' is missing (null).", f"galleryImage.{name}"
            )
    fill(change.properties, {"hyperVGeneration": "V1", "architecture": "x64"})


def _prepare_version(change: Change) -> None:
    fill(change.properties, {"safetyProfile.reportedForPolicyViolation": False})
    published = change.properties.setdefault("publishingProfile", {})
    fill(published, {"replicaCount": 1, "excludeFromLatest": False, "storageAccountType": "Standard_LRS"})
    fill(published, {"targetRegions": [{"name": change.location}]})
    for region in items(published, "targetRegions"):
        inherited = {"regionalReplicaCount": published["replicaCount"]}
        fill(region, {**inherited, "storageAccountType": published["storageAccountType"]})
    old = read(change.previous, "publishingProfile.publishedDate")
    published["publishedDate"] = old or stamp(change.tx.now())
    _fill_sizes(change)


def _fill_sizes(change: Change) -> None:
    """A version has the sizes of the disks of the image, or of the machine, that it is made of."""
    storage = change.properties.get("storageProfile") or {}
    source = change.tx.find(str(read(storage, "source.id") or read(storage, "source.virtualMachineId")))
    disks = read(source.body, "properties.storageProfile") if source else None
    if not disks:
        return
    fill(storage, {"osDiskImage": _version_disk(disks.get("osDisk") or {})})
    data = [{"lun": one["lun"], **_version_disk(one)} for one in items(disks, "dataDisks")]
    if data:
        fill(storage, {"dataDiskImages": data})


def _version_disk(disk: Json) -> Json:
    size = {"sizeInGB": disk["diskSizeGB"]} if "diskSizeGB" in disk else {}
    return {"hostCaching": disk.get("caching", "None"), **size}


TYPES = (
    ResourceType("Microsoft.Compute/images", ("2016-04-30-preview", "2026-12-31"), prepare=_prepare_image, polls=0),
    ResourceType(_GALLERIES, _VERSIONS, prepare=_prepare_gallery, polls=0),
    ResourceType(f"{_GALLERIES}/images", _VERSIONS, prepare=_prepare_definition, polls=0),
    ResourceType(f"{_GALLERIES}/images/versions", _VERSIONS, prepare=_prepare_version, polls=0),
)
