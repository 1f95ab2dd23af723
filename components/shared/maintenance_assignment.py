"""The assignment of a maintenance configuration to one machine."""

from typing import Any

import pulumi
from pulumi_azure_native.compute import VirtualMachine
from pulumi_azure_native.maintenance import ConfigurationAssignment

from azure_hotpatch.components.maintenance_schedule.plan import machine_assignment
from azure_hotpatch.components.shared.children import child_options


def assign_machine(
    parent: pulumi.Resource,
    opts: pulumi.ResourceOptions | None,
    name: str,
    machine: VirtualMachine,
    configuration_id: Any,
) -> ConfigurationAssignment | None:
    """Attach a maintenance configuration to a machine; None where there is none."""
    if configuration_id is None:
        return None
    return ConfigurationAssignment(
        name,
        **machine_assignment(machine.id, configuration_id, machine.location),
        opts=child_options(parent, opts, depends_on=[machine]),
    )
