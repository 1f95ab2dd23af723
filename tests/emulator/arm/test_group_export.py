"""A group as a template: through the official client, and up again in another group."""

import httpx
import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.resource.deployments import DeploymentsMgmtClient

from tests.emulator.arm.conftest import SUBSCRIPTION

ALL = {"resources": ["*"], "options": "IncludeParameterDefaultValue"}
DISK = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}


@pytest.fixture(scope="module")
def group(resources, network):
    """A group with a network, an interface in it, and a disk whose tag looks like an expression."""
    resources.resource_groups.create_or_update("export-me", {"location": "westeurope"})
    subnets = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}]
    body = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets}
    made = network.virtual_networks.begin_create_or_update(
        "export-me", "net", {"location": "westeurope", "properties": body}
    ).result()
    configuration = {"name": "one", "properties": {"subnet": {"id": made.subnets[0].id}}}
    network.network_interfaces.begin_create_or_update(
        "export-me", "web-1-nic", {"location": "westeurope", "properties": {"ipConfigurations": [configuration]}}
    ).result()
    disk = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/export-me/providers/Microsoft.Compute/disks/data"
    resources.resources.begin_create_or_update_by_id(
        disk, {**DISK, "tags": {"a": "[b]"}}, api_version="2024-03-02"
    ).result()
    return "export-me"


@pytest.fixture
def export(resources, group):
    return lambda **body: resources.resource_groups.begin_export_template(group, {**ALL, **body}).result()


def test_names_and_ids_are_parameters(export):
    exported = export()
    template = exported.template
    assert template["parameters"]["networkInterfaces_web_1_nic_name"] == {"defaultValue": "web-1-nic", "type": "String"}
    by_type = {one["type"]: one for one in template["resources"]}
    assert set(by_type) == {
        "Microsoft.Compute/disks",
        "Microsoft.Network/networkInterfaces",
        "Microsoft.Network/virtualNetworks",
    }
    nic = by_type["Microsoft.Network/networkInterfaces"]
    assert nic["name"] == "[parameters('networkInterfaces_web_1_nic_name')]"
    assert nic["dependsOn"] == [
        "[resourceId('Microsoft.Network/virtualNetworks', parameters('virtualNetworks_net_name'))]"
    ]
    assert nic["properties"]["ipConfigurations"][0]["properties"]["subnet"] == {
        "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', "
        "parameters('virtualNetworks_net_name'), 'machines')]"
    }
    assert exported.error is None


def test_comes_up_again_in_another_group(export, resources, network, connect):
    resources.resource_groups.create_or_update("again", {"location": "westeurope"})
    names = {
        "virtualNetworks_net_name": {"value": "other-net"},
        "networkInterfaces_web_1_nic_name": {"value": "other-nic"},
    }
    body = {"properties": {"mode": "Complete", "template": export().template, "parameters": names}}
    deployments = connect(DeploymentsMgmtClient, SUBSCRIPTION).deployments
    deployments.begin_create_or_update("again", "all", body).result()
    there = {one.name: one.tags for one in resources.resources.list_by_resource_group("again")}
    assert set(there) == {"other-net", "other-nic", "data"}
    assert there["data"] == {"a": "[b]"}
    subnet = network.network_interfaces.get("again", "other-nic").ip_configurations[0].subnet.id
    assert subnet.endswith(
        "/resourceGroups/again/providers/Microsoft.Network/virtualNetworks/other-net/subnets/machines"
    )


def test_what_is_not_chosen_is_named_by_a_parameter(export, network, group):
    nic = network.network_interfaces.get(group, "web-1-nic")
    template = export(resources=[nic.id]).template
    assert [one["type"] for one in template["resources"]] == ["Microsoft.Network/networkInterfaces"]
    external = template["parameters"]["virtualNetworks_net_externalid"]["defaultValue"]
    assert external.lower() == nic.ip_configurations[0].subnet.id.lower()


def test_options_leave_names_and_defaults_as_they_are_asked_for(export):
    plain = export(options="SkipAllParameterization").template
    assert plain["parameters"] == {}
    assert {one["name"] for one in plain["resources"]} == {"['net']", "['web-1-nic']", "['data']"}
    assert all(one["defaultValue"] is None for one in export(options="").template["parameters"].values())


def test_names_what_cannot_be_exported(export, resources, group, base_url):
    path = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}/providers/Microsoft.Authorization/locks/keep"
    lock = {"properties": {"level": "CanNotDelete"}}
    httpx.put(f"{base_url}{path}", params={"api-version": "2020-05-01"}, json=lock).raise_for_status()
    assert resources.resource_groups.get(group)
    error = export().error
    assert error.code == "ExportTemplateCompletedWithErrors"
    assert ["microsoft.authorization/locks" in one.message.lower() for one in error.details] == [True]
    httpx.delete(f"{base_url}{path}", params={"api-version": "2020-05-01"}).raise_for_status()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"resources": []}, "must be a list of ids"),
        ({"options": "IncludeEverything"}, "includeeverything"),
        ({"outputFormat": "Bicep"}, "not in Bicep"),
    ],
)
def test_refuses_what_it_cannot_do(export, body, words):
    with pytest.raises(HttpResponseError, match=words):
        export(**body)
