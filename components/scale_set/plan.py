"""Which inputs a Flexible scale set and its load balancer are registered with, from checked arguments."""

from collections.abc import Mapping, Sequence
from typing import Any

from azure_hotpatch.components.virtual_machine import plan as machine
from azure_hotpatch.domain.azure.machines import LONGEST_COMPUTER_NAME_PREFIX
from azure_hotpatch.domain.azure.scale_sets import HEALTH_PUBLISHER, HEALTH_TYPE

Args = Mapping[str, Any]

INSTANCES = 2
NETWORK_API_VERSION = "2020-11-01"
HEALTH_PORT = 3389
_POOL = "instances"


def scale_set(args: Args, pool_ids: Sequence[Any]) -> dict[str, Any]:
    """The inputs of the scale set; hotpatch is on, and there is no way to turn it off in a set."""
    return machine.without_absent(
        {
            "resource_group_name": args["resource_group_name"],
            "vm_scale_set_name": args.get("scale_set_name"),
            "location": args.get("location"),
            "zones": args.get("zones"),
            "tags": args.get("tags"),
            "orchestration_mode": "Flexible",
            "platform_fault_domain_count": args.get("fault_domain_count", 1),
            "single_placement_group": False,
            "sku": {
                "name": args.get("size", machine.SIZE),
                "tier": "Standard",
                "capacity": args.get("instances", INSTANCES),
            },
            "upgrade_policy": {"mode": "Manual"},
            "identity": _identity(args),
            "virtual_machine_profile": _profile(args, pool_ids),
        }
    )


def load_balancers(args: Args) -> list[dict[str, Any]]:
    """The inputs of the internal load balancer, none where it is not asked for."""
    if not args.get("load_balancer"):
        return []
    frontend = {"name": "frontend", "subnet": {"id": args["subnet_id"]}, "private_ip_allocation_method": "Dynamic"}
    return [
        {
            **{key: args[key] for key in ("resource_group_name", "location", "tags") if key in args},
            "sku": {"name": "Standard"},
            "frontend_ip_configurations": [frontend],
            "backend_address_pools": [{"name": _POOL}],
            "probes": [_probe(args.get("health", {}))],
        }
    ]


def computer_name_prefix(name: str) -> str:
    """A prefix from a component's name: `front.servers` -> `front-ser`, 9 characters at most."""
    return machine.computer_name(name)[:LONGEST_COMPUTER_NAME_PREFIX]


def health_extension(health: Args) -> dict[str, Any]:
    """The extension that says when an instance is well: guest patching in a set waits for it."""
    settings = {"protocol": health.get("protocol", "tcp"), "port": health.get("port", HEALTH_PORT)}
    path = {"requestPath": health["request_path"]} if "request_path" in health else {}
    return {
        "name": "health",
        "publisher": HEALTH_PUBLISHER,
        "type": HEALTH_TYPE,
        "type_handler_version": "1.0",
        "auto_upgrade_minor_version": True,
        "settings": {**settings, **path},
    }


def _profile(args: Args, pool_ids: Sequence[Any]) -> dict[str, Any]:
    return machine.without_absent(
        {
            "storage_profile": machine.storage_profile(args, delete_data_disks="Delete"),
            "os_profile": {**machine.os_profile(args), "computer_name_prefix": args["computer_name_prefix"]},
            "network_profile": {
                "network_api_version": NETWORK_API_VERSION,
                "network_interface_configurations": [_network_interface(args, pool_ids)],
            },
            "security_profile": machine.security_profile(args),
            "diagnostics_profile": machine.diagnostics_profile(),
            "extension_profile": {"extensions": [health_extension(args.get("health", {}))]},
            "license_type": machine.license_type(args),
            "user_data": machine.user_data(args),
        }
    )


def _network_interface(args: Args, pool_ids: Sequence[Any]) -> dict[str, Any]:
    pools = {"load_balancer_backend_address_pools": [{"id": pool} for pool in pool_ids]} if pool_ids else {}
    address = {"name": "primary", "primary": True, "subnet": {"id": args["subnet_id"]}, **pools}
    return {"name": "primary", "primary": True, "ip_configurations": [address]}


def _identity(args: Args) -> dict[str, Any] | None:
    identities = args.get("user_assigned_identity_ids")
    return {"type": "UserAssigned", "user_assigned_identities": identities} if identities else None


def _probe(health: Args) -> dict[str, Any]:
    path = {"request_path": health["request_path"]} if "request_path" in health else {}
    protocol = health.get("protocol", "tcp").capitalize()
    return {
        "name": "health",
        "protocol": protocol,
        "port": health.get("port", HEALTH_PORT),
        "interval_in_seconds": 15,
        **path,
    }
