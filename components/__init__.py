"""The Pulumi components: the Azure resources of a hotpatched machine, and how they are connected."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from azure_hotpatch.components.maintenance_schedule.component import (
    DynamicScopeArgs,
    MaintenanceSchedule,
    MaintenanceScheduleArgs,
    ScheduledMachineArgs,
)
from azure_hotpatch.components.network.component import HotpatchNetwork, HotpatchNetworkArgs, SecurityRuleArgs
from azure_hotpatch.components.scale_set.component import (
    HealthProbeArgs,
    HotpatchScaleSet,
    HotpatchScaleSetArgs,
    ScaleSetExtensionArgs,
)
from azure_hotpatch.components.shared.arguments import ArgumentsRefusedError
from azure_hotpatch.components.virtual_machine.component import (
    DataDiskArgs,
    HotpatchVirtualMachine,
    HotpatchVirtualMachineArgs,
    MachineDataDiskArgs,
    NetworkInterfaceArgs,
)

if TYPE_CHECKING:
    from azure_hotpatch.components.azure_local_image.component import AzureLocalImage, AzureLocalImageArgs
    from azure_hotpatch.components.azure_local_virtual_machine.component import (
        AzureLocalVirtualMachine,
        AzureLocalVirtualMachineArgs,
    )
    from azure_hotpatch.components.guardrails.component import HotpatchGuardrails, HotpatchGuardrailsArgs

__all__ = [
    "ArgumentsRefusedError",
    "AzureLocalImage",
    "AzureLocalImageArgs",
    "AzureLocalVirtualMachine",
    "AzureLocalVirtualMachineArgs",
    "DataDiskArgs",
    "DynamicScopeArgs",
    "HealthProbeArgs",
    "HotpatchGuardrails",
    "HotpatchGuardrailsArgs",
    "HotpatchNetwork",
    "HotpatchNetworkArgs",
    "HotpatchScaleSet",
    "HotpatchScaleSetArgs",
    "HotpatchVirtualMachine",
    "HotpatchVirtualMachineArgs",
    "MachineDataDiskArgs",
    "MaintenanceSchedule",
    "MaintenanceScheduleArgs",
    "NetworkInterfaceArgs",
    "ScaleSetExtensionArgs",
    "ScheduledMachineArgs",
    "SecurityRuleArgs",
]

# They need namespaces of azure-native that no other component needs, each of which takes a while to import.
_ON_DEMAND = {
    "AzureLocalImage": "azure_local_image.component",
    "AzureLocalImageArgs": "azure_local_image.component",
    "AzureLocalVirtualMachine": "azure_local_virtual_machine.component",
    "AzureLocalVirtualMachineArgs": "azure_local_virtual_machine.component",
    "HotpatchGuardrails": "guardrails.component",
    "HotpatchGuardrailsArgs": "guardrails.component",
}


def __getattr__(name: str) -> Any:
    """Import a component lazily, when its name is first accessed."""
    if name not in _ON_DEMAND:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ON_DEMAND[name]}"), name)
