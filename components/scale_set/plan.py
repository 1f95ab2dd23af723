"""The inputs of a Flexible scale set and its load balancer."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from azure_hotpatch.components.scale_set.args import HealthProbeSpec, ScaleSetExtensionSpec, ScaleSetSpec
from azure_hotpatch.components.shared import profile
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.profile import Inputs
from azure_hotpatch.components.shared.spec import filled, placed, without_absent
from azure_hotpatch.components.virtual_machine.plan import computer_name
from azure_hotpatch.domain.azure.machines import LONGEST_COMPUTER_NAME_PREFIX
from azure_hotpatch.domain.azure.scale_sets import HEALTH_NAME, HEALTH_PUBLISHER, HEALTH_TYPE, NETWORK_API_VERSIONS

_POOL = "instances"


def spec_of(given: Mapping[str, Any]) -> ScaleSetSpec:
    """The spec of a scale set, from checked arguments, with every default filled in."""
    health = HealthProbeSpec(**given.get("health", {}))
    extensions = tuple(ScaleSetExtensionSpec(**each) for each in given.get("extensions", ()))
    return filled(ScaleSetSpec, given, **profile.parsed_profile(given), health=health, extensions=extensions)


def scale_set(spec: ScaleSetSpec, pool_ids: Sequence[Any]) -> Inputs:
    """The inputs of the scale set; hotpatch is on, and there is no way to turn it off in a set."""
    return without_absent(
        {
            **placed(spec),
            "vm_scale_set_name": spec.scale_set_name,
            "zones": spec.zones,
            "orchestration_mode": "Flexible",
            "platform_fault_domain_count": spec.fault_domain_count,
            "single_placement_group": False,
            "sku": {"name": spec.size, "tier": "Standard", "capacity": spec.instances},
            "upgrade_policy": {"mode": "Manual"},
            "identity": _identity(spec),
            "proximity_placement_group": profile.reference(spec.proximity_placement_group_id),
            "virtual_machine_profile": _profile(spec, pool_ids),
        }
    )


def load_balancers(spec: ScaleSetSpec) -> list[Inputs]:
    """The inputs of the internal load balancer, none where it is not asked for."""
    if not spec.load_balancer:
        return []
    frontend = {"name": "frontend", "subnet": {"id": spec.subnet_id}, "private_ip_allocation_method": "Dynamic"}
    inputs = {
        **placed(spec),
        "load_balancer_name": spec.load_balancer_name,
        "sku": {"name": "Standard"},
        "frontend_ip_configurations": [frontend],
        "backend_address_pools": [{"name": _POOL}],
        "probes": [_probe(spec.health)],
    }
    return [without_absent(inputs)]


def computer_name_prefix(name: str) -> str:
    """A prefix from a component's name: `front.servers` -> `front-ser`, 9 characters at most."""
    return computer_name(name)[:LONGEST_COMPUTER_NAME_PREFIX]


def health_extension(health: HealthProbeSpec) -> Inputs:
    """The extension that reports an instance's health: guest patching in a set waits for it."""
    settings = {"protocol": health.protocol, "port": health.port, "requestPath": health.request_path}
    return {
        "name": HEALTH_NAME,
        "publisher": HEALTH_PUBLISHER,
        "type": HEALTH_TYPE,
        "type_handler_version": "1.0",
        "auto_upgrade_minor_version": True,
        "settings": without_absent(settings),
    }


def _extension(extension: ScaleSetExtensionSpec) -> Inputs:
    sealed = extension.protected_settings
    return without_absent(
        {
            "name": extension.name,
            "publisher": extension.publisher,
            "type": extension.type,
            "type_handler_version": extension.version,
            "auto_upgrade_minor_version": True,
            "enable_automatic_upgrade": extension.automatic_upgrade,
            "settings": extension.settings,
            "protected_settings": None if sealed is None else pulumi.Output.secret(sealed),
        }
    )


def _profile(spec: ScaleSetSpec, pool_ids: Sequence[Any]) -> Inputs:
    return without_absent(
        {
            "storage_profile": profile.storage_profile(spec, delete_data_disks="Delete"),
            "os_profile": {**profile.os_profile(spec), "computer_name_prefix": spec.computer_name_prefix},
            "network_profile": {
                "network_api_version": NETWORK_API_VERSIONS[0],
                "network_interface_configurations": [_network_interface(spec, pool_ids)],
            },
            "security_profile": profile.security_profile(spec),
            "diagnostics_profile": profile.diagnostics_profile(),
            "extension_profile": {"extensions": [health_extension(spec.health), *map(_extension, spec.extensions)]},
            "license_type": profile.license_type(spec),
            "user_data": profile.user_data(spec),
        }
    )


def _network_interface(spec: ScaleSetSpec, pool_ids: Sequence[Any]) -> Inputs:
    pools = {"load_balancer_backend_address_pools": [{"id": pool} for pool in pool_ids]} if pool_ids else {}
    address = {"name": "primary", "primary": True, "subnet": {"id": spec.subnet_id}, **pools}
    return {"name": "primary", "primary": True, "ip_configurations": [address]}


def _identity(spec: ScaleSetSpec) -> Inputs | None:
    identities = spec.user_assigned_identity_ids
    return {"type": "UserAssigned", "user_assigned_identities": identities} if identities else None


def _probe(health: HealthProbeSpec) -> Inputs:
    return without_absent(
        {
            "name": "health",
            "protocol": mapped(str.capitalize, health.protocol),
            "port": health.port,
            "interval_in_seconds": 15,
            "request_path": health.request_path,
        }
    )
