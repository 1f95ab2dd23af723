"""A fleet of one machine or one set without a mistake, of which a test spoils one thing."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from tests.contract.fleets import machines, sets
from tests.contract.fleets.generated import Declared, Fleet, id_of
from tests.images import windows_server_image

Props = dict[str, Any]
Spoil = Callable[[Props], None]
START = datetime(2024, 10, 20, tzinfo=UTC)
REGION = "westeurope"
_PROFILE: Props = {
    "storageProfile": {
        "imageReference": windows_server_image("2022-Datacenter-Azure-Edition-Core"),
        "osDisk": {"createOption": "FromImage"},
    },
    "osProfile": {
        "adminUsername": "operator",
        "adminPassword": "Correct-Horse-7-Battery",
        "windowsConfiguration": windows_configuration(PatchingMode.HOTPATCH),
    },
}


def put(path: str, value: Any) -> Spoil:
    """Puts a value at a dotted path; the id of a set in the fleet is given by the set's name."""

    def spoil(props: Props) -> None:
        *above, last = path.split(".")
        for step in above:
            props = props.setdefault(step, {})
        props[last] = id_of(f"virtualMachineScaleSets/{value}") if path == "virtualMachineScaleSet.id" else value

    return spoil


def fleet_of(*spoils: Spoil, start: datetime = START, mode: str = "hotpatch") -> Fleet:
    """One machine, with a Flexible and a Uniform set beside it."""
    props = copy.deepcopy(_PROFILE) | {"hardwareProfile": {"vmSize": "Standard_D2s_v5"}}
    nic = _declared("network:NetworkInterface", "networkInterfaces/vm0-nic", machines.interface("ip"))
    props["networkProfile"] = {"networkInterfaces": [{"id": nic.id}]}
    for spoil in spoils:
        spoil(props)
    both = [
        _declared("compute:VirtualMachineScaleSet", f"virtualMachineScaleSets/{each.lower()}", sets.empty(each))
        for each in ("Flexible", "Uniform")
    ]
    machine = _declared("compute:VirtualMachine", "virtualMachines/vm0", props)
    return Fleet(0, start, REGION, [nic, *both, machine], {"vm0": mode})


def by_version(version: str, *spoils: Spoil) -> Fleet:
    """The same machine by a version of azure-native's package."""
    fleet = fleet_of(*spoils)
    *others, machine = fleet.resources
    token = machine.token.replace(":compute:", f":compute/v{version}:")
    return replace(fleet, resources=[*others, replace(machine, token=token)])


def set_of(*spoils: Spoil, start: datetime = START) -> Fleet:
    """One Flexible set of one machine."""
    profile = copy.deepcopy(_PROFILE)
    profile["osProfile"]["computerNamePrefix"] = "set"
    profile |= {"networkProfile": sets.network("2022-11-01")}
    profile["extensionProfile"] = {"extensions": [sets.extension("ApplicationHealthWindows")]}
    props: Props = {
        "orchestrationMode": "Flexible",
        "platformFaultDomainCount": 1,
        "sku": {"name": "Standard_D2s_v5", "capacity": 1},
        "virtualMachineProfile": profile,
    }
    for spoil in spoils:
        spoil(props)
    path = "virtualMachineScaleSets/set0"
    return Fleet(0, start, REGION, [_declared("compute:VirtualMachineScaleSet", path, props)])


def with_schedule(fleet: Fleet, tags: Props, filtered: Props) -> Fleet:
    """The fleet with a schedule whose dynamic scope has a filter, and with tags on its machine."""
    window = {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "startDateTime": "2024-10-26 22:00",
        "duration": "03:55",
        "timeZone": "UTC",
        "recurEvery": "Week Saturday",
        "installPatches": {
            "rebootSetting": "IfRequired",
            "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]},
        },
    }
    path = "maintenanceConfigurations/saturdays"
    schedule = _declared("maintenance:MaintenanceConfiguration", path, window, "Microsoft.Maintenance")
    scope = Declared(
        "azure-native:maintenance:ConfigurationAssignmentsForResourceGroup",
        "scope",
        {
            "resourceGroupName": "fleet",
            "configurationAssignmentName": "scope",
            "location": REGION,
            "maintenanceConfigurationId": schedule.id,
            "filter": filtered,
        },
        id_of("configurationAssignments/scope", "Microsoft.Maintenance"),
    )
    *others, machine = fleet.resources
    tagged = replace(machine, props={**machine.props, "tags": tags})
    return replace(fleet, resources=[*others, tagged, schedule, scope])


def _declared(token: str, path: str, props: Props, provider: str = "") -> Declared:
    name = path.rpartition("/")[2]
    provider = provider or ("Microsoft.Network" if token.startswith("network") else "Microsoft.Compute")
    inputs = {"resourceGroupName": "fleet", "location": REGION, machines.NAMED_BY[token]: name, **props}
    return Declared(f"azure-native:{token}", name, inputs, id_of(path, provider))
