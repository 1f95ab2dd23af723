"""A stack's machines and schedule as requests to ARM, reduced to what decides when they are patched."""

from collections.abc import Iterator
from secrets import token_urlsafe
from typing import Any

from azure_hotpatch.cli.replay.emulated import SUBSCRIPTION
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.settings import MachineGroup, Schedule, StackSettings

GROUP = f"{SUBSCRIPTION}/resourceGroups/replay"
_COMPUTE, _NETWORK = f"{GROUP}/providers/Microsoft.Compute", f"{GROUP}/providers/Microsoft.Network"
_MAINTENANCE = "providers/Microsoft.Maintenance"
Request = tuple[str, dict[str, Any]]


def around(settings: StackSettings, schedule: Schedule | None) -> Iterator[Request]:
    """The group, a network a region, the availability sets and the schedule."""
    yield GROUP, {"location": settings.location}
    for location in {settings.location_of(group) for group in settings.fleet.machines}:
        space = {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}}
        subnets = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/16"}}]
        path = f"{_NETWORK}/virtualNetworks/{location}"
        yield path, {"location": location, "properties": {**space, "subnets": subnets}}
    for group in settings.fleet.machines:
        if group.availability_set:
            domains = {"platformFaultDomainCount": 2, "platformUpdateDomainCount": 5}
            body = {"location": settings.location_of(group), "sku": {"name": "Aligned"}, "properties": domains}
            yield f"{_COMPUTE}/availabilitySets/{group.name}", body
    if schedule:
        yield f"{GROUP}/{_MAINTENANCE}/maintenanceConfigurations/schedule", _configuration(settings, schedule)


def machine(settings: StackSettings, group: MachineGroup, index: int, name: str, mode: PatchingMode) -> list[Request]:
    """A machine's interface, the machine, and its assignment to the schedule where its mode has one."""
    location = settings.location_of(group)
    subnet = {"id": f"{_NETWORK}/virtualNetworks/{location}/subnets/machines"}
    interface = f"{_NETWORK}/networkInterfaces/{name}"
    addresses = [{"name": "internal", "properties": {"subnet": subnet}}]
    path = f"{_COMPUTE}/virtualMachines/{name}"
    zone = group.zone(index)
    body = {
        "location": location,
        "tags": settings.tags_of(group),
        "properties": _properties(settings, group, name, mode, interface),
        **({"zones": [zone]} if zone else {}),
    }
    found: list[Request] = [
        (interface, {"location": location, "properties": {"ipConfigurations": addresses}}),
        (path, body),
    ]
    if mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE:
        configuration = f"{GROUP}/{_MAINTENANCE}/maintenanceConfigurations/schedule"
        assigned = {"location": location, "properties": {"maintenanceConfigurationId": configuration}}
        found.append((f"{path}/{_MAINTENANCE}/configurationAssignments/schedule", assigned))
    return found


def _properties(
    settings: StackSettings, group: MachineGroup, name: str, mode: PatchingMode, interface: str
) -> dict[str, Any]:
    image = group.named_image(settings.images)
    reference = {"publisher": image.publisher, "offer": image.offer, "sku": image.sku, "version": "latest"}
    availability = {"availabilitySet": {"id": f"{_COMPUTE}/availabilitySets/{group.name}"}}
    return {
        "hardwareProfile": {"vmSize": group.size},
        "storageProfile": {"imageReference": reference},
        "osProfile": {
            "computerName": name,
            "adminUsername": settings.admin_username,
            "adminPassword": f"aA1!{token_urlsafe(24)}",  # nobody logs in; the emulator drops it
            "windowsConfiguration": windows_configuration(mode, settings.reboot_setting(group)),
        },
        "networkProfile": {"networkInterfaces": [{"id": interface}]},
        **(availability if group.availability_set else {}),
    }


def _configuration(settings: StackSettings, schedule: Schedule) -> dict[str, Any]:
    window = {
        "startDateTime": schedule.start,
        "duration": schedule.duration,
        "timeZone": schedule.time_zone,
        "recurEvery": schedule.recur_every,
        **({"expirationDateTime": schedule.expires} if schedule.expires else {}),
    }
    patches = {
        "classificationsToInclude": list(schedule.classifications),
        "kbNumbersToInclude": list(schedule.kbs_to_include),
        "kbNumbersToExclude": list(schedule.kbs_to_exclude),
        "excludeKbsRequiringReboot": schedule.exclude_kbs_requiring_reboot,
    }
    install = {"rebootSetting": settings.maintenance.reboot_setting, "windowsParameters": patches}
    properties = {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "visibility": "Custom",
        "maintenanceWindow": window,
        "installPatches": install,
    }
    return {"location": settings.location, "properties": properties}
