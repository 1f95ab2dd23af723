"""What a request presumes: the resources that its path lies in and that its body names, in the smallest form."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path
from tests.emulator.arm.conftest import Arm

GROUP = f"{Arm.subscription}/resourceGroups/fleet"
SUBNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/presumed/subnets/machines"
SCHEDULE = f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/presumed"
PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing
IMAGE = {
    "publisher": "MicrosoftWindowsServer",
    "offer": "WindowsServer",
    "sku": "2016-Datacenter",
    "version": "latest",
}
RULE = {
    "access": "Allow",
    "direction": "Inbound",
    "protocol": "Tcp",
    "sourceAddressPrefix": "*",
    "destinationAddressPrefix": "*",
    "sourcePortRange": "*",
    "destinationPortRange": "80",
}
WINDOW = {"startDateTime": "2051-02-01 22:00", "duration": "03:00", "timeZone": "UTC", "recurEvery": "Day"}
EXTENSION = {"publisher": "Microsoft.Compute", "type": "CustomScriptExtension", "typeHandlerVersion": "1.10"}
VERSIONS = {
    "microsoft.compute/disks": "2025-01-02",
    "microsoft.compute/snapshots": "2025-01-02",
    "microsoft.compute": "2025-04-01",
    "microsoft.network": "2025-01-01",
    "microsoft.maintenance": "2023-04-01",
    "microsoft.hybridcompute": "2024-07-10",
}
_numbers = count(1)


class Presumed:
    """Makes what a request presumes, once each."""

    def __init__(self, arm: Arm) -> None:
        self._arm = arm
        arm.put(GROUP, {"location": "westus"})

    def of(self, method: str, path: str, body: Any) -> None:
        """The owners of a path, what lies at it unless it is put, and what the body names."""
        for named in dict.fromkeys(_ids(body)):
            if not named.lower().startswith(path.lower()):
                self.make(named)
        parsed = parse_path(path)
        if parsed is None or not parsed.types:
            return
        if parsed.extends_resource:
            self.make(parsed.scope)
        owner = parsed if method != "PUT" and not parsed.is_collection else parsed.parent
        if owner:
            self.make(owner.id, whole=True)

    def make(self, resource_id: str, *, whole: bool = False) -> None:
        """One resource with what it lies in; of a part in a resource's body the resource, unless `whole` is wanted."""
        path = parse_path(resource_id)
        while path and path.types and not whole and not providers.is_known(path.type):
            path = path.parent
        if path is None or not path.types or path.is_collection:
            return
        version = VERSIONS.get(path.type.lower()) or VERSIONS.get(path.namespace.lower(), "2024-03-01")
        if self._arm.get(path.id, version=version).status_code == 200:
            return
        for above in filter(None, (path.parent.id if path.parent else "", path.scope if path.extends_resource else "")):
            self.make(above)
        answer = self._arm.put(path.id, self._body(path), version=version)
        assert answer.status_code < 300, f"{path.id}: {answer.text}"
        if answer.headers.get("Azure-AsyncOperation"):
            self._arm.wait(answer)

    def _body(self, path: ResourcePath) -> dict[str, Any]:
        found = SMALLEST.get(path.type.lower(), {})
        if "needs" in found:
            self.make(found["needs"])
        body = {"location": "westus", "properties": {}, **{name: found[name] for name in found if name != "needs"}}
        changes = _CHANGING.get(path.type.lower())
        return {**body, "properties": {**body["properties"], **changes(self)}} if changes else body

    def interface(self) -> str:
        """An interface that no machine has yet."""
        nic = f"{GROUP}/providers/Microsoft.Network/networkInterfaces/presumed{next(_numbers)}"
        self.make(nic)
        return nic


def _ids(body: Any) -> Iterator[str]:
    for name, value in body.items() if isinstance(body, dict) else ():
        if name.startswith("/subscriptions/"):
            yield name
        if isinstance(value, str) and value.startswith("/subscriptions/") and "/providers/" in value:
            yield value
        yield from _ids(value)
    for value in body if isinstance(body, list) else ():
        yield from _ids(value)


def _machine(presumed: Presumed) -> dict[str, Any]:
    return {
        "hardwareProfile": {"vmSize": "Standard_D2s_v3"},
        "storageProfile": {"imageReference": IMAGE},
        "osProfile": {"computerName": "presumed", "adminUsername": "fleetadmin", "adminPassword": PASSWORD},
        "networkProfile": {"networkInterfaces": [{"id": presumed.interface()}]},
    }


ADDRESS = {"name": "ip", "properties": {"subnet": {"id": SUBNET}}}
EMPTY = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 200}
PROFILE = {
    "storageProfile": {"imageReference": IMAGE},
    "osProfile": {"computerNamePrefix": "set", "adminUsername": "fleetadmin", "adminPassword": PASSWORD},
    "networkProfile": {
        "networkInterfaceConfigurations": [
            {"name": "nic", "properties": {"primary": True, "ipConfigurations": [ADDRESS]}}
        ]
    },
}
# By type, what is put; `needs` is made before.
SMALLEST: dict[str, dict[str, Any]] = {
    "microsoft.network/virtualnetworks": {"properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}}},
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": {
        "needs": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/presumed",
        "properties": {"remoteVirtualNetwork": {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/presumed"}},
    },
    "microsoft.network/networkinterfaces": {"needs": SUBNET, "properties": {"ipConfigurations": [ADDRESS]}},
    "microsoft.network/publicipaddresses": {
        "sku": {"name": "Standard"},
        "properties": {"publicIPAllocationMethod": "Static"},
    },
    "microsoft.network/loadbalancers": {
        "sku": {"name": "Standard"},
        "properties": {
            "frontendIPConfigurations": [{"name": name, "properties": {}} for name in ("fe-lb", "fe", "frontend")],
            "backendAddressPools": [{"name": "be-lb", "properties": {}}],
        },
    },
    "microsoft.network/routetables/routes": {
        "properties": {"addressPrefix": "10.0.3.0/24", "nextHopType": "VnetLocal"}
    },
    "microsoft.compute/virtualmachinescalesets": {
        "needs": SUBNET,
        "sku": {"name": "Standard_D2s_v3", "capacity": 2},
        "properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": PROFILE},
    },
    "microsoft.compute/disks": {"sku": {"name": "Premium_LRS"}, "properties": EMPTY},
    "microsoft.compute/snapshots": {"properties": EMPTY},
    "microsoft.compute/images": {
        "properties": {
            "storageProfile": {
                "osDisk": {"osType": "Windows", "osState": "Generalized", "blobUri": "https://vhds.example/golden.vhd"}
            }
        }
    },
    "microsoft.compute/galleries/images": {
        "properties": {
            "osType": "Windows",
            "osState": "Generalized",
            "identifier": {"publisher": "a", "offer": "b", "sku": "c"},
        }
    },
    "microsoft.compute/virtualmachines/extensions": {"properties": EXTENSION},
    "microsoft.hybridcompute/machines/extensions": {"properties": EXTENSION},
    "microsoft.compute/virtualmachines/runcommands": {"properties": {"source": {"script": "hostname"}}},
    "microsoft.hybridcompute/machines/runcommands": {"properties": {"source": {"script": "hostname"}}},
    "microsoft.maintenance/maintenanceconfigurations": {
        "properties": {
            "maintenanceScope": "InGuestPatch",
            "extensionProperties": {"InGuestPatchMode": "User"},
            "maintenanceWindow": WINDOW,
            "installPatches": {
                "rebootSetting": "IfRequired",
                "windowsParameters": {"classificationsToInclude": ["Security"]},
            },
        }
    },
    "microsoft.maintenance/configurationassignments": {
        "needs": SCHEDULE,
        "properties": {"maintenanceConfigurationId": SCHEDULE, "filter": {"locations": ["westus"]}},
    },
}
# What must be another for each of a type.
_CHANGING: dict[str, Any] = {
    "microsoft.network/virtualnetworks/subnets": lambda _: {"addressPrefix": f"10.{next(_numbers) % 250 + 1}.0.0/16"},
    "microsoft.network/networksecuritygroups/securityrules": lambda _: {**RULE, "priority": 1000 + next(_numbers)},
    "microsoft.compute/virtualmachines": _machine,
}
