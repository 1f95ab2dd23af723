"""The shape of `az vmss create`: a load balancer, its rule, and a scale set that an output reads."""

import pytest

from tests.images import windows_server_image

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing
_BALANCER = "resourceId('Microsoft.Network/loadBalancers', 'setLB')"
_FRONTEND = f"[concat({_BALANCER}, '/frontendIPConfigurations/', 'loadBalancerFrontEnd')]"
_POOL = f"[concat({_BALANCER}, '/backendAddressPools/', 'setLBBEPool')]"


def network(kind, name, **more):
    return {
        "apiVersion": "2022-01-01",
        "type": f"Microsoft.Network/{kind}",
        "name": name,
        "location": "westeurope",
        **more,
    }


@pytest.fixture
def scale_set(subnet):
    """A template of that shape, with an image that can be hotpatched; a test gives it its settings."""
    address = network(
        "publicIPAddresses", "setIP", sku={"name": "Standard"}, properties={"publicIPAllocationMethod": "Static"}
    )
    front = {
        "name": "loadBalancerFrontEnd",
        "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'setIP')]"}},
    }
    balancer = network(
        "loadBalancers",
        "setLB",
        sku={"name": "Standard"},
        dependsOn=["Microsoft.Network/publicIpAddresses/setIP"],
        properties={"backendAddressPools": [{"name": "setLBBEPool"}], "frontendIPConfigurations": [front]},
    )
    rule = network(
        "loadBalancers/inboundNatRules",
        "setLB/NatRule",
        dependsOn=["[concat('Microsoft.Network/loadBalancers/', 'setLB')]"],
        properties={
            "frontendIPConfiguration": {"id": _FRONTEND},
            "backendAddressPool": {"id": _POOL},
            "backendPort": 3389,
            "frontendPortRangeStart": "50000",
            "frontendPortRangeEnd": "50119",
            "protocol": "tcp",
        },
    )
    configuration = {
        "name": "c",
        "properties": {"subnet": {"id": subnet}, "loadBalancerBackendAddressPools": [{"id": _POOL}]},
    }
    image = windows_server_image("2022-datacenter-azure-edition-core")
    profile = {
        "storageProfile": {
            "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": None}},
            "imageReference": image,
        },
        "osProfile": {
            "computerNamePrefix": "set",
            "adminUsername": "azadmin",
            "adminPassword": "[parameters('adminPassword')]",
        },
        "networkProfile": {
            "networkApiVersion": "2020-11-01",
            # The CLI writes a string where Azure has a boolean.
            "networkInterfaceConfigurations": [
                {"name": "nic", "properties": {"primary": "true", "ipConfigurations": [configuration]}}
            ],
        },
    }
    machines = {
        "apiVersion": "2026-04-01",
        "type": "Microsoft.Compute/virtualMachineScaleSets",
        "name": "set",
        "location": "westeurope",
        "dependsOn": ["Microsoft.Network/loadBalancers/setLB"],
        "sku": {"name": "Standard_D2s_v5", "capacity": 2},
        "properties": {
            "orchestrationMode": "Flexible",
            "platformFaultDomainCount": 1,
            "singlePlacementGroup": None,
            "virtualMachineProfile": profile,
        },
    }
    read = (
        "[reference(resourceId('Microsoft.Compute/virtualMachineScaleSets', 'set'),"
        "providers('Microsoft.Compute', 'virtualMachineScaleSets').apiVersions[0])]"
    )
    return {
        "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": {"adminPassword": {"type": "securestring"}},
        "variables": {},
        "resources": [machines, rule, balancer, address],
        "outputs": {"VMSS": {"type": "object", "value": read}},
    }


@pytest.fixture
def os_profile(scale_set):
    return scale_set["resources"][0]["properties"]["virtualMachineProfile"]["osProfile"]


def test_makes_the_set_and_reads_it(deployments, scale_set, os_profile):
    os_profile["windowsConfiguration"] = {
        "provisionVMAgent": True,
        "patchSettings": {"patchMode": "AutomaticByPlatform", "enableHotpatching": True},
    }
    scale_set["resources"][0]["properties"]["virtualMachineProfile"]["extensionProfile"] = {
        "extensions": [
            {
                "name": "health",
                "properties": {
                    "publisher": "Microsoft.ManagedServices",
                    "type": "ApplicationHealthWindows",
                    "typeHandlerVersion": "1.0",
                    "settings": {"protocol": "tcp", "port": 80},
                },
            }
        ]
    }
    found = deployments.run(scale_set, parameters={"adminPassword": PASSWORD})
    assert found["provisioningState"] == "Succeeded", found
    output = found["outputs"]["VMSS"]
    assert (output["type"], output["value"]["orchestrationMode"]) == ("Object", "Flexible")
    assert [one["id"].rsplit("/", 1)[1] for one in found["outputResources"]] == ["setIP", "setLB", "set", "NatRule"]


def test_a_set_without_hotpatch_is_refused_in_azures_words(deployments, scale_set):
    found = deployments.run(scale_set, parameters={"adminPassword": PASSWORD})
    [detail] = found["error"]["details"]
    assert detail["message"].startswith("'EnableHotpatching' must be set to 'true'")
