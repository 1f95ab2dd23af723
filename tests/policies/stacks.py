"""What is judged when the whole stack is known: stacks that are accepted, and stacks that are refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.policies.asking import Asked, Resources, urn_of
from tests.policies.machines import BAD_SKU, HEALTH, IN_GUEST, NATIVE, REFERENCE, SET, with_sku
from tests.policies.routes import VM, VMSS
from tests.policies.variations import UNKNOWN


@dataclass(frozen=True)
class Together:
    """What is judged when the whole stack is known: resources, each a token, its outputs, a name and references."""

    row: str
    name: str
    good: Resources
    bad: Resources

    def verdict(self, asked: Asked) -> str:
        accepted, refused = asked.together(self.good), asked.together(self.bad)
        assert not accepted.rules, f"{self.name}: {accepted.words}"
        assert refused.rules, f"{self.name}: nothing was said"
        return f"refused ({', '.join(sorted(refused.rules))})"


def spoilt_set(**change: Any) -> dict[str, Any]:
    profile = {**SET["virtualMachineProfile"], "extensionProfile": None}
    return {**SET, "virtualMachineProfile": profile, **change}


ASSIGNMENT = "azure-native:maintenance:ConfigurationAssignment"
EXTENSION = "azure-native:compute:VirtualMachineScaleSetExtension"
ASSIGNED = {"resourceType": "virtualMachines", "providerName": "Microsoft.Compute", "resourceGroupName": "rg"}
WINDOW = ("azure-native:maintenance:MaintenanceConfiguration", IN_GUEST, "mc")
JOINED = {**NATIVE, "virtualMachineScaleSet": {"id": UNKNOWN}}
UNIFORM = {"orchestrationMode": "Uniform", "resourceGroupName": "rg", "vmScaleSetName": "set"}
SCHEDULED = (ASSIGNMENT, {**ASSIGNED, "resourceId": UNKNOWN, "maintenanceConfigurationId": UNKNOWN}, "as")
BY_SUBSCRIPTION = "azure-native:maintenance:ConfigurationAssignmentsForSubscription"


def references(**by_property: tuple[str, str]) -> dict[str, list[str]]:
    return {key: [urn_of(*target)] for key, target in by_property.items()}


def together() -> Iterator[Together]:
    bad_vm = with_sku(NATIVE, BAD_SKU)
    yield Together(
        "15", "pinned image", ((VM, pinned("30000.1.300101"), "vm"),), ((VM, pinned("20348.587.220303"), "vm"),)
    )
    yield Together("28", "left out by --target", ((VM, NATIVE, "vm"),), ((VM, bad_vm, "vm"),))
    machine_in = references(virtualMachineScaleSet=(VMSS, "set"))
    flexible = (VMSS, SET, "set")
    yield Together(
        "18",
        "machine in a set",
        (flexible, (VM, JOINED, "vm", machine_in)),
        ((VMSS, UNIFORM, "set"), (VM, JOINED, "vm", machine_in)),
    )
    yield Together(
        "19",
        "health extension apart from the set",
        (
            (VMSS, spoilt_set(), "set"),
            (EXTENSION, {**HEALTH, "vmScaleSetName": UNKNOWN}, "h", references(vmScaleSetName=(VMSS, "set"))),
        ),
        ((VMSS, spoilt_set(), "set"),),
    )
    to_vm = references(resourceId=(VM, "vm"), maintenanceConfigurationId=(WINDOW[0], "mc"))
    other = references(resourceId=(VM, "other"), maintenanceConfigurationId=(WINDOW[0], "mc"))
    yield Together(
        "31",
        "schedule assigned to a hotpatch machine",
        ((VM, NATIVE, "vm"), WINDOW),
        ((VM, NATIVE, "vm"), WINDOW, (*SCHEDULED, to_vm)),
    )
    by_name = {**ASSIGNED, "resourceName": "vm", "maintenanceConfigurationId": "/mc", "resourceGroupName": "rg"}
    of_arc = {**by_name, "providerName": "Microsoft.HybridCompute", "resourceType": "machines"}
    to_window = references(maintenanceConfigurationId=(WINDOW[0], "mc"))
    yield Together(
        "31",
        "schedule of another machine of that name",
        ((VM, NATIVE, "vm"), WINDOW, (ASSIGNMENT, of_arc, "as", to_window)),
        ((VM, NATIVE, "vm"), WINDOW, (ASSIGNMENT, by_name, "as", to_window)),
    )
    yield Together(
        "31",
        "schedule whose filter picks a hotpatch machine",
        ((VM, NATIVE, "vm"), WINDOW, (BY_SUBSCRIPTION, dynamic("Linux"), "as", other)),
        ((VM, NATIVE, "vm"), WINDOW, (BY_SUBSCRIPTION, dynamic("Windows"), "as", other)),
    )


def pinned(version: str) -> dict[str, Any]:
    return {**NATIVE, "storageProfile": {"imageReference": {**REFERENCE, "version": version}}}


def dynamic(system: str) -> dict[str, Any]:
    return {"filter": {"osTypes": [system], "resourceTypes": ["Microsoft.Compute/virtualMachines"]}}


TOGETHER = tuple(together())
