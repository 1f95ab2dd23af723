"""How a maintenance configuration is attached to one machine."""

from collections.abc import Mapping
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
    args: Mapping[str, Any],
) -> ConfigurationAssignment | None:
    """Attach `maintenance_configuration_id` of a machine's arguments to it; None where there is none."""
    if "maintenance_configuration_id" not in args:
        return None
    return ConfigurationAssignment(
        name,
        **machine_assignment(machine.id, args["maintenance_configuration_id"], machine.location),
        opts=child_options(parent, opts, depends_on=[machine]),
    )
