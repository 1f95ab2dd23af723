"""What is in effect on an interface: routes and security rules; and the parts of balancers that are read alone."""

from typing import Any

import pytest

from tests.emulator.arm.conftest import Arm

RULE = {
    "priority": 200,
    "direction": "Inbound",
    "access": "Deny",
    "protocol": "Tcp",
    "sourcePortRange": "*",
    "destinationPortRanges": ["3389", "5985-5986"],
    "sourceAddressPrefix": "203.0.113.7",
    "destinationAddressPrefix": "*",
}


@pytest.fixture
def place(arm: Arm, provider: Any, subnet: str) -> str:
    """A subnet with a group and a route table."""
    group, table = (provider(f"Microsoft.Network/{one}") for one in ("networkSecurityGroups/nsg", "routeTables/ways"))
    arm.make(group, {"location": "westeurope", "properties": {"securityRules": [{"name": "rdp", "properties": RULE}]}})
    route = {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.200"}
    arm.make(table, {"location": "westeurope", "properties": {"routes": [{"name": "out", "properties": route}]}})
    links = {"networkSecurityGroup": {"id": group}, "routeTable": {"id": table}}
    arm.make(subnet, {"properties": {"addressPrefix": "10.0.0.0/24", **links}})
    return subnet


def test_a_table_takes_the_place_of_azures_routes(arm: Arm, place: str, nic: str, vm: str, good_vm: Any) -> None:
    arm.make(vm, good_vm)
    routes = arm.act(f"{nic}/effectiveRouteTable")["value"]
    found = [(one["source"], one["addressPrefix"][0], one["nextHopType"], one["state"]) for one in routes]
    assert found == [
        ("Default", "10.0.0.0/16", "VnetLocal", "Active"),
        ("Default", "0.0.0.0/0", "Internet", "Invalid"),
        ("Default", "10.0.0.0/8", "None", "Active"),
        ("Default", "100.64.0.0/10", "None", "Active"),
        ("Default", "172.16.0.0/12", "None", "Active"),
        ("Default", "192.168.0.0/16", "None", "Active"),
        ("User", "0.0.0.0/0", "VirtualAppliance", "Active"),
    ]
    assert routes[-1] | {"name": "out", "nextHopIpAddress": ["10.0.0.200"]} == routes[-1]
    assert place.endswith("/machines")


def test_connected_networks_are_routed_to(arm: Arm, provider: Any, nic: str, vm: str, good_vm: Any) -> None:
    arm.make(vm, good_vm)
    here, other = (provider(f"Microsoft.Network/virtualNetworks/{name}") for name in ("net", "other"))
    space = {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}
    arm.make(other, {"location": "westeurope", "properties": space})

    def peered() -> list[str]:
        routes = arm.act(f"{nic}/effectiveRouteTable")["value"]
        return [one["addressPrefix"][0] for one in routes if one["nextHopType"] == "VNetPeering"]

    for one, remote, expected in ((here, other, []), (other, here, ["10.1.0.0/16"])):
        arm.make(f"{one}/virtualNetworkPeerings/to", {"properties": {"remoteVirtualNetwork": {"id": remote}}})
        assert peered() == expected


def test_the_rules_of_the_subnet_are_in_effect(arm: Arm, place: str, nic: str, vm: str, good_vm: Any) -> None:
    arm.make(vm, good_vm)
    (found,) = arm.act(f"{nic}/effectiveNetworkSecurityGroups")["value"]
    assert found["association"] == {"subnet": {"id": place}}
    inbound = [one["name"] for one in found["effectiveSecurityRules"] if one["direction"] == "Inbound"]
    assert inbound == [
        "securityRules/rdp",
        "defaultSecurityRules/AllowVnetInBound",
        "defaultSecurityRules/AllowAzureLoadBalancerInBound",
        "defaultSecurityRules/DenyAllInBound",
    ]
    rule = found["effectiveSecurityRules"][0]
    assert rule["destinationPortRanges"] == ["3389-3389", "5985-5986"]
    assert (rule["sourceAddressPrefix"], rule["destinationAddressPrefix"]) == ("203.0.113.7/32", "0.0.0.0/0")
    assert (rule["sourcePortRange"], rule["protocol"]) == ("0-65535", "Tcp")


@pytest.mark.parametrize("action", ["effectiveRouteTable", "effectiveNetworkSecurityGroups"])
def test_nothing_is_in_effect_without_a_running_machine(arm: Arm, nic: str, vm: str, good_vm: Any, action: str) -> None:
    assert arm.post(f"{nic}/{action}").status_code == 400
    arm.make(vm, good_vm)
    arm.act(f"{vm}/deallocate")
    assert arm.post(f"{nic}/{action}").status_code == 400


def test_reads_parts_by_themselves(arm: Arm, provider: Any, nic: str, subnet: str) -> None:
    balancer, group = (provider(f"Microsoft.Network/{one}") for one in ("loadBalancers/lb", "networkSecurityGroups/g"))
    front = {"name": "front", "properties": {"subnet": {"id": subnet}}}
    arm.make(balancer, {"location": "westeurope", "properties": {"frontendIPConfigurations": [front]}})
    arm.make(group, {"location": "westeurope", "properties": {}})
    for path in (
        f"{balancer}/frontendIPConfigurations/front",
        f"{group}/defaultSecurityRules/DenyAllInBound",
        f"{nic}/ipConfigurations/internal",
    ):
        one = arm.get(path).json()
        assert one["id"] == path
        assert one in arm.get(path.rpartition("/")[0]).json()["value"]
    assert arm.get(f"{balancer}/probes").json() == {"value": []}
    missing = arm.get(f"{balancer}/probes/tcp")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "ResourceNotFound")
    gone = arm.get(f"{provider('Microsoft.Network/loadBalancers/none')}/probes")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "ResourceNotFound")


def test_a_balancer_and_an_interface_know_each_other(arm: Arm, provider: Any, nic_body: Any) -> None:
    balancer, nic = (provider(f"Microsoft.Network/{one}") for one in ("loadBalancers/lb", "networkInterfaces/web"))
    pools = [{"name": "pool", "properties": {}}]
    arm.make(balancer, {"location": "westeurope", "properties": {"backendAddressPools": pools}})
    pool = {"loadBalancerBackendAddressPools": [{"id": f"{balancer}/backendAddressPools/pool"}]}
    nic_body["properties"]["ipConfigurations"][0]["properties"] |= pool
    arm.make(nic, nic_body)
    assert [one["id"] for one in arm.get(f"{balancer}/networkInterfaces").json()["value"]] == [nic]
    assert [one["id"] for one in arm.get(f"{nic}/loadBalancers").json()["value"]] == [balancer]


def test_counts_the_addresses_of_a_network(arm: Arm, nic: str, subnet: str) -> None:
    (found,) = arm.get(f"{subnet.rsplit('/', 2)[0]}/usages").json()["value"]
    assert (found["id"], found["currentValue"], found["limit"]) == (subnet, 1, 251)
    assert nic


def test_says_whether_a_name_is_free(arm: Arm, provider: Any) -> None:
    check = f"{arm.subscription}/providers/Microsoft.Network/locations/westeurope/CheckDnsNameAvailability"

    def free(label: str) -> Any:
        return arm.get(f"{check}?domainNameLabel={label}&api-version=2024-05-01").json()["available"]

    assert free("fleet")
    address = {"publicIPAllocationMethod": "Static", "dnsSettings": {"domainNameLabel": "fleet"}}
    body = {"location": "westeurope", "sku": {"name": "Standard"}, "properties": address}
    arm.make(provider("Microsoft.Network/publicIPAddresses/front"), body)
    assert not free("fleet")
    assert arm.get(check).status_code == 400
