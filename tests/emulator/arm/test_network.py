"""Networks, subnets, interfaces, addresses and what keeps them from being deleted."""

import pytest


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def network(subnet):
    return subnet.rsplit("/subnets/", 1)[0]


@pytest.fixture
def network_body():
    return {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}


def test_shows_a_subnet_inline_and_by_itself_alike(arm, network, subnet):
    inline = arm.get(network).json()["properties"]["subnets"]
    assert inline == [arm.get(subnet).json()]
    assert inline[0]["properties"]["provisioningState"] == "Succeeded"


def test_shows_a_subnet_that_was_put_by_itself_in_its_network(arm, network):
    arm.make(f"{network}/subnets/more", {"properties": {"addressPrefix": "10.0.1.0/24"}})
    assert [one["name"] for one in arm.get(network).json()["properties"]["subnets"]] == ["machines", "more"]


def test_keeps_the_subnets_of_a_network_that_is_put_without_any(arm, network, subnet, network_body):
    assert arm.put(network, network_body).status_code == 200
    assert arm.get(subnet).status_code == 200


def test_drops_the_subnets_of_a_network_that_an_older_version_puts_without_any(arm, network, subnet, network_body):
    assert arm.put(network, network_body, version="2023-06-01").status_code == 200
    assert arm.get(subnet).status_code == 404


def test_keeps_the_subnets_of_a_network_that_is_patched(arm, network, subnet):
    assert arm.patch(network, {"tags": {"a": "1"}}, version="2023-06-01").status_code == 200
    assert arm.get(subnet).status_code == 200


def test_connects_two_networks_that_peer_with_each_other(arm, network, provider):
    other = provider("Microsoft.Network/virtualNetworks/other")
    space = {"addressSpace": {"addressPrefixes": ["10.7.0.0/16"]}}
    arm.make(other, {"location": "westeurope", "properties": space})
    there, back = f"{network}/virtualNetworkPeerings/there", f"{other}/virtualNetworkPeerings/back"
    made = arm.make(there, {"properties": {"remoteVirtualNetwork": {"id": other}}})
    assert made["properties"]["peeringState"] == "Initiated"
    arm.make(back, {"properties": {"remoteVirtualNetwork": {"id": network}}})
    assert arm.get(there).json()["properties"]["peeringState"] == "Connected"


def test_drops_the_subnets_that_a_put_of_the_network_leaves_out(arm, network, subnet, network_body):
    network_body["properties"]["subnets"] = []
    arm.make(network, network_body)
    assert arm.get(subnet).status_code == 404


def test_refuses_to_drop_a_subnet_that_is_in_use(arm, network, subnet, nic, network_body):
    network_body["properties"]["subnets"] = []
    assert code(arm.put(network, network_body)) == (400, "InUseSubnetCannotBeDeleted")
    answer = arm.delete(subnet)
    assert code(answer) == (400, "InUseSubnetCannotBeDeleted")
    assert f"Subnet machines is in use by {nic}/ipConfigurations/internal and cannot be deleted" in answer.text
    assert code(arm.delete(network)) == (400, "InUseSubnetCannotBeDeleted")


def test_refuses_a_subnet_of_no_network(arm, provider):
    answer = arm.put(
        provider("Microsoft.Network/virtualNetworks/none/subnets/a"), {"properties": {"addressPrefix": "10.0.0.0/24"}}
    )
    assert code(answer) == (404, "ParentResourceNotFound")


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("10.0.0.128/25", "NetcfgSubnetRangesOverlap"),
        ("10.1.0.0/24", "NetcfgInvalidSubnet"),
        ("10.0.1.1/24", "InvalidCIDRNotation"),
        ("somewhere", "InvalidAddressPrefixFormat"),
    ],
)
def test_refuses_a_prefix_that_does_not_fit(arm, network, prefix, expected):
    answer = arm.put(f"{network}/subnets/more", {"properties": {"addressPrefix": prefix}})
    assert code(answer) == (400, expected)


def test_leaves_no_part_of_a_network_whose_subnets_are_wrong(arm, provider, network_body):
    network_body["properties"]["subnets"] = [{"name": "a", "properties": {"addressPrefix": "192.168.0.0/24"}}]
    path = provider("Microsoft.Network/virtualNetworks/wrong")
    assert code(arm.put(path, network_body)) == (400, "NetcfgInvalidSubnet")
    assert arm.get(path).status_code == 404


def test_refuses_a_network_without_an_address_space(arm, provider):
    answer = arm.put(provider("Microsoft.Network/virtualNetworks/n"), {"location": "westeurope", "properties": {}})
    assert code(answer) == (400, "InvalidRequestFormat")
    assert "Required property 'addressSpace' not found in JSON" in answer.json()["error"]["details"][0]["message"]


@pytest.mark.usefixtures("nic")
def test_gives_an_interface_the_lowest_free_address(arm, provider, nic_body):
    def address(name):
        made = arm.make(provider(f"Microsoft.Network/networkInterfaces/{name}"), nic_body)
        return made["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"]

    assert [address("a"), address("b")] == ["10.0.0.5", "10.0.0.6"]
    arm.remove(provider("Microsoft.Network/networkInterfaces/a"))
    assert address("c") == "10.0.0.5"


def test_keeps_address_and_hardware_address_over_an_update(arm, nic, nic_body):
    before = arm.get(nic).json()["properties"]
    nic_body["tags"] = {"a": "1"}
    after = arm.make(nic, nic_body)["properties"]
    assert after["macAddress"] == before["macAddress"]
    assert after["ipConfigurations"][0]["properties"] == before["ipConfigurations"][0]["properties"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10.0.0.4", "PrivateIPAddressIsAllocated"),
        ("10.0.0.1", "PrivateIPAddressInReservedRange"),
        ("10.9.9.9", "PrivateIPAddressNotInSubnet"),
    ],
)
@pytest.mark.usefixtures("nic")
def test_refuses_a_static_address_that_cannot_be_had(arm, provider, nic_body, address, expected):
    nic_body["properties"]["ipConfigurations"][0]["properties"].update(
        privateIPAllocationMethod="Static", privateIPAddress=address
    )
    assert code(arm.put(provider("Microsoft.Network/networkInterfaces/other"), nic_body)) == (400, expected)


def test_refuses_an_interface_when_the_subnet_is_full(arm, network, provider, nic_body):
    small = f"{network}/subnets/small"
    arm.make(small, {"properties": {"addressPrefix": "10.0.2.0/29"}})
    nic_body["properties"]["ipConfigurations"][0]["properties"]["subnet"]["id"] = small
    for number in range(3):
        arm.make(provider(f"Microsoft.Network/networkInterfaces/n{number}"), nic_body)
    assert code(arm.put(provider("Microsoft.Network/networkInterfaces/n3"), nic_body)) == (400, "SubnetIsFull")


def test_refuses_an_interface_in_a_subnet_that_is_not_there(arm, provider, subnet, nic_body):
    nic_body["properties"]["ipConfigurations"][0]["properties"]["subnet"]["id"] = subnet + "x"
    answer = arm.put(provider("Microsoft.Network/networkInterfaces/n"), nic_body)
    assert code(answer) == (400, "InvalidResourceReference")
    assert "was not found. Please make sure that the referenced resource exists" in answer.text


@pytest.mark.usefixtures("subnet")
def test_keeps_what_an_interface_and_a_subnet_need(arm, provider, nic_body):
    address = provider("Microsoft.Network/publicIPAddresses/out")
    shield = provider("Microsoft.Network/networkSecurityGroups/shield")
    standard = {"location": "westeurope", "sku": {"name": "Standard"}}
    static = {**standard, "properties": {"publicIPAllocationMethod": "Static"}}
    arm.make(address, static)
    arm.make(shield, {"location": "westeurope"})
    nic_body["properties"]["networkSecurityGroup"] = {"id": shield}
    nic_body["properties"]["ipConfigurations"][0]["properties"]["publicIPAddress"] = {"id": address}
    nic = provider("Microsoft.Network/networkInterfaces/n")
    arm.make(nic, nic_body)
    assert code(arm.delete(address)) == (400, "PublicIPAddressCannotBeDeleted")
    assert code(arm.delete(shield)) == (400, "InUseNetworkSecurityGroupCannotBeDeleted")
    assert arm.get(shield).json()["properties"]["networkInterfaces"] == [{"id": nic}]
    assert arm.get(address).json()["properties"]["ipConfiguration"] == {"id": f"{nic}/ipConfigurations/internal"}
    arm.remove(nic)
    arm.remove(address)
    arm.remove(shield)


@pytest.mark.usefixtures("network")
def test_links_a_nat_gateway_to_its_address_and_subnets(arm, provider, subnet):
    address, gateway = provider("Microsoft.Network/publicIPAddresses/out"), provider("Microsoft.Network/natGateways/g")
    static = {"publicIPAllocationMethod": "Static"}
    arm.make(address, {"location": "westeurope", "sku": {"name": "Standard"}, "properties": static})
    arm.make(gateway, {"location": "westeurope", "properties": {"publicIpAddresses": [{"id": address}]}})
    arm.make(subnet, {"properties": {"addressPrefix": "10.0.0.0/24", "natGateway": {"id": gateway}}})
    assert arm.get(gateway).json()["properties"]["subnets"] == [{"id": subnet}]
    assert arm.get(address).json()["properties"]["natGateway"] == {"id": gateway}
    assert code(arm.delete(gateway)) == (400, "InUseNatGatewayCannotBeDeleted")


def test_refuses_a_standard_address_that_is_dynamic(arm, provider):
    answer = arm.put(
        provider("Microsoft.Network/publicIPAddresses/a"), {"location": "westeurope", "sku": {"name": "Standard"}}
    )
    assert "must have AllocationMethod set to Static" in answer.text


def test_names_an_address(arm, provider):
    body = {"location": "westeurope", "properties": {"dnsSettings": {"domainNameLabel": "web"}}}
    made = arm.make(provider("Microsoft.Network/publicIPAddresses/a"), body)
    assert made["properties"]["dnsSettings"]["fqdn"] == "web.westeurope.cloudapp.azure.com"
    assert "ipAddress" not in made["properties"]  # dynamic, and nobody uses it


@pytest.fixture
def rule():
    return {
        "name": "rdp",
        "properties": {
            "protocol": "Tcp",
            "access": "Deny",
            "direction": "Inbound",
            "priority": 100,
            "sourceAddressPrefix": "*",
            "destinationAddressPrefix": "*",
            "sourcePortRange": "*",
            "destinationPortRange": "3389",
        },
    }


def test_shows_rules_inline_beside_the_default_ones(arm, provider, rule):
    shield = provider("Microsoft.Network/networkSecurityGroups/shield")
    made = arm.make(shield, {"location": "westeurope", "properties": {"securityRules": [rule]}})
    assert [one["name"] for one in made["properties"]["securityRules"]] == ["rdp"]
    assert len(made["properties"]["defaultSecurityRules"]) == 6
    assert arm.get(f"{shield}/securityRules/rdp").json()["properties"]["priority"] == 100


def test_refuses_rules_of_the_same_priority_and_direction(arm, provider, rule):
    rules = [rule, {**rule, "name": "ssh"}]
    answer = arm.put(
        provider("Microsoft.Network/networkSecurityGroups/s"),
        {"location": "westeurope", "properties": {"securityRules": rules}},
    )
    assert code(answer) == (400, "SecurityRuleConflict")


def test_refuses_a_rule_of_a_priority_that_there_is_not(arm, provider, rule):
    rule["properties"]["priority"] = 42
    answer = arm.put(
        provider("Microsoft.Network/networkSecurityGroups/s"),
        {"location": "westeurope", "properties": {"securityRules": [rule]}},
    )
    assert code(answer) == (400, "SecurityRuleInvalidPriority")


def test_gives_the_parts_of_a_load_balancer_ids_and_links_its_pool(arm, provider, subnet, nic, nic_body):
    balancer = provider("Microsoft.Network/loadBalancers/lb")
    pool = f"{balancer}/backendAddressPools/machines"
    front = {"name": "front", "properties": {"subnet": {"id": subnet}}}
    arm.make(
        balancer,
        {
            "location": "westeurope",
            "sku": {"name": "Standard"},
            "properties": {
                "frontendIPConfigurations": [front],
                "backendAddressPools": [{"name": "machines"}],
                "probes": [{"name": "tcp", "properties": {"protocol": "Tcp", "port": 80}}],
            },
        },
    )
    nic_body["properties"]["ipConfigurations"][0]["properties"]["loadBalancerBackendAddressPools"] = [{"id": pool}]
    arm.make(nic, nic_body)
    shown = arm.get(balancer).json()["properties"]
    assert shown["frontendIPConfigurations"][0]["id"] == f"{balancer}/frontendIPConfigurations/front"
    assert shown["backendAddressPools"][0]["properties"]["backendIPConfigurations"] == [
        {"id": f"{nic}/ipConfigurations/internal"}
    ]
    assert arm.get(pool).json()["name"] == "machines"


def test_refuses_an_interface_in_a_pool_that_is_not_there(arm, provider, nic, nic_body):
    pool = provider("Microsoft.Network/loadBalancers/lb/backendAddressPools/none")
    nic_body["properties"]["ipConfigurations"][0]["properties"]["loadBalancerBackendAddressPools"] = [{"id": pool}]
    assert code(arm.put(nic, nic_body)) == (400, "InvalidResourceReference")


def test_keeps_a_route_table_that_a_subnet_uses(arm, provider, subnet):
    table = provider("Microsoft.Network/routeTables/t")
    routes = [{"name": "out", "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"}}]
    arm.make(table, {"location": "westeurope", "properties": {"routes": routes}})
    arm.make(subnet, {"properties": {"addressPrefix": "10.0.0.0/24", "routeTable": {"id": table}}})
    assert code(arm.delete(table)) == (400, "InUseRouteTableCannotBeDeleted")
    assert arm.get(f"{table}/routes/out").json()["properties"]["nextHopType"] == "Internet"
