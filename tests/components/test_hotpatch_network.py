"""A network with a way out: new, or a subnet of one that exists."""

from typing import Any

import pytest

from azure_hotpatch.components import ArgumentsRefusedError, HotpatchNetwork

EXISTING = "/subscriptions/s/resourceGroups/shared/providers/Microsoft.Network/virtualNetworks/hub"
GOOD: dict[str, Any] = {"resource_group_name": "fleet", "location": "westeurope", "tags": {"team": "web"}}


def network(args: dict[str, Any]) -> HotpatchNetwork:
    return HotpatchNetwork("net", args)  # type: ignore[arg-type]  # what a program passes, right or wrong


def by_name(resources: list[Any]) -> dict[str, Any]:
    return {resource.name: resource.inputs for resource in resources}


def test_goes_out_through_a_nat_gateway(register: Any) -> None:
    made = by_name(register(lambda: network(GOOD)))
    assert set(made) == {"net-nsg", "net-nat-ip", "net-nat", "net-vnet", "net-subnet"}
    assert made["net-subnet"]["natGateway"]["id"].endswith("/net-nat")
    assert made["net-nat"]["publicIpAddresses"][0]["id"].endswith("/net-nat-ip")
    assert made["net-nat-ip"]["sku"] == {"name": "Standard"}


def test_nothing_goes_out_by_default_and_nothing_comes_in(register: Any) -> None:
    made = by_name(register(lambda: network(GOOD)))
    assert made["net-subnet"]["defaultOutboundAccess"] is False
    assert made["net-subnet"]["networkSecurityGroup"]["id"].endswith("/net-nsg")
    assert "securityRules" not in made["net-nsg"]  # the default rules let nothing in from the Internet


def test_takes_the_first_subnet_of_its_address_space(register: Any) -> None:
    made = by_name(register(lambda: network({**GOOD, "address_space": "10.8.0.0/20"})))
    assert made["net-vnet"]["addressSpace"] == {"addressPrefixes": ["10.8.0.0/20"]}
    assert made["net-subnet"]["addressPrefix"] == "10.8.0.0/24"


def test_makes_a_subnet_in_a_network_of_another_group(register: Any) -> None:
    made = by_name(register(lambda: network({**GOOD, "network_id": EXISTING, "subnet_prefix": "10.1.2.0/25"})))
    assert "net-vnet" not in made
    subnet = made["net-subnet"]
    assert (subnet["resourceGroupName"], subnet["virtualNetworkName"]) == ("shared", "hub")
    assert made["net-nat"]["resourceGroupName"] == "fleet"


NAMES = {
    "network_name": ("net-vnet", "virtualNetworkName", "vnet"),
    "subnet_name": ("net-subnet", "subnetName", "snet"),
    "security_group_name": ("net-nsg", "networkSecurityGroupName", "nsg"),
    "nat_gateway_name": ("net-nat", "natGatewayName", "ng"),
    "public_ip_address_name": ("net-nat-ip", "publicIpAddressName", "pip"),
}


def test_everything_is_called_as_its_argument_says(register: Any) -> None:
    made = by_name(register(lambda: network({**GOOD, **{argument: name for argument, (*_, name) in NAMES.items()}})))
    assert {resource: made[resource][key] for resource, key, _ in NAMES.values()} == {
        resource: name for resource, _, name in NAMES.values()
    }
    unnamed = by_name(register(lambda: network(GOOD)))
    assert [
        key for resource, key, _ in NAMES.values() if key in unnamed[resource] and key != "virtualNetworkName"
    ] == []


def test_leaves_the_way_out_to_a_route_table(register: Any) -> None:
    table = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/firewall"
    made = by_name(register(lambda: network({**GOOD, "nat_gateway": False, "route_table_id": table})))
    assert set(made) == {"net-nsg", "net-vnet", "net-subnet"}
    assert made["net-subnet"]["routeTable"] == {"id": table}


@pytest.mark.parametrize(
    ("wrong", "argument", "why"),
    [
        ({"address_space": "10.0.0.0/25", "subnet_prefix": "10.0.0.0/24"}, "subnet_prefix", "is not inside"),
        ({"address_space": "10.0.0.1/16"}, "address_space", "is not an IPv4 prefix"),
        ({"subnet_prefix": "10.9.0.0/24"}, "subnet_prefix", "is not inside the network's"),
        ({"subnet_prefix": "10.0.0.0/30"}, "subnet_prefix", "is too small"),
        ({"network_id": EXISTING}, "subnet_prefix", "is missing: the prefix of the subnet"),
        (
            {"network_id": EXISTING, "subnet_prefix": "10.1.0.0/24", "address_space": "10.0.0.0/8"},
            "address_space",
            "own",
        ),
        ({"network_id": "hub", "subnet_prefix": "10.1.0.0/24"}, "network_id", "is not the id of"),
        ({"resource_group_name": None}, "resource_group_name", "is missing"),
    ],
)
def test_refuses_what_azure_would_refuse(wrong: dict[str, Any], argument: str, why: str) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        network({**GOOD, **wrong})
    assert argument in str(refused.value)
    assert why in str(refused.value)


RULE = {"name": "https", "priority": 200, "ports": ["443", "8000-8010"]}


def test_a_rule_opens_ports_to_the_network_itself(register: Any) -> None:
    made = by_name(register(lambda: network({**GOOD, "security_rules": [RULE]})))
    assert made["net-nsg"]["securityRules"] == [
        {
            "name": "https",
            "priority": 200,
            "access": "Allow",
            "direction": "Inbound",
            "protocol": "Tcp",
            "sourceAddressPrefix": "VirtualNetwork",
            "sourcePortRange": "*",
            "destinationAddressPrefix": "VirtualNetwork",
            "destinationPortRanges": ["443", "8000-8010"],
        }
    ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"priority": 99}, "security_rules[1].priority"),
        ({"priority": 200}, "security_rules[1].priority"),
        ({"name": "HTTPS"}, "security_rules[1].name"),
        ({"access": "Drop"}, "security_rules[1].access"),
        ({"ports": ["8010-8000"]}, "security_rules[1].ports[0]"),
        ({"ports": ["65536"]}, "security_rules[1].ports[0]"),
    ],
)
def test_refuses_a_rule_that_azure_refuses(changes: dict[str, Any], path: str, register: Any) -> None:
    rules = [RULE, {**RULE, "name": "other", "priority": 300, **changes}]
    with pytest.raises(ArgumentsRefusedError) as told:
        register(lambda: network({**GOOD, "security_rules": rules}))
    assert path in str(told.value)
