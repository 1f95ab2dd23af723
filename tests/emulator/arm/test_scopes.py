"""What is asked of a scope: tags, roles, policies, providers, features, and the platform's maintenance."""

import pytest

OTHER = "99999999-8888-7777-6666-555555555555"


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def values(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["value"]


def tags_of(scope):
    return f"{scope}/providers/Microsoft.Resources/tags/default"


@pytest.mark.parametrize("where", ["subscription", "group", "resource"])
def test_keeps_the_tags_of_every_scope(arm, group, nic, where):
    scope = {"subscription": arm.subscription, "group": group, "resource": nic}[where]
    path = tags_of(scope)
    assert arm.get(path).json()["properties"] == {"tags": {}}
    arm.put(path, {"properties": {"tags": {"tier": "web", "owner": "ops"}}})

    def changed(operation, tags):
        answer = arm.patch(path, {"operation": operation, "properties": {"tags": tags}})
        assert answer.status_code == 200, answer.text
        return arm.get(path).json()["properties"]["tags"]

    assert changed("Merge", {"Tier": "db", "cost": "1"}) == {"owner": "ops", "Tier": "db", "cost": "1"}
    assert changed("Delete", {"owner": "ops", "cost": "2"}) == {"Tier": "db", "cost": "1"}
    assert changed("Replace", {"a": "b"}) == {"a": "b"}
    if where != "subscription":
        assert arm.get(scope).json()["tags"] == {"a": "b"}
    assert arm.delete(path).status_code == 200
    assert arm.get(path).json()["properties"] == {"tags": {}}


def test_refuses_tags_that_are_none(arm, group, nic):
    assert error(arm.put(tags_of(nic), {"properties": {"tags": ["a"]}})) == (400, "InvalidRequestContent")
    body = {"operation": "Add", "properties": {"tags": {}}}
    assert error(arm.patch(tags_of(nic), body)) == (400, "InvalidTagsOperation")
    assert error(arm.get(tags_of(f"{nic}-2"))) == (404, "ResourceNotFound")
    assert error(arm.get(tags_of(f"{group}-2"))) == (404, "ResourceGroupNotFound")


def test_changes_tags_of_a_resource_without_touching_the_rest(arm, nic):
    before = arm.get(nic).json()
    arm.put(tags_of(nic), {"properties": {"tags": {"a": "b"}}})
    assert arm.get(nic).json() == {**before, "tags": {"a": "b"}}


ROLES = "providers/Microsoft.Authorization/roleDefinitions"


def test_finds_a_built_in_role_by_its_name_at_every_scope(arm, group, nic):
    for scope in (arm.subscription, group, nic):
        path = f"{scope}/{ROLES}?api-version=2022-05-01-preview"
        [reader] = values(arm.get(f"{path}&$filter=roleName eq 'Reader'"))
        assert reader["name"] == "acdd72a7-3385-48ef-bd42-f606fba81ae7"
        assert reader["properties"]["type"] == "BuiltInRole"
    assert error(arm.get(f"{path}&$filter=colour eq 'red'")) == (400, "InvalidFilterInQueryString")
    assert arm.get(reader["id"]).json()["properties"]["roleName"] == "Reader"
    assert error(arm.put(reader["id"], {"properties": {"roleName": "Reader"}})) == (
        400,
        "RoleDefinitionCannotBeChanged",
    )


def test_keeps_a_custom_role(arm):
    path = f"{arm.subscription}/{ROLES}/12345678-0000-4000-8000-000000000001"
    body = {"properties": {"roleName": "Patcher", "assignableScopes": [arm.subscription]}}
    assert arm.put(path, body).status_code == 201
    listed = values(arm.get(f"{arm.subscription}/{ROLES}?$filter=type eq 'CustomRole'&api-version=2022-04-01"))
    assert [one["properties"]["roleName"] for one in listed] == ["Patcher"]
    assert arm.delete(path).status_code == 200
    assert error(arm.get(path)) == (404, "ResourceNotFound")


def test_lists_the_assignments_of_a_role_from_above_too(arm, group):
    principal = "12345678-0000-4000-8000-00000000000a"
    role = f"{arm.subscription}/{ROLES}/acdd72a7-3385-48ef-bd42-f606fba81ae7"
    assignments = "providers/Microsoft.Authorization/roleAssignments"
    path = f"{arm.subscription}/{assignments}/12345678-0000-4000-8000-000000000002"
    arm.put(path, {"properties": {"roleDefinitionId": role, "principalId": principal}})
    version = "api-version=2022-04-01"
    assert len(values(arm.get(f"{group}/{assignments}?{version}"))) == 1
    assert len(values(arm.get(f"{group}/{assignments}?$filter=principalId eq '{principal}'&{version}"))) == 1
    assert values(arm.get(f"{group}/{assignments}?$filter=atExactScope()&{version}")) == []
    assert values(arm.get(f"{group}/{assignments}?$filter=principalId eq 'x'&{version}")) == []


def test_publishes_true_api_versions_with_the_newest_first(arm):
    found = arm.get(f"{arm.subscription}/providers/microsoft.compute").json()
    machines = next(one for one in found["resourceTypes"] if one["resourceType"] == "virtualMachines")
    assert machines["apiVersions"][0] == "2026-04-01"
    assert machines["apiVersions"] == sorted(machines["apiVersions"], reverse=True)
    assert {"2024-11-01", "2015-06-15"} <= set(machines["apiVersions"])


def test_each_version_that_is_published_is_answered(arm):
    types = arm.get("/emulator/types").json()["value"]
    for provider in values(arm.get(f"{arm.subscription}/providers")):
        for kind in provider["resourceTypes"]:
            name = f"{provider['namespace']}/{kind['resourceType']}"
            if name not in types or "/" in kind["resourceType"]:
                continue
            for version in (kind["apiVersions"][0], kind["apiVersions"][-1]):
                answer = arm.get(f"{arm.subscription}/providers/{name}?api-version={version}")
                assert answer.status_code == 200, (name, version, answer.text)


def test_publishes_every_type_that_it_has(arm):
    published = {
        f"{provider['namespace']}/{kind['resourceType']}"
        for provider in values(arm.get(f"{arm.subscription}/providers"))
        for kind in provider["resourceTypes"]
    }
    assert set(arm.get("/emulator/types").json()["value"]) <= published


def test_registers_a_provider(arm):
    vault = f"{arm.subscription}/providers/Microsoft.KeyVault"
    assert arm.get(vault).json()["registrationState"] == "NotRegistered"
    assert arm.post(f"{vault}/register").json()["registrationState"] == "Registered"
    assert arm.get(vault).json()["registrationState"] == "Registered"
    other = f"/subscriptions/{OTHER}/providers/Microsoft.KeyVault"
    assert arm.get(other).json()["registrationState"] == "NotRegistered"
    compute = arm.get(f"{arm.subscription}/providers/Microsoft.Compute").json()
    assert compute["registrationState"] == "Registered"
    assert arm.get(f"{arm.subscription}/providers/Microsoft.Resources").status_code == 200
    assert error(arm.get(f"{arm.subscription}/providers/Contoso.Nothing")) == (404, "InvalidResourceNamespace")


def test_has_no_preview_features(arm):
    features = f"{arm.subscription}/providers/Microsoft.Features/providers/Microsoft.Compute/features"
    assert values(arm.get(features)) == []
    assert error(arm.get(f"{features}/InGuestHotPatchVMPreview")) == (404, "FeatureNotFound")


def test_pairs_the_zones_of_subscriptions(arm):
    path = f"{arm.subscription}/providers/Microsoft.Resources/checkZonePeers/"
    body = {"location": "West Europe", "subscriptionIds": [f"subscriptions/{OTHER}"]}
    found = arm.post(path, body).json()
    assert found["location"] == "westeurope"
    assert [one["availabilityZone"] for one in found["availabilityZonePeers"]] == ["1", "2", "3"]
    assert found["availabilityZonePeers"][0]["peers"] == [{"subscriptionId": OTHER, "availabilityZone": "1"}]
    assert error(arm.post(path, {})) == (400, "InvalidRequestContent")


def test_has_no_state_of_a_policy(arm, group):
    for scope in (arm.subscription, group):
        path = f"{scope}/providers/Microsoft.PolicyInsights/policyStates/latest/queryResults"
        found = arm.post(path, version="2019-10-01").json()
        assert (found["@odata.count"], found["value"]) == (0, [])


def test_applies_the_updates_of_a_host(arm, vm, good_vm):
    arm.make(vm, good_vm)
    maintenance = f"{vm}/providers/Microsoft.Maintenance"
    assert values(arm.get(f"{maintenance}/updates")) == []
    made = arm.put(f"{maintenance}/applyUpdates/default", None, version="2023-04-01")
    assert made.status_code == 201
    found = arm.get(f"{maintenance}/applyUpdates/default").json()
    assert found["properties"]["status"] == "Completed"
    assert found["properties"]["resourceId"] == vm
    listed = values(arm.get(f"{arm.subscription}/providers/Microsoft.Maintenance/applyUpdates"))
    assert [one["id"] for one in listed] == [found["id"]]
    assert error(arm.get(f"{vm}-2/providers/Microsoft.Maintenance/updates")) == (404, "ResourceNotFound")


def test_has_no_public_schedule(arm):
    path = f"{arm.subscription}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations"
    assert values(arm.get(path)) == []
    assert error(arm.get(f"{path}/SQL_Default")) == (404, "ResourceNotFound")
