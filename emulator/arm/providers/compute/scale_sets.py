"""Virtual machine scale sets, Flexible and Uniform: what Azure requires of a set, and what it fills in."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, drop_empty, fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import (
    BadRequest,
    InvalidParameter,
    PropertyChangeNotAllowed,
    ValueNotAllowed,
)
from azure_hotpatch.emulator.arm.protocol.queries import Queries
from azure_hotpatch.emulator.arm.providers.compute import (
    etags,
    images,
    instances,
    machine_disks,
    os_profile,
    platform_images,
    set_actions,
    sizes,
)
from azure_hotpatch.emulator.arm.providers.compute.instances import INSTANCES, TYPE

_VERSIONS = ("2015-06-15", "2026-12-31")
_DISK_TYPE = "storageProfile.osDisk.managedDisk.storageAccountType"
_PROFILE = "virtualMachineProfile"
# What the answers of azure-rest-api-specs add to an interface's configuration.
_INTERFACE = {
    "properties.dnsSettings.dnsServers": [],
    "properties.enableAcceleratedNetworking": False,
    "properties.enableIPForwarding": False,
    "properties.disableTcpStateTracking": False,
}
# azure-rest-api-specs 27029; enum NetworkApiVersion
_NETWORK_VERSIONS = ("2020-11-01", "2022-11-01")


def _prepare(change: Change) -> None:
    # An absent mode is Uniform: it was the only one before there were two. No document says so.
    fill(change.properties, {"orchestrationMode": "Uniform"})
    drop_empty(change.properties, "additionalCapabilities")  # as terraform-provider-azurerm counts on
    if instances.is_flexible(change.properties):
        _check_flexible(change)
    else:
        _check_uniform(change)
    _check_capacity(change)
    profile = change.properties.get(_PROFILE)
    if profile is not None:
        _complete_profile(change, profile)
    _check_placement(change)
    if change.body.get("sku"):
        fill(change.body, {"sku.tier": "Standard"})
    if change.body.get("zones"):
        fill(change.properties, {"zoneBalance": False})
    etags.count(change)
    change.properties["uniqueId"] = change.previous.get("uniqueId") or str(uuid.uuid4())
    change.properties["timeCreated"] = change.previous.get("timeCreated") or stamp(change.tx.now())


def _check_capacity(change: Change) -> None:
    # "Azure subscription and service limits", Virtual Machine Scale Sets; wording not published
    capacity = read(change.body, "sku.capacity")
    if capacity is not None and not 0 <= capacity <= 1000:
        raise InvalidParameter(f"The specified capacity {capacity} must fall in the range 0 to 1000.", "sku.capacity")


def _check_flexible(change: Change) -> None:
    _require(change, "platformFaultDomainCount")
    count = change.properties["platformFaultDomainCount"]
    if not 1 <= count <= 3:
        raise InvalidParameter(
            f"The specified fault domain count {count} must fall in the range 1 to 3.", "platformFaultDomainCount"
        )
    if count > 1 and change.body.get("zones"):  # cluster-api-provider-azure 4451
        raise BadRequest(
            "Specifying Availability Zones is not allowed when Virtual Machine Scale Set has platformFaultDomainCount "
            "higher than 1 with OrchestrationMode: 'Flexible'."
        )
    # azure-cli 5920; wording not published
    if count == 1 and change.before is None and change.properties.get("singlePlacementGroup") is True:
        raise InvalidParameter(
            "The value 'True' of parameter 'singlePlacementGroup' is not allowed with a platformFaultDomainCount of 1.",
            "singlePlacementGroup",
        )
    # "Orchestration modes for Virtual Machine Scale Sets"; wording not published
    if read(change.properties, "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade") is True:
        raise InvalidParameter(
            "Automatic OS upgrade is not supported for Virtual Machine Scale Sets with Flexible orchestration mode.",
            "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
        )
    if _PROFILE in change.properties:
        _require(change, f"{_PROFILE}.networkProfile.networkApiVersion")
        given = change.properties[_PROFILE]["networkProfile"]["networkApiVersion"]
        if given not in _NETWORK_VERSIONS:
            raise ValueNotAllowed(given, "networkApiVersion", _NETWORK_VERSIONS)
    if "systemassigned" in str(read(change.body, "identity.type")).lower():  # wording not published
        raise InvalidParameter(
            "System assigned identity is not supported for Virtual Machine Scale Sets with Flexible orchestration "
            "mode.",
            "identity.type",
        )


def _check_uniform(change: Change) -> None:
    _require(change, "upgradePolicy")
    if read(change.properties, f"{_PROFILE}.networkProfile.networkApiVersion"):  # wording not published
        raise InvalidParameter(
            "The property 'networkApiVersion' is only valid for Virtual Machine Scale Sets with Flexible orchestration "
            "mode.",
            "networkApiVersion",
        )
    fill(change.properties, {"platformFaultDomainCount": 5, "overprovision": True})


def _require(change: Change, path: str) -> None:
    if read(change.properties, path) is None:
        name = path.rsplit(".", 1)[-1]
        raise InvalidParameter(f"Required parameter '{name}' is missing (null).", name)


def _complete_profile(change: Change, profile: Json) -> None:
    image = read(profile, "storageProfile.imageReference") or {}
    system = profile.get("osProfile", {})
    windows = images.is_windows(image, system)
    hotpatched = images.is_hotpatched(image)
    if image.get("publisher"):
        platform_images.check(image)
        sizes.check(str(read(change.body, "sku.name")), images.hyper_v(image), images.architecture(image))
    if hotpatched:
        _check_hotpatch_image(change, profile)
    if "osProfile" in profile:
        fill(system, {"computerNamePrefix": change.name})
        if windows:
            os_profile.check_computer_name(
                system["computerNamePrefix"], 9, "computer name prefix", "computerNamePrefix"
            )
        os_profile.complete(system, os_profile.origin(change, image, windows=windows))
    before = read(change.previous, f"{_PROFILE}.storageProfile.imageReference") or {}
    exact = images.resolved_version(image, before, change.tx.now().date())
    if exact:
        image["exactVersion"] = exact
    machine_disks.check_size(read(profile, "storageProfile.osDisk") or {}, image, windows=windows)
    fill(profile, {"storageProfile.osDisk.createOption": "FromImage", "storageProfile.osDisk.caching": "ReadWrite"})
    fill(profile, {"storageProfile.osDisk.osType": "Windows" if windows else "Linux"})
    size = str(read(change.body, "sku.name"))
    sizes.check_disk(size, read(profile, _DISK_TYPE), "osDisk", "osDisk")
    if "vhdContainers" not in profile["storageProfile"]["osDisk"]:
        fill(profile, {_DISK_TYPE: sizes.default_disk(size)})
    _complete_disks(profile, size)
    _complete_interfaces(profile)
    profile["timeCreated"] = read(change.previous, f"{_PROFILE}.timeCreated") or stamp(change.tx.now())


def _complete_disks(profile: Json, size: str) -> None:
    storage = profile["storageProfile"]
    fill(storage, {"dataDisks": []})
    for disk in items(storage, "dataDisks"):
        fill(disk, {"caching": "None", "managedDisk.storageAccountType": sizes.default_disk(size)})


def _complete_interfaces(profile: Json) -> None:
    for interface in items(profile.get("networkProfile") or {}, "networkInterfaceConfigurations"):
        fill(interface, _INTERFACE)
        for configuration in items(interface["properties"], "ipConfigurations"):
            fill(configuration, {"properties.privateIPAddressVersion": "IPv4"})


def _check_hotpatch_image(change: Change, profile: Json) -> None:
    if not instances.is_flexible(change.properties):  # the article, known limits; wording not published
        raise InvalidParameter(
            "Hotpatch compatible images are not supported on Virtual Machine Scale Sets with Uniform orchestration "
            "mode.",
            "virtualMachineProfile.storageProfile.imageReference",
        )
    path = f"{_PROFILE}.osProfile.windowsConfiguration.patchSettings.enableHotpatching"
    # A PATCH that says anything of the machines must say this too: terraform-provider-azurerm 24335.
    silent = change.method == "PATCH" and _PROFILE in change.sent.get("properties", {})
    stated = read(change.sent.get("properties", {}) if silent else change.properties, path)
    if stated is not True:
        raise InvalidParameter(
            "'EnableHotpatching' must be set to 'true' on Virtual Machine Scale Sets running Hotpatch-compatible "
            "images.",
            "windowsConfiguration.patchSettings.enableHotpatching",
        )
    extensions = items(profile.get("extensionProfile") or {}, "extensions")
    # "Automatic Guest Patching", Flexible sets; hotpatch images run Windows. Wording not published.
    if not any(_is_health(extension) for extension in extensions):
        raise InvalidParameter(
            "PatchMode 'AutomaticByPlatform' on Virtual Machine Scale Sets requires the Application Health extension.",
            "virtualMachineProfile.extensionProfile",
        )


def _is_health(extension: Json) -> bool:
    named = (read(extension, f"properties.{name}") for name in ("publisher", "type"))
    return tuple(str(name).lower() for name in named) == ("microsoft.managedservices", "applicationhealthwindows")


def _check_placement(change: Change) -> None:
    old = set(change.before.body.get("zones") or ()) if change.before else set()
    if not old <= set(change.body.get("zones") or old):  # a set may be spread over more zones, not over fewer
        raise PropertyChangeNotAllowed("zones")
    flexible = instances.is_flexible(change.properties)
    # MicrosoftDocs/azure-docs 105657: of a Flexible set it is "not changeable after deployment".
    if flexible and change.before and _placement_group(change.properties) != _placement_group(change.previous):
        raise PropertyChangeNotAllowed("proximityPlacementGroup")
    fill(change.properties, {"singlePlacementGroup": not flexible})
    was_split = change.previous.get("singlePlacementGroup") is False
    if was_split and change.properties["singlePlacementGroup"] is True:
        raise PropertyChangeNotAllowed("singlePlacementGroup")


def _placement_group(properties: Json) -> str:
    return str(read(properties, "proximityPlacementGroup.id") or "").lower()


def _deleted(tx: Transaction, scale_set: Resource) -> None:
    instances.remove(tx, instances.of(tx, scale_set))


TYPES = (
    ResourceType(
        TYPE,
        _VERSIONS,
        prepare=_prepare,
        saved=instances.scale,
        deleted=_deleted,
        partial=True,  # as `az vmss scale` sends it
        actions=set_actions.ACTIONS,
        immutable={
            "orchestrationMode": "orchestrationMode",
            "platformFaultDomainCount": "platformFaultDomainCount",
            "virtualMachineProfile.osProfile.adminUsername": "osProfile.adminUsername",
            "virtualMachineProfile.osProfile.computerNamePrefix": "osProfile.computerNamePrefix",
        },
        secrets=(
            "virtualMachineProfile.osProfile.adminPassword",
            "virtualMachineProfile.osProfile.customData",
            "virtualMachineProfile.userData",
            "virtualMachineProfile.extensionProfile.extensions.[].properties.protectedSettings",
        ),
        checks_references=True,
        queries=Queries(gets=("userdata",)),  # user data is not kept, so there is none to show
        polls=1,
    ),
    ResourceType(
        INSTANCES,
        _VERSIONS,
        LocationRule.OPTIONAL,
        show=lambda _tx, instance, shown: instances.name_of_set(instance, shown),
        deleted=instances.removed,
        actions=set_actions.INSTANCE_ACTIONS,
        instance_view=set_actions.instance_view,
        polls=1,
    ),
)
