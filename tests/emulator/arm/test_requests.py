"""What every request must have, and what a path may be spelled like."""

import pytest


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_refuses_a_request_without_an_api_version(arm, vm):
    answer = arm.get(vm, version="")
    assert error(answer) == (400, "MissingApiVersionParameter")
    assert "(?api-version=) is required for all requests" in answer.json()["error"]["message"]


def test_refuses_an_api_version_of_a_group_that_is_no_date(arm, group):
    assert error(arm.get(group, version="latest")) == (400, "InvalidApiVersionParameter")


def test_names_the_versions_of_a_type_when_one_is_not_registered(arm, vm):
    answer = arm.get(vm, version="2010-01-01")
    assert error(answer) == (404, "InvalidResourceType")
    assert "'virtualMachines' could not be found in the namespace 'Microsoft.Compute'" in answer.text


def test_names_the_location_too_when_a_put_has_such_a_version(arm, vm, good_vm):
    answer = arm.put(vm, good_vm, version="2199-01-01")
    assert error(answer) == (400, "NoRegisteredProviderFound")
    assert "for location 'westeurope' and API version '2199-01-01'" in answer.text


def test_says_plainly_that_a_type_is_not_emulated(arm, provider):
    arm.put("/emulator/stored-types", {"enabled": False})
    answer = arm.put(provider("Microsoft.KeyVault/vaults/secrets"), {"location": "westeurope"})
    assert error(answer) == (501, "NotEmulated")
    assert "This Azure emulator does not have the resource type 'Microsoft.KeyVault/vaults'" in answer.text


def test_says_plainly_that_an_action_is_not_emulated(arm, vm, good_vm):
    arm.make(vm, good_vm)
    answer = arm.post(f"{vm}/migrateToVirtualMachineScaleSet")
    assert error(answer) == (501, "NotEmulated")
    assert (
        "does not have the action 'migrateToVirtualMachineScaleSet' of 'Microsoft.Compute/virtualMachines'"
        in answer.text
    )


def test_refuses_a_subscription_that_is_no_guid(arm):
    assert error(arm.get("/subscriptions/mine/resourceGroups/fleet")) == (400, "InvalidSubscriptionId")


def test_refuses_a_body_that_is_no_json_without_quoting_it(arm, vm):
    answer = arm.put(vm, b'{"adminPassword": "hunter2"')
    assert error(answer) == (400, "InvalidRequestContent")
    assert "hunter2" not in answer.text


def test_refuses_properties_that_are_no_object(arm, provider):
    answer = arm.put(provider("Microsoft.Compute/disks/d"), {"location": "westeurope", "properties": []})
    assert error(answer) == (400, "InvalidRequestContent")


def test_refuses_a_method_that_a_path_does_not_have(arm, group):
    assert error(arm.post(group)) == (405, "HttpMethodNotSupported")


def test_answers_a_path_that_means_nothing(arm):
    assert error(arm.get("/nothing/here")) == (404, "InvalidRequestPath")


def test_finds_a_resource_in_any_letter_case_and_keeps_its_spelling(arm, nic):
    answer = arm.get(nic.upper().replace("/SUBSCRIPTIONS", "/subscriptions"))
    assert answer.json()["id"] == nic
    assert answer.json()["type"] == "Microsoft.Network/networkInterfaces"


def test_spells_type_and_group_as_they_are_whatever_the_request_wrote(arm, group):
    asked = f"{group.replace('resourceGroups/fleet', 'resourcegroups/FLEET')}/providers/microsoft.compute/DISKS/Data"
    body = {"location": "West Europe", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}
    made = arm.make(asked, body)
    assert made["id"] == f"{group}/providers/Microsoft.Compute/disks/Data"
    assert made["location"] == "westeurope"


def test_gives_request_ids_and_echoes_the_clients(arm, group):
    answer = arm.get(group, headers={"x-ms-client-request-id": "mine"})
    assert answer.headers["x-ms-request-id"]
    assert answer.headers["x-ms-client-request-id"] == "mine"


def test_refuses_a_resource_without_a_location(arm, provider):
    answer = arm.put(provider("Microsoft.Network/routeTables/routes"), {"properties": {}})
    assert error(answer) == (400, "LocationRequired")


@pytest.mark.parametrize("place", ["Mittel-Erde", "\u0101"])
def test_refuses_a_location_that_is_no_name_of_a_region(arm, provider, place):
    answer = arm.put(provider("Microsoft.Network/routeTables/routes"), {"location": place})
    assert error(answer) == (400, "LocationNotAvailableForResourceType")


def test_names_the_member_of_a_body_that_has_another_shape(arm, vm, good_vm):
    good_vm["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"] = "AutomaticByPlatform"
    answer = arm.put(vm, good_vm)
    assert error(answer) == (400, "InvalidRequestContent")
    path = "properties.osProfile.windowsConfiguration.patchSettings"
    assert f"The member '{path}' must be an object" in answer.json()["error"]["message"]


def test_refuses_to_make_a_resource_of_another_place_anew(arm, nic, nic_body):
    nic_body["location"] = "northeurope"
    answer = arm.put(nic, nic_body)
    assert error(answer) == (409, "InvalidResourceLocation")
    assert "already exists in location 'westeurope' in resource group 'fleet'" in answer.text


def test_keeps_a_resource_from_being_overwritten_where_asked(arm, nic, nic_body):
    assert error(arm.put(nic, nic_body, headers={"If-None-Match": "*"})) == (412, "PreconditionFailed")


def test_refuses_a_change_of_another_version_than_the_client_read(arm, nic, nic_body):
    etag = arm.get(nic).json()["etag"]
    assert arm.put(nic, nic_body, headers={"If-Match": etag}).status_code == 200
    assert error(arm.put(nic, nic_body, headers={"If-Match": etag})) == (412, "PreconditionFailed")


@pytest.mark.usefixtures("group")
def test_names_type_and_group_of_what_it_does_not_find(arm, vm):
    answer = arm.get(vm)
    assert error(answer) == (404, "ResourceNotFound")
    assert (
        "The Resource 'Microsoft.Compute/virtualMachines/web-1' under resource group 'fleet' was not found"
        in answer.text
    )


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_refuses_what_lies_in_no_group(arm, vm, good_vm, group, method):
    arm.remove(group)
    assert error(arm.ask(method, vm, good_vm)) == (404, "ResourceGroupNotFound")


@pytest.mark.usefixtures("group")
def test_answers_204_to_the_deletion_of_nothing(arm, vm):
    assert arm.delete(vm).status_code == 204


def test_makes_anew_what_is_on_its_way_out(arm, provider):
    table = provider("Microsoft.Network/routeTables/routes")
    arm.make(table, {"location": "westeurope", "tags": {"a": "1"}})
    arm.delete(table)
    answer = arm.put(table, {"location": "westeurope"})
    assert answer.status_code == 201
    arm.wait(answer)
    assert arm.get(table).json()["properties"]["provisioningState"] == "Succeeded"


def test_pages_a_long_list(arm, provider):
    for number in range(5):
        arm.put(provider(f"Microsoft.Network/routeTables/r{number}"), {"location": "westeurope"})
    first = arm.get(provider("Microsoft.Network/routeTables"), top="3").json()
    second = arm.get(first["nextLink"]).json()
    assert [one["name"] for one in first["value"] + second["value"]] == ["r0", "r1", "r2", "r3", "r4"]
    assert "nextLink" not in second


def test_lists_a_type_across_the_subscription(arm, nic):
    found = arm.get(f"{arm.subscription}/providers/Microsoft.Network/networkInterfaces").json()["value"]
    assert [one["id"] for one in found] == [nic]


def test_replaces_tags_and_merges_the_rest_of_a_patch(arm, nic):
    arm.patch(nic, {"tags": {"owner": "ops", "cost": "1"}})
    arm.patch(nic, {"tags": {"owner": "web"}, "properties": {"enableIPForwarding": True}})
    found = arm.get(nic).json()
    assert found["tags"] == {"owner": "web"}
    assert found["properties"]["enableIPForwarding"] is True
    assert found["properties"]["ipConfigurations"][0]["name"] == "internal"
