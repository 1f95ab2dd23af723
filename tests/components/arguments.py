"""Valid arguments of machines and scale sets, for tests to change."""

from typing import Any

from azure_hotpatch.components import HotpatchVirtualMachine

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/fleet/providers"
SUBNET = f"{GROUP}/Microsoft.Network/virtualNetworks/net/subnets/machines"
GOOD: dict[str, Any] = {
    "resource_group_name": "fleet",
    "image": "2022-Datacenter-Azure-Edition-Core",
    "admin_password": "Correct-horse-9",
    "subnet_id": SUBNET,
}


def machine(args: dict[str, Any]) -> HotpatchVirtualMachine:
    """The component with arguments as a program passes them, right or wrong."""
    return HotpatchVirtualMachine("web", args)  # type: ignore[arg-type]  # they may be wrong
