"""Resource groups, subscriptions, tenants and providers."""

import pytest


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_makes_a_group_and_then_updates_it(arm):
    path = f"{arm.subscription}/resourcegroups/Fleet"
    made = arm.put(path, {"location": "West Europe", "tags": {"a": "1"}})
    assert made.status_code == 201
    assert made.json() == {
        "id": f"{arm.subscription}/resourceGroups/Fleet",
        "name": "Fleet",
        "type": "Microsoft.Resources/resourceGroups",
        "location": "westeurope",
        "tags": {"a": "1"},
        "properties": {"provisioningState": "Succeeded"},
    }
    assert arm.put(path, {"location": "westeurope"}).status_code == 200


def test_refuses_to_move_a_group(arm, group):
    answer = arm.put(group, {"location": "eastus"})
    assert code(answer) == (409, "InvalidResourceGroupLocation")


def test_refuses_a_group_without_a_location(arm):
    assert code(arm.put(f"{arm.subscription}/resourceGroups/g", {})) == (400, "LocationRequired")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("g.", "has these invalid trailing characters: '.'."),
        ("a<b c", "has these invalid characters: '< '. The name can only be a letter, digit"),
        ("g" * 91, "has a length of '91' which exceeds the maximum length of '90'."),
    ],
)
def test_refuses_a_name_that_no_group_has(arm, name, why):
    answer = arm.put(f"{arm.subscription}/resourceGroups/{name}", {"location": "westeurope"})
    assert code(answer) == (400, "InvalidResourceGroup")
    assert why in answer.text


def test_tells_by_head_whether_a_group_exists(arm, group):
    assert arm.ask("HEAD", group).status_code == 204
    assert arm.ask("HEAD", group + "x").status_code == 404


def test_changes_the_tags_of_a_group(arm, group):
    assert arm.patch(group, {"tags": {"owner": "ops"}}).json()["tags"] == {"owner": "ops"}


@pytest.mark.usefixtures("nic")
def test_deletes_a_group_with_all_that_is_in_it(arm, group):
    answer = arm.delete(group)
    assert answer.status_code == 202
    assert arm.get(group).json()["properties"]["provisioningState"] == "Deleting"
    arm.wait(answer)
    assert arm.stored() == []
    assert code(arm.get(group)) == (404, "ResourceGroupNotFound")


def test_refuses_to_put_anything_into_a_group_that_is_going(arm, group, provider):
    arm.delete(group)
    answer = arm.put(provider("Microsoft.Network/routeTables/r"), {"location": "westeurope"})
    assert code(answer) == (409, "ResourceGroupBeingDeleted")


def test_answers_404_to_the_deletion_of_no_group(arm):
    assert code(arm.delete(f"{arm.subscription}/resourceGroups/none")) == (404, "ResourceGroupNotFound")


def test_keeps_a_group_whose_subnet_is_used_from_another_group(arm, group, nic_body):
    other = f"{arm.subscription}/resourceGroups/other"
    arm.put(other, {"location": "westeurope"})
    arm.make(f"{other}/providers/Microsoft.Network/networkInterfaces/far", nic_body)
    assert code(arm.delete(group)) == (400, "InUseSubnetCannotBeDeleted")
    arm.remove(other)
    arm.remove(group)
    assert arm.stored() == []


@pytest.mark.usefixtures("nic")
def test_lists_groups_and_the_resources_in_them(arm, group):
    assert [one["id"] for one in arm.get(f"{arm.subscription}/resourceGroups").json()["value"]] == [group]
    everything = arm.get(f"{arm.subscription}/resources").json()["value"]
    assert {one["type"] for one in everything} == {
        "Microsoft.Network/networkInterfaces",
        "Microsoft.Network/virtualNetworks",
    }
    assert arm.get(f"{group}/resources").json()["value"] == everything


@pytest.mark.usefixtures("group")
def test_knows_subscriptions_and_tenants(arm):
    ids = [one["id"] for one in arm.get("/subscriptions").json()["value"]]
    assert arm.subscription in ids
    assert arm.get(arm.subscription).json()["state"] == "Enabled"
    assert arm.get("/tenants").json()["value"][0]["tenantId"] == arm.get(arm.subscription).json()["tenantId"]
    assert "westeurope" in {one["name"] for one in arm.get(f"{arm.subscription}/locations").json()["value"]}


def test_lists_the_providers_that_are_emulated(arm):
    found = arm.get(f"{arm.subscription}/providers/microsoft.compute", version="2021-04-01").json()
    assert found["registrationState"] == "Registered"
    assert "virtualMachines" in {one["resourceType"] for one in found["resourceTypes"]}
    listed = arm.get(f"{arm.subscription}/providers", version="2021-04-01").json()["value"]
    assert found in listed


def test_refuses_a_provider_that_there_is_not(arm):
    answer = arm.get(f"{arm.subscription}/providers/Microsoft.Nothing", version="2021-04-01")
    assert code(answer) == (404, "InvalidResourceNamespace")


def test_refuses_to_list_the_resources_of_a_group_that_is_not_there(arm):
    answer = arm.get(f"{arm.subscription}/resourceGroups/none/resources", version="2021-04-01")
    assert code(answer) == (404, "ResourceGroupNotFound")


def test_lists_the_providers_of_the_tenant_which_registers_none(arm):
    listed = arm.get("/providers", version="2021-04-01").json()["value"]
    found = arm.get("/providers/microsoft.compute", version="2021-04-01").json()
    assert found in listed
    assert (found["id"], "registrationState" in found) == ("/providers/Microsoft.Compute", False)
