"""A client reads a resource, and sends all of it back, as Terraform does to change one member: nothing comes of it."""

import pytest


def paths(arm):
    listed = arm.get("/emulator/resources").json()["value"]
    return sorted(one["id"] for one in listed if "/providers/" in one["id"])


@pytest.fixture
def place(provider):
    """The ids of a machine and of what is around it, in the order of their making."""
    network, compute = "Microsoft.Network", "Microsoft.Compute"
    return {
        "security group": provider(f"{network}/networkSecurityGroups/nsg"),
        "routes": provider(f"{network}/routeTables/routes"),
        "gateway address": provider(f"{network}/publicIPAddresses/out"),
        "gateway": provider(f"{network}/natGateways/nat"),
        "network": provider(f"{network}/virtualNetworks/net"),
        "address": provider(f"{network}/publicIPAddresses/ip"),
        "balancer": provider(f"{network}/loadBalancers/lb"),
        "interface": provider(f"{network}/networkInterfaces/web-1-nic"),
        "proximity": provider(f"{compute}/proximityPlacementGroups/ppg"),
        "availability": provider(f"{compute}/availabilitySets/as"),
        "disk": provider(f"{compute}/disks/data"),
        "machine": provider(f"{compute}/virtualMachines/web-1"),
    }


@pytest.fixture
def built(arm, place, good_vm):
    """Everything of `place`, each in use by another."""
    links = {name: {"id": path} for name, path in place.items()}
    static = {"sku": {"name": "Standard"}, "properties": {"publicIPAllocationMethod": "Static"}}
    subnet = {
        "addressPrefix": "10.0.0.0/24",
        "networkSecurityGroup": links["security group"],
        "routeTable": links["routes"],
        "natGateway": links["gateway"],
    }
    inside = {"subnet": {"id": f"{place['network']}/subnets/machines"}}
    outside = {**inside, "publicIPAddress": links["address"]}
    pool = {"loadBalancerBackendAddressPools": [{"id": f"{place['balancer']}/backendAddressPools/pool"}]}
    attached = {"lun": 0, "createOption": "Attach", "managedDisk": links["disk"]}
    good_vm["properties"] |= {"availabilitySet": links["availability"], "proximityPlacementGroup": links["proximity"]}
    good_vm["properties"]["storageProfile"]["dataDisks"] = [attached]
    empty = {"diskSizeGB": 32, "creationData": {"createOption": "Empty"}}
    faults = {"platformFaultDomainCount": 2, "proximityPlacementGroup": links["proximity"]}
    bodies = {
        "security group": {"properties": {}},
        "routes": {"properties": {}},
        "gateway address": static,
        "gateway": {"sku": {"name": "Standard"}, "properties": {"publicIpAddresses": [links["gateway address"]]}},
        "network": {
            "properties": {
                "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                "subnets": [{"name": "machines", "properties": subnet}],
            }
        },
        "address": static,
        "balancer": {
            "sku": {"name": "Standard"},
            "properties": {
                "frontendIPConfigurations": [{"name": "front", "properties": inside}],
                "backendAddressPools": [{"name": "pool", "properties": {}}],
            },
        },
        "interface": {"properties": {"ipConfigurations": [{"name": "ip", "properties": outside | pool}]}},
        "proximity": {"properties": {}},
        "availability": {"sku": {"name": "Aligned"}, "properties": faults},
        "disk": {"sku": {"name": "Premium_LRS"}, "properties": empty},
        "machine": good_vm,
    }
    for name, path in place.items():
        arm.make(path, {"location": "westeurope", **bodies[name]})


@pytest.mark.usefixtures("built")
def test_what_was_sent_back_holds_nothing_that_is_deleted_later(arm, place):
    for path in paths(arm):
        arm.make(path, arm.get(path).json())
    for path in reversed(place.values()):
        answer = arm.delete(path)
        assert answer.status_code in {200, 202}, answer.text
        if answer.status_code == 202:
            arm.wait(answer)
        assert arm.get(path).status_code == 404, path
