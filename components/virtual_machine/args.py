"""The arguments of a `HotpatchVirtualMachine`, and its spec: the same with the defaults filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.profile_args import (
    MachineDataDiskArgs,
    MachineDataDiskSpec,
    ProfileArgs,
    ProfileSpec,
)
from azure_hotpatch.domain.azure.machines import ZoneName
from azure_hotpatch.domain.azure.patching import PatchingModeName


class NetworkInterfaceArgs(TypedDict):
    """A network interface that the component makes."""

    subnet_id: pulumi.Input[str]
    """Required. The id of the subnet, which may be in another resource group."""
    private_ip_address: NotRequired[pulumi.Input[str]]
    """Optional. A fixed address in the subnet; by default Azure chooses one and keeps it."""
    name: NotRequired[pulumi.Input[str]]
    """Optional. Its name in Azure. Default: from the component's name, with a random suffix."""
    accelerated_networking: NotRequired[pulumi.Input[bool]]
    """Optional. Whether accelerated networking is on; the size must support it. Default false."""


class HotpatchVirtualMachineArgs(ProfileArgs):
    """The arguments of a HotpatchVirtualMachine."""

    data_disks: NotRequired[Sequence[MachineDataDiskArgs]]  # type: ignore[misc]  # wider than a scale set's
    """Optional. Data disks. Default none."""
    patching_mode: NotRequired[pulumi.Input[PatchingModeName]]
    """Optional. Who patches, and when: hotpatch, azureManaged, customerManagedSchedule or paused. Default hotpatch."""
    maintenance_configuration_id: NotRequired[pulumi.Input[str]]
    """Conditional. The id of the maintenance configuration to be patched by; only with customerManagedSchedule."""
    subnet_id: NotRequired[pulumi.Input[str]]
    """Conditional. The id of the subnet of its only interface, in any group; or one of the next two arguments."""
    network_interfaces: NotRequired[Sequence[NetworkInterfaceArgs]]
    """Conditional. The interfaces that are created for the machine; the first is the primary one."""
    network_interface_ids: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Conditional. The ids of existing interfaces to attach; the first is the primary one."""
    computer_name: NotRequired[pulumi.Input[str]]
    """Optional. The computer name, at most 15 characters. Default the component's name."""
    virtual_machine_name: NotRequired[pulumi.Input[str]]
    """Optional. The machine's name in Azure. Default the component's name and a random suffix."""
    zones: NotRequired[pulumi.Input[Sequence[pulumi.Input[ZoneName]]]]
    """Optional. The availability zone of the machine, as a list of one. Not with availability_set_id."""
    availability_set_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the availability set that the machine joins. Not with zones."""
    system_assigned_identity: NotRequired[bool]
    """Optional. Whether the machine has a system-assigned identity. Default true."""
    user_assigned_identity_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Optional. The ids of user-assigned identities. Default none."""
    import_virtual_machine_id: NotRequired[str]
    """Optional. The id of an existing machine in Azure to import, instead of creating one."""
    import_network_interface_id: NotRequired[str]
    """Optional. The id of an existing interface in Azure to import as the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSpec:
    """An interface that is made, with the defaults filled in; None where there is no value."""

    subnet_id: pulumi.Input[str]
    name: pulumi.Input[str] | None = None
    private_ip_address: pulumi.Input[str] | None = None
    accelerated_networking: pulumi.Input[bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualMachineSpec(ProfileSpec):
    """The arguments of a HotpatchVirtualMachine with the defaults filled in; None where there is no value."""

    computer_name: pulumi.Input[str]
    network_interfaces: Sequence[InterfaceSpec]
    data_disks: Sequence[MachineDataDiskSpec] = ()
    network_interface_ids: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None
    virtual_machine_name: pulumi.Input[str] | None = None
    maintenance_configuration_id: pulumi.Input[str] | None = None
    zones: pulumi.Input[Sequence[pulumi.Input[ZoneName]]] | None = None
    availability_set_id: pulumi.Input[str] | None = None
    system_assigned_identity: bool | None = None
    import_virtual_machine_id: str | None = None
    import_network_interface_id: str | None = None
