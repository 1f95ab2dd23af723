"""Microsoft.AzureStackHCI: virtual machines on Azure Local, their interfaces, networks and images."""

import uuid
import zlib

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, BadRequest, InvalidParameter, PropertyChangeNotAllowed
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, scope_of

_MACHINES = "Microsoft.HybridCompute/machines"
_LOCAL = "Microsoft.AzureStackHCI"
_LOCAL_VERSIONS = ("2022-12-15-preview", "2026-12-31")


def _prepare_local(change: Change) -> None:
    if not read(change.body, "extendedLocation.name"):  # wording not published
        raise BadRequest(
            "The property 'extendedLocation' is required and must name a custom location.", code="InvalidRequestContent"
        )
    fill(change.body, {"extendedLocation.type": "CustomLocation"})


def _prepare_interface(change: Change) -> None:
    _prepare_local(change)
    for at, configuration in enumerate(items(change.properties, "ipConfigurations")):
        properties = configuration.setdefault("properties", {})
        fill(configuration, {"name": f"{change.name}-{at}"})
        if not read(properties, "subnet.id"):  # wording not published
            raise InvalidParameter("Required parameter 'subnet' is missing (null).", f"ipConfigurations[{at}].subnet")
    number = zlib.crc32(change.id.lower().encode()) & 0xFFFFFF
    mac = f"02:EC:01:{number >> 16:02X}:{number >> 8 & 0xFF:02X}:{number & 0xFF:02X}"
    old = change.previous.get("macAddress")
    if old and str(change.properties.get("macAddress", old)).lower() != old.lower():  # bicep-registry-modules 7192
        raise BadRequest(
            "Blocked NetworkInterface Update : MAC Address cannot be changed after resource creation",
            code="InternalError",
        )
    fill(change.properties, {"macAddress": old or mac})


def _prepare_image(change: Change) -> None:
    _prepare_local(change)
    if not change.properties.get("osType"):
        raise InvalidParameter("Required parameter 'osType' is missing (null).", "osType")
    fill(change.properties, {"status.progressPercentage": 100, "status.provisioningStatus.status": "Succeeded"})


def _prepare_instance(change: Change) -> None:
    _prepare_local(change)
    if change.name.lower() != "default":  # wording not published
        raise BadRequest(
            f"The name '{change.name}' of the virtual machine instance is not 'default'.", code="InvalidName"
        )
    _check_machine(change)
    security = change.properties.get("securityProfile") or {}
    trusted = str(security.get("securityType", "")).lower() == "trustedlaunch"
    secure_boot = read(security, "uefiSettings.secureBootEnabled")
    if trusted and not (security.get("enableTPM") is True and secure_boot is True):  # wording not published
        raise InvalidParameter(
            "The securityType 'TrustedLaunch' needs 'enableTPM' and 'uefiSettings.secureBootEnabled' to be true.",
            "securityProfile.securityType",
        )
    fill(change.properties, {"hardwareProfile.vmSize": "Default", "status.powerState": "Running"})
    change.properties["vmId"] = change.previous.get("vmId") or str(uuid.uuid4())


def _check_machine(change: Change) -> None:
    machine = change.tx.find(scope_of(change.id))
    target = parse_path(scope_of(change.id))
    if target is None or target.type.lower() != _MACHINES.lower():
        raise BadRequest(  # wording not published
            f"A virtual machine instance must be put on a resource of type '{_MACHINES}'.", code="InvalidScope"
        )
    if machine and str(machine.body.get("kind", "")).lower() != "hci":  # wording not published
        raise BadRequest(f"The machine '{machine.name}' is not of kind 'HCI'.", code="InvalidKind")


def _in_use(resource: Resource, users: list[str]) -> ArmError:
    return BadRequest(  # wording not published
        f"Resource {resource.id} cannot be deleted because it is in use by {', '.join(users)}.", code="ResourceInUse"
    )


_KEEPS = {  # wording not published
    "extendedLocation.name": lambda _change: PropertyChangeNotAllowed("extendedLocation.name")
}

TYPES = (
    ResourceType(
        f"{_LOCAL}/virtualMachineInstances",
        _LOCAL_VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_instance,
        # wording not published
        keeps=_KEEPS,
        immutable={
            "osProfile.computerName": "osProfile.computerName",
            "osProfile.adminUsername": "osProfile.adminUsername",
            "storageProfile.imageReference.id": "storageProfile.imageReference.id",
        },
        secrets=("osProfile.adminPassword",),
        checks_references=True,
        polls=1,
    ),
    ResourceType(
        f"{_LOCAL}/networkInterfaces",
        _LOCAL_VERSIONS,
        prepare=_prepare_interface,
        keeps=_KEEPS,
        in_use=_in_use,
        polls=0,
    ),
    ResourceType(f"{_LOCAL}/logicalNetworks", _LOCAL_VERSIONS, prepare=_prepare_local, in_use=_in_use, polls=0),
    ResourceType(f"{_LOCAL}/marketplaceGalleryImages", _LOCAL_VERSIONS, prepare=_prepare_image, polls=0),
    ResourceType(f"{_LOCAL}/galleryImages", _LOCAL_VERSIONS, prepare=_prepare_image, polls=0),
)
