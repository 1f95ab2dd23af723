"""A customer-managed maintenance window, and the machines that are patched in it."""

import pulumi
from pulumi_azure_native.maintenance import (
    ConfigurationAssignment,
    ConfigurationAssignmentsForSubscription,
    MaintenanceConfiguration,
)

from azure_hotpatch.components.maintenance_schedule import plan
from azure_hotpatch.components.maintenance_schedule.args import (
    DynamicScopeArgs,
    MaintenanceScheduleArgs,
    ScheduledMachineArgs,
)
from azure_hotpatch.components.maintenance_schedule.checks import SHAPE
from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.portal import portal_url

__all__ = ["DynamicScopeArgs", "MaintenanceSchedule", "MaintenanceScheduleArgs", "ScheduledMachineArgs"]


class MaintenanceSchedule(pulumi.ComponentResource):
    """A maintenance configuration for updates in the guest, and its assignments.

    It is for machines whose mode is customerManagedSchedule. A machine with hotpatch cannot have a schedule, and is
    refused.
    """

    configuration_id: pulumi.Output[str]
    """The id of the maintenance configuration."""
    configuration_name: pulumi.Output[str]
    """Its name in Azure."""
    portal_url: pulumi.Output[str]
    """Its page in the Azure portal."""

    def __init__(self, name: str, args: MaintenanceScheduleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = plan.spec_of(checked_arguments("MaintenanceSchedule", name, SHAPE, args))
        super().__init__("azure-hotpatch:index:MaintenanceSchedule", name, None, opts)
        configuration = MaintenanceConfiguration(
            f"{name}-window", opts=child_options(self, opts, reads=("name", "location")), **plan.configuration(spec)
        )
        child = child_options(self, opts, depends_on=[configuration])
        for key, inputs in plan.machine_assignments(spec, configuration).items():
            ConfigurationAssignment(f"{name}-{key}", opts=child, **inputs)
        for inputs in plan.scope_assignments(spec, configuration):
            ConfigurationAssignmentsForSubscription(f"{name}-scope", opts=child, **inputs)
        self.configuration_id = configuration.id
        self.configuration_name = configuration.name
        self.portal_url = portal_url(configuration.id)
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})
