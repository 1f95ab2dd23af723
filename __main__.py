"""The program of a stack: read its settings, create the components, export the outputs."""

import pulumi
from pulumi_azure_native.compute import AvailabilitySet

from azure_hotpatch.components import HotpatchNetwork, HotpatchScaleSet, HotpatchVirtualMachine, MaintenanceSchedule
from azure_hotpatch.program import azure_local, management, outputs, plan, resource_groups, surroundings
from azure_hotpatch.program.configuration import stack_secrets, stack_settings

settings = stack_settings()
secrets = stack_secrets()
outlook = outputs.outlook_of(settings)

groups = resource_groups.register(settings)
names = resource_groups.names(settings, groups)
group_name = names[surroundings.OF_THE_STACK]
networks = {place: HotpatchNetwork(name, args) for place, name, args in surroundings.networks(settings, group_name)}
schedules = {
    place: MaintenanceSchedule(name, args) for place, name, args in surroundings.schedules(settings, group_name)
}
sets = {name: AvailabilitySet(name, **inputs) for name, inputs in surroundings.availability_sets(settings, names)}
around = surroundings.of(settings, networks, schedules, sets, names)
machines = [HotpatchVirtualMachine(*planned) for planned in plan.machines(settings, secrets, around)]
scale_sets = [HotpatchScaleSet(*planned) for planned in plan.scale_sets(settings, secrets, around)]
on_azure_local = azure_local.register(settings, secrets, names)
management.extend(settings, secrets, around, machines)
content = [*networks.values(), *schedules.values(), *sets.values(), *machines, *scale_sets, *on_azure_local]
management.manage_groups(settings, groups, content)

pulumi.export("resourceGroup", group_name)
pulumi.export("resourceGroups", names)
pulumi.export("subnets", around.subnets)
pulumi.export("outboundAddresses", {place: network.outbound_ip_address for place, network in networks.items()})
pulumi.export("schedules", around.schedules)
pulumi.export("fleet", outputs.table(machines, scale_sets, on_azure_local, outlook))
pulumi.export("asOf", outlook.today.isoformat())
