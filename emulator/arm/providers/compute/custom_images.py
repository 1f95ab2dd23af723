"""Custom images, and the galleries that hold them."""

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import fill, read
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter

_GALLERIES = "Microsoft.Compute/galleries"
_VERSIONS = ("2018-06-01", "2026-12-31")


def _prepare_image(change: Change) -> None:
    machine = read(change.properties, "sourceVirtualMachine.id")
    if not machine and not read(change.properties, "storageProfile.osDisk"):
        raise InvalidParameter("Required parameter 'storageProfile' is missing (null).", "storageProfile")
    fill(change.properties, {"hyperVGeneration": "V1"})


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
    fill(change.properties, {"publishingProfile.replicaCount": 1, "publishingProfile.excludeFromLatest": False})
    fill(change.properties, {"safetyProfile.reportedForPolicyViolation": False})


TYPES = (
    ResourceType("Microsoft.Compute/images", ("2016-04-30-preview", "2026-12-31"), prepare=_prepare_image, polls=0),
    ResourceType(_GALLERIES, _VERSIONS, prepare=_prepare_gallery, polls=0),
    ResourceType(f"{_GALLERIES}/images", _VERSIONS, prepare=_prepare_definition, polls=0),
    ResourceType(f"{_GALLERIES}/images/versions", _VERSIONS, prepare=_prepare_version, polls=0),
)
