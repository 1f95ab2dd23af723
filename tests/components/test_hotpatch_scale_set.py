"""A scale set whose instances are hotpatched: Flexible, complete, and nothing else."""

from typing import Any

import pytest

from azure_hotpatch.components import ArgumentsRefusedError, HotpatchScaleSet
from tests.components.arguments import GOOD, GROUP

EVERYTHING: dict[str, Any] = {
    **GOOD,
    "image": "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
    "image_version": "20348.4648.260108",
    "admin_username": "fleetadmin",
    "reboot_setting": "Always",
    "location": "westeurope",
    "size": "Standard_D8s_v5",
    "instances": 12,
    "zones": ["1", "2", "3"],
    "fault_domain_count": 1,
    "computer_name_prefix": "front",
    "scale_set_name": "front-set",
    "health": {"protocol": "http", "port": 80, "request_path": "/health"},
    "load_balancer": True,
    "load_balancer_name": "front-balancer",
    "load_balancer_backend_pool_ids": [f"{GROUP}/Microsoft.Network/loadBalancers/edge/backendAddressPools/web"],
    "extensions": [
        {
            "name": "monitor",
            "publisher": "Microsoft.Azure.Monitor",
            "type": "AzureMonitorWindowsAgent",
            "version": "1.0",
        }
    ],
    "proximity_placement_group_id": f"{GROUP}/Microsoft.Compute/proximityPlacementGroups/near",
    "os_disk_type": "Premium_LRS",
    "os_disk_size_gb": 80,
    "data_disks": [{"size_gb": 32}],
    "azure_hybrid_benefit": True,
    "encryption_at_host": True,
    "user_assigned_identity_ids": [f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/reader"],
    "time_zone": "GMT Standard Time",
    "user_data": "role=front",
    "tags": {"role": "front"},
}
RESTARTS_WHEN_REQUIRED = {"reboot_setting": "IfRequired"}  # HP046 advises against Always


def scale_set(args: dict[str, Any]) -> HotpatchScaleSet:
    return HotpatchScaleSet("front", args)  # type: ignore[arg-type]  # what a program passes, right or wrong


def test_a_set_keeps_every_rule(register: Any, violations: Any) -> None:
    resources = register(lambda: scale_set(GOOD))
    assert [resource.name for resource in resources] == ["front-vmss"]
    assert violations(resources) == []


def test_a_set_with_everything_set_keeps_every_rule(register: Any, violations: Any) -> None:
    resources = register(lambda: scale_set(EVERYTHING | RESTARTS_WHEN_REQUIRED))
    assert [resource.name for resource in resources] == ["front-lb", "front-vmss"]
    assert violations(resources) == []


def test_is_flexible_and_complete(register: Any) -> None:
    inputs = register(lambda: scale_set(GOOD))[0].inputs
    profile = inputs["virtualMachineProfile"]
    assert inputs["orchestrationMode"] == "Flexible"
    assert (inputs["platformFaultDomainCount"], inputs["singlePlacementGroup"]) == (1, False)
    assert profile["networkProfile"]["networkApiVersion"] == "2020-11-01"
    assert profile["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] is True


def test_is_near_to_what_its_placement_group_holds(register: Any) -> None:
    inputs = register(lambda: scale_set(EVERYTHING))[-1].inputs
    assert inputs["proximityPlacementGroup"] == {"id": EVERYTHING["proximity_placement_group_id"]}
    assert "proximityPlacementGroup" not in register(lambda: scale_set(GOOD))[-1].inputs


def test_says_when_an_instance_is_well(register: Any) -> None:
    inputs = register(lambda: scale_set(EVERYTHING))[-1].inputs
    extension = inputs["virtualMachineProfile"]["extensionProfile"]["extensions"][0]
    assert (extension["publisher"], extension["type"]) == ("Microsoft.ManagedServices", "ApplicationHealthWindows")
    assert extension["settings"] == {"protocol": "http", "port": 80, "requestPath": "/health"}


JOIN: dict[str, Any] = {
    "name": "join",
    "publisher": "Microsoft.Compute",
    "type": "JsonADDomainExtension",
    "version": "1.3",
    "automatic_upgrade": True,
    "settings": {"Name": "corp.contoso.com"},
    "protected_settings": {"Password": "Join-unmistakable-Tv8"},
}


def test_an_extension_comes_after_the_health_extension_and_its_protected_settings_are_a_secret(register: Any) -> None:
    (made,) = register(lambda: scale_set({**GOOD, "extensions": [JOIN]}))
    health, join = made.inputs["virtualMachineProfile"]["extensionProfile"]["extensions"]
    assert health["name"] == "health"
    assert join == {
        "name": "join",
        "publisher": "Microsoft.Compute",
        "type": "JsonADDomainExtension",
        "typeHandlerVersion": "1.3",
        "autoUpgradeMinorVersion": True,
        "enableAutomaticUpgrade": True,
        "settings": {"Name": "corp.contoso.com"},
        "protectedSettings": {"Password": "Join-unmistakable-Tv8"},
    }
    assert "virtualMachineProfile" in made.secrets


@pytest.mark.parametrize(
    ("extensions", "path", "why"),
    [
        ([JOIN, {**JOIN, "type": "Other"}], "extensions[1].name", "'join' is already that of extensions[0]"),
        ([JOIN, {**JOIN, "name": "again"}], "extensions[1].type", "already that of extensions[0]"),
        ([{**JOIN, "name": "Health"}], "extensions[0].name", "is that of the health extension"),
        (
            [{**JOIN, "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthWindows"}],
            "extensions[0].type",
            "is that of the health extension",
        ),
        ([{**JOIN, "version": "1"}], "extensions[0].version", "is not the version of an extension"),
    ],
)
def test_refuses_an_extension_that_azure_refuses(extensions: list[Any], path: str, why: str) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        scale_set({**GOOD, "extensions": extensions})
    assert f"{path}: " in str(refused.value)
    assert why in str(refused.value)
    assert "unmistakable" not in str(refused.value)


def test_instances_are_behind_both_load_balancers(register: Any) -> None:
    resources = register(lambda: scale_set(EVERYTHING))
    network = resources[-1].inputs["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]
    pools = [pool["id"] for pool in network["ipConfigurations"][0]["loadBalancerBackendAddressPools"]]
    assert pools == [*EVERYTHING["load_balancer_backend_pool_ids"], f"{resources[0].id}/backendAddressPools/instances"]
    assert resources[0].inputs["sku"] == {"name": "Standard"}


def test_keeps_the_password_secret(register: Any) -> None:
    made = register(lambda: scale_set(GOOD))[0]
    assert any("virtualMachineProfile.osProfile.adminPassword".startswith(path) for path in made.secrets)


@pytest.mark.parametrize(
    ("argument", "value", "why"),
    [
        ("orchestration_mode", "Uniform", "unknown argument"),
        ("patching_mode", "azureManaged", "unknown argument"),
        ("image", "2022-datacenter-azure-edition", "looks hotpatchable and is not"),
        ("subnet_id", "machines", "is not the id of"),
        ("instances", 1001, "allowed: 0 to 1000"),
        ("fault_domain_count", 5, "allowed: 1 to 3"),
        ("zones", ["west"], "is not a zone"),
        ("computer_name_prefix", "front-servers", "takes 9 at most"),
        ("computer_name_prefix", "123", "has only digits"),
        ("health", {"protocol": "http"}, "requires a request path"),
        ("health", {"request_path": "/"}, "takes no path"),
        ("health", {"port": 0}, "allowed: 1 to 65535"),
        ("health", {"protocol": "udp"}, "unknown value"),
        ("user_assigned_identity_ids", ["own"], "is not the id of"),
    ],
)
def test_refuses_before_anything_is_registered(argument: str, value: Any, why: str) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        scale_set({**GOOD, argument: value})
    assert argument in str(refused.value)
    assert why in str(refused.value)


def test_refuses_fault_domains_in_zones() -> None:
    with pytest.raises(ArgumentsRefusedError, match="a scale set in zones has a fault domain count of 1"):
        scale_set({**GOOD, "zones": ["1"], "fault_domain_count": 3})
