"""Which Azure resources a hotpatched machine consists of, and how they are wired."""

from azure_hotpatch.components.arguments import ArgumentsRefusedError
from azure_hotpatch.components.hotpatch_network import HotpatchNetwork, HotpatchNetworkArgs
from azure_hotpatch.components.hotpatch_virtual_machine import (
    DataDiskArgs,
    HotpatchVirtualMachine,
    HotpatchVirtualMachineArgs,
    NetworkInterfaceArgs,
)
from azure_hotpatch.components.maintenance_schedule import (
    DynamicScopeArgs,
    MaintenanceSchedule,
    MaintenanceScheduleArgs,
    ScheduledMachineArgs,
)

__all__ = [
    "ArgumentsRefusedError",
    "DataDiskArgs",
    "DynamicScopeArgs",
    "HotpatchNetwork",
    "HotpatchNetworkArgs",
    "HotpatchVirtualMachine",
    "HotpatchVirtualMachineArgs",
    "MaintenanceSchedule",
    "MaintenanceScheduleArgs",
    "NetworkInterfaceArgs",
    "ScheduledMachineArgs",
]
