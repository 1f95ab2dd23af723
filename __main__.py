"""The fleet that the stack's settings ask for: read them, make the components, export."""

import pulumi
from pulumi_azure_native.compute import AvailabilitySet
from pulumi_azure_native.resources import ResourceGroup

from azure_hotpatch.components import HotpatchNetwork, HotpatchScaleSet, HotpatchVirtualMachine, MaintenanceSchedule
from azure_hotpatch.program import azure_local, outputs, plan, surroundings
from azure_hotpatch.program.configuration import admin_password, stack_settings

settings = stack_settings()
password = admin_password()
outlook = outputs.outlook_of(settings)

group = ResourceGroup(settings.resource_name("fleet"), location=settings.location, tags=settings.tags)
networks = {place: HotpatchNetwork(name, args) for place, name, args in surroundings.networks(settings, group.name)}
schedules = {
    place: MaintenanceSchedule(name, args) for place, name, args in surroundings.schedules(settings, group.name)
}
sets = {name: AvailabilitySet(name, **inputs) for name, inputs in surroundings.availability_sets(settings, group.name)}
around = surroundings.of(settings, networks, schedules, sets)
machines = [HotpatchVirtualMachine(*planned) for planned in plan.machines(settings, group.name, password, around)]
scale_sets = [HotpatchScaleSet(*planned) for planned in plan.scale_sets(settings, group.name, password, around)]
on_azure_local = azure_local.made(settings, group.name, password)

pulumi.export("resourceGroup", group.name)
pulumi.export("subnets", around.subnets)
pulumi.export("outboundAddresses", {place: network.outbound_ip_address for place, network in networks.items()})
pulumi.export("schedules", around.schedules)
pulumi.export("fleet", outputs.table(machines, scale_sets, on_azure_local, outlook))
pulumi.export("asOf", outlook.today.isoformat())
