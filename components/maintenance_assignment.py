"""How a maintenance configuration is attached to one machine."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_azure_native.compute import VirtualMachine
from pulumi_azure_native.maintenance import ConfigurationAssignment

from azure_hotpatch.components.children import child_options


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
        **machine_assignment(args["resource_group_name"], machine.name, args["maintenance_configuration_id"]),
        location=machine.location,
        opts=child_options(parent, opts, depends_on=[machine]),
    )


def machine_assignment(group: Any, machine_name: Any, configuration_id: Any) -> dict[str, Any]:
    """The inputs of an assignment of one machine."""
    return {
        "resource_group_name": group,
        "provider_name": "Microsoft.Compute",
        "resource_type": "virtualMachines",
        "resource_name_": machine_name,
        "maintenance_configuration_id": configuration_id,
    }
