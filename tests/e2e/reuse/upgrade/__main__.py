"""A small fleet with every component of Azure: what each recorded state was deployed from."""

import pulumi
from pulumi_azure_native.resources import ResourceGroup

from azure_hotpatch.components import (
    HotpatchGuardrails,
    HotpatchNetwork,
    HotpatchScaleSet,
    HotpatchVirtualMachine,
    MaintenanceSchedule,
)

group = ResourceGroup("fleet", resource_group_name="fleet", location="westeurope")
network = HotpatchNetwork("net", {"resource_group_name": group.name})
place = {
    "resource_group_name": group.name,
    "image": "2022-core",
    "subnet_id": network.subnet_id,
    "admin_password": pulumi.Config().require_secret("password"),
}

HotpatchVirtualMachine("web", {**place, "zones": ["1"], "data_disks": [{"size_gb": 64}], "user_data": "role=web"})
HotpatchScaleSet("front", place)

schedule = MaintenanceSchedule(
    "nights",
    {"resource_group_name": group.name, "start": "2027-01-16 02:00", "recurrence": "saturdayAfterPatchTuesday"},
)
HotpatchVirtualMachine(
    "erp",
    {
        **place,
        "patching_mode": "customerManagedSchedule",
        "maintenance_configuration_id": schedule.configuration_id,
    },
)
HotpatchGuardrails("line", {"scope": "/subscriptions/00000000-0000-0000-0000-000000000000"})
