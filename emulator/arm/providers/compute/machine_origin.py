"""What a machine is created from, an image or a disk, and the properties that this requires and forbids."""

from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidParameter, PropertyChangeNotAllowed
from azure_hotpatch.emulator.arm.protocol.paths import parse_path
from azure_hotpatch.emulator.arm.providers.compute import instances

_GALLERY_IMAGES = "microsoft.compute/galleries/images"


def check(change: Change) -> None:
    """Refuse a machine that lacks a required property, or sets one that its image or disk decides."""
    for path in ("hardwareProfile.vmSize", "storageProfile", "networkProfile"):
        if read(change.properties, path) is None:
            _require(path.rsplit(".", 1)[-1])
    storage = change.properties["storageProfile"]
    if not storage.get("imageReference") and not storage.get("osDisk"):
        _require("imageReference")
    _check_profile(change, storage)
    _check_place(change)
    _check_alone(change)
    _check_set(change)


def _check_profile(change: Change, storage: Json) -> None:
    given = "osProfile" in change.properties
    if change.before:
        if given and "osProfile" not in change.previous:  # terraform-provider-azurerm 24533
            raise PropertyChangeNotAllowed("osProfile")
        return
    if _is_set_up(change.tx, storage):
        if given:  # pulumi-azure-native 2341
            raise InvalidParameter("Parameter 'osProfile' is not allowed.", "osProfile")
    elif not given and not _is_foreign(storage):
        _require("osProfile")


def _is_set_up(tx: Transaction, storage: Json) -> bool:
    """Whether the system was set up before: an attached disk's was, and a specialized image's."""
    if str(read(storage, "osDisk.createOption")).lower() == "attach":
        return True
    path = parse_path(str(read(storage, "imageReference.id") or ""))
    while path and path.types and path.type.lower() != _GALLERY_IMAGES:
        path = path.parent
    definition = tx.find(path.id) if path and path.types else None
    return definition is not None and str(read(definition.body, "properties.osState")).lower() == "specialized"


def _is_foreign(storage: Json) -> bool:
    """Whether the image is in another owner's gallery, so that it is unknown whether it is specialized."""
    image = storage.get("imageReference") or {}
    return any(image.get(name) for name in ("communityGalleryImageId", "sharedGalleryImageId"))


def _check_place(change: Change) -> None:
    if change.body.get("zones") and read(change.properties, "availabilitySet.id"):  # wording not published
        raise BadRequest(
            "Virtual Machine cannot be created because both Availability Set and Availability Zone were specified. "
            "Deploying an Availability Set to an Availability Zone is not supported."
        )


def _check_alone(change: Change) -> None:
    """A machine is in one zone, and in an availability set or a scale set; wordings not published."""
    zones = change.body.get("zones") or ()
    if len(zones) > 1:
        raise BadRequest(f"A Virtual Machine can be in one Availability Zone, and not in {', '.join(zones)}.")
    if read(change.properties, "availabilitySet.id") and read(change.properties, "virtualMachineScaleSet.id"):
        raise BadRequest(
            "Virtual Machine cannot be created because both Availability Set and Virtual Machine Scale Set were "
            "specified. A machine is in one of the two."
        )


def _check_set(change: Change) -> None:
    """A machine of its own is put into a Flexible set alone ("Orchestration modes for Virtual Machine Scale Sets")."""
    scale_set = change.tx.find(str(read(change.properties, "virtualMachineScaleSet.id") or ""))
    if scale_set and not instances.is_flexible(scale_set.body["properties"]):  # wording not published
        raise BadRequest(
            f"Virtual Machine cannot be put into Virtual Machine Scale Set '{scale_set.name}' because its "
            "orchestration mode is not 'Flexible'."
        )


def _require(name: str) -> None:
    raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)
