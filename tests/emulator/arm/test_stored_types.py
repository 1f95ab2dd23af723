"""Types that the emulator has no rules for: kept as they were sent, in ARM's envelope, without their secrets."""

import sqlite3

import pytest

VAULT = "Microsoft.KeyVault/vaults/keys"
BODY = {
    "location": "West Europe",
    "tags": {"team": "edge"},
    "properties": {"tenantId": "t", "sku": {"family": "A", "name": "standard"}, "accessPolicies": []},
}
SECRET = "Tr0ub4dor-and-3"  # noqa: S105 - it guards nothing


@pytest.fixture
def vault(arm, provider):
    vault_id = provider(VAULT)
    assert arm.put(vault_id, BODY).status_code == 201
    return vault_id


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_shows_what_was_sent_in_arms_envelope(arm, vault):
    found = arm.get(vault).json()
    assert found == {
        "id": vault,
        "name": "keys",
        "type": "Microsoft.KeyVault/vaults",
        "location": "westeurope",
        "tags": {"team": "edge"},
        "properties": {
            **BODY["properties"],
            "vaultUri": "https://keys.vault.azure.net/",
            "provisioningState": "Succeeded",
        },
    }


def test_spells_a_type_as_azure_does_whatever_the_request_has(arm, group):
    answer = arm.put(f"{group}/providers/microsoft.keyvault/VAULTS/x", BODY).json()
    assert (answer["id"], answer["type"]) == (
        f"{group}/providers/Microsoft.KeyVault/vaults/x",
        "Microsoft.KeyVault/vaults",
    )


def test_is_patched_listed_and_deleted(arm, vault, group):
    assert arm.put(vault, BODY).status_code == 200
    patched = arm.patch(vault, {"properties": {"enableSoftDelete": True}}).json()["properties"]
    assert (patched["enableSoftDelete"], patched["tenantId"]) == (True, "t")
    for collection in (f"{group}/providers/Microsoft.KeyVault/vaults", f"{arm.subscription}/resources"):
        assert vault in {one["id"] for one in arm.get(collection).json()["value"]}
    assert arm.delete(vault).status_code == 200
    assert arm.delete(vault).status_code == 204
    assert code(arm.get(vault)) == (404, "ResourceNotFound")


def test_a_child_needs_the_outermost_resource_alone(arm, provider):
    vault = provider("Microsoft.RecoveryServices/vaults/backup")
    item = f"{vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/vm"
    body = {"properties": {"protectedItemType": "Microsoft.Compute/virtualMachines"}}
    assert code(arm.put(item, body)) == (404, "ParentResourceNotFound")
    arm.put(vault, {"location": "westeurope", "sku": {"name": "RS0"}})
    assert arm.put(item, body).json()["id"] == item
    assert code(arm.get(f"{provider('Microsoft.RecoveryServices/vaults/other')}/backupPolicies")) == (
        404,
        "ParentResourceNotFound",
    )
    arm.wait(arm.delete(vault))
    assert not [one for one in arm.stored() if "RecoveryServices" in one]


@pytest.mark.parametrize(
    ("path", "made", "deleted"),
    [
        ("Microsoft.RecoveryServices/vaults/v", 201, 202),
        ("Microsoft.Batch/batchAccounts/b", 200, 200),
        ("Microsoft.KeyVault/vaults/v", 201, 200),
    ],
)
def test_answers_the_statuses_that_the_clients_of_a_type_take(arm, provider, path, made, deleted):
    assert arm.put(provider(path), {"location": "westeurope", "properties": {}}).status_code == made
    answer = arm.delete(provider(path))
    assert answer.status_code == deleted
    if deleted == 202:
        arm.wait(answer)
    assert arm.delete(provider(path)).status_code == 204


def test_refuses_a_group_that_is_not_there_and_a_namespace_that_is_none(arm, provider):
    elsewhere = f"{arm.subscription}/resourceGroups/none/providers/{VAULT}"
    assert code(arm.put(elsewhere, BODY)) == (404, "ResourceGroupNotFound")
    assert code(arm.put(provider("Microsoft.Nonsense/things/x"), BODY)) == (404, "InvalidResourceNamespace")


def test_a_body_may_use_the_names_of_others_for_values_of_its_own(arm, provider):
    properties = {"duration": 5, "version": 2, "filter": "none", "source": "here", "subnet": "id"}
    found = arm.put(provider("Microsoft.Automation/automationAccounts/a"), {"location": "x", "properties": properties})
    assert found.json()["properties"] == {**properties, "provisioningState": "Succeeded"}


@pytest.mark.parametrize(
    ("path", "properties"),
    [
        ("Microsoft.KeyVault/vaults/keys/secrets/s", {"value": SECRET}),
        ("Microsoft.Sql/servers/s", {"administratorLoginPassword": SECRET}),
        ("Microsoft.Web/sites/s", {"siteConfig": {"connectionStrings": [{"name": "db", "connectionString": SECRET}]}}),
        ("Microsoft.Web/sites/s", {"siteConfig": {"appSettings": [{"name": "DB_PASSWORD", "value": SECRET}]}}),
        ("Microsoft.App/containerApps/a", {"configuration": {"secrets": [{"name": "x", "value": SECRET}]}}),
        ("Microsoft.Insights/components/c", {"deep": [[{"sharedKey": SECRET, "primaryKey": SECRET}]]}),
        ("Microsoft.Batch/batchAccounts/b", {"keys": {"accountKeys": [SECRET]}, "sasToken": SECRET}),
    ],
)
@pytest.mark.usefixtures("vault")
def test_keeps_no_secret(arm, provider, tmp_path, path, properties):
    answer = arm.put(provider(path), {"location": "westeurope", "properties": properties})
    assert answer.is_success
    assert SECRET not in answer.text
    with sqlite3.connect(tmp_path / "azure.sqlite") as store:
        assert SECRET not in "".join(store.iterdump())


def test_keeps_what_only_names_a_secret(arm, provider):
    properties = {
        "keyVaultSecretId": "/x",
        "passwordName": "p",
        "secretUri": "https://x",
        "appSettings": [{"name": "A", "value": "1"}],
    }
    found = arm.put(provider("Microsoft.Web/sites/s"), {"location": "westeurope", "properties": properties}).json()
    assert found["properties"].items() >= properties.items()


def test_keeps_which_secrets_of_a_vault_may_be_read(arm, provider):
    policies = [{"objectId": "o", "permissions": {"secrets": ["get", "list"], "keys": ["get"]}}]
    found = arm.put(provider("Microsoft.KeyVault/vaults/v"), {"properties": {"accessPolicies": policies}}).json()
    assert found["properties"]["accessPolicies"] == policies


def test_locks_tags_and_resource_graph_work_with_it(arm, vault):
    lock = f"{vault}/providers/Microsoft.Authorization/locks/keep"
    arm.put(lock, {"properties": {"level": "CanNotDelete"}})
    assert code(arm.delete(vault)) == (409, "ScopeLocked")
    arm.delete(lock)
    tags = f"{vault}/providers/Microsoft.Resources/tags/default"
    arm.patch(tags, {"operation": "Merge", "properties": {"tags": {"cost": "7"}}})
    assert arm.get(vault).json()["tags"] == {"team": "edge", "cost": "7"}
    query = "resources | where type =~ 'Microsoft.KeyVault/vaults' | project id, tags, sku = properties.sku.name"
    for text in (query, "resources | where name == 'keys' | project id, tags, sku = properties.sku.name"):
        answer = arm.post(
            "/providers/Microsoft.ResourceGraph/resources",
            {"query": text, "subscriptions": [arm.subscription.split("/")[2]]},
            version="2022-10-01",
        )
        assert answer.json()["data"] == [{"id": vault, "tags": {"team": "edge", "cost": "7"}, "sku": "standard"}]


def test_a_deployment_writes_it(arm, group):
    resource = {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "made", **BODY}
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [resource],
        "outputs": {"tenant": {"type": "string", "value": "[reference('made').tenantId]"}},
    }
    path = f"{group}/providers/Microsoft.Resources/deployments/d"
    found = arm.make(path, {"properties": {"mode": "Complete", "template": template}}, version="2024-03-01")
    assert found["properties"]["provisioningState"] == "Succeeded"
    assert found["properties"]["outputs"]["tenant"]["value"] == "t"


def test_is_refused_where_only_emulated_types_are_wanted(arm, vault):
    assert arm.put("/emulator/stored-types", {"enabled": False}).json() == {"enabled": False}
    answer = arm.get(vault)
    assert code(answer) == (501, "NotEmulated")
    assert "'Microsoft.KeyVault/vaults'" in answer.text
    assert code(arm.put("/emulator/stored-types", {"enabled": "no"})) == (400, "InvalidSetting")
    arm.put("/emulator/stored-types", {"enabled": True})
    assert arm.get(vault).status_code == 200


def test_an_export_is_stored_without_its_secrets_too(arm, provider, tmp_path):
    properties = {"password": SECRET, "a": 1}
    row = {"id": provider("Microsoft.Sql/servers/s"), "location": "westeurope", "properties": properties}
    assert arm.post("/emulator/seed", [row]).status_code == 200
    assert arm.get(row["id"]).json()["properties"] == {"a": 1, "provisioningState": "Succeeded"}
    with sqlite3.connect(tmp_path / "azure.sqlite") as store:
        assert SECRET not in "".join(store.iterdump())


@pytest.mark.parametrize(
    "child", ["backupstorageconfig/vaultstorageconfig", "backupconfig/vaultconfig", "replicationVaultSettings/default"]
)
def test_a_vault_has_its_settings_from_the_first(arm, provider, child):
    path = provider("Microsoft.RecoveryServices/vaults/v")
    arm.make(path, {"location": "westeurope", "sku": {"name": "Standard"}, "properties": {}})
    assert arm.get(f"{path}/{child}").json()["id"] == f"{path}/{child}"
    arm.put(f"{path}/{child}", {"properties": {"softDeleteFeatureState": "Disabled"}})
    arm.make(path, {"location": "westeurope", "sku": {"name": "Standard"}, "properties": {}})
    assert arm.get(f"{path}/{child}").json()["properties"]["softDeleteFeatureState"] == "Disabled"


def test_a_shared_query_is_answered_as_each_client_expects(arm, group):
    query = {"location": "global", "properties": {"description": "all", "query": "Resources"}}
    path = f"{group}/providers/Microsoft.ResourceGraph/queries"
    statuses = [arm.put(f"{path}/new", query, version="2024-04-01").status_code for _ in range(2)]
    assert statuses == [201, 200]
    of_the_cli = arm.put(f"{path}/old", query, version="2018-09-01-preview")
    assert of_the_cli.status_code == 200
    assert of_the_cli.json()["properties"] == {**query["properties"], "resultKind": "basic"}


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        ("Microsoft.Compute/diskEncryptionSets/keys/associatedResources", "Microsoft.Compute/diskEncryptionSets"),
        ("Microsoft.Compute/hostGroups/hosts/hostSizes", "Microsoft.Compute/hostGroups"),
        ("Microsoft.Compute/operations", "Microsoft.Compute"),
    ],
)
def test_refuses_a_list_of_what_nobody_can_make_by_its_name(arm, provider, kind, parent):
    if parent.count("/"):
        arm.put(provider("/".join(kind.split("/")[:3])), {"location": "westeurope"})
    answer = arm.get(provider(kind))
    assert code(answer) == (501, "NotEmulated")
    assert f"does not have the list '{kind.rsplit('/', 1)[-1]}' of '{parent}'" in answer.text


def test_lists_a_type_that_it_does_not_know_once_there_is_one(arm, provider):
    arm.put(provider("Microsoft.Compute/novelties/one"), {"location": "westeurope"})
    assert [one["name"] for one in arm.get(provider("Microsoft.Compute/novelties")).json()["value"]] == ["one"]


@pytest.mark.parametrize(
    "kind",
    [
        "Microsoft.KeyVault/vaults",
        "Microsoft.KeyVault/deletedVaults",
        "Microsoft.OperationalInsights/deletedWorkspaces",
    ],
)
def test_an_empty_list_of_a_type_of_azures_is_empty(arm, provider, kind):
    assert arm.get(provider(kind)).json() == {"value": []}


@pytest.mark.parametrize("path", ["Microsoft.HybridCompute/validateLicense", "Microsoft.Batch/somethingElse"])
def test_refuses_an_action_of_a_provider_by_its_name(arm, path):
    namespace, action = path.split("/")
    answer = arm.post(f"{arm.subscription}/providers/{path}", {})
    assert code(answer) == (501, "NotEmulated")
    assert f"does not have the action '{action}' of '{namespace}'" in answer.text


def test_answers_with_the_statuses_that_azures_clients_take(arm, provider):
    licence, gateway = (provider(f"Microsoft.HybridCompute/{name}") for name in ("licenses/esu", "gateways/gw"))
    assert arm.put(licence, {"location": "westeurope"}).status_code == 200
    assert arm.put(gateway, {"location": "westeurope"}).status_code == 201
    gone = arm.delete(gateway)
    assert gone.status_code == 202
    arm.wait(gone)
    assert (arm.get(gateway).status_code, arm.delete(gateway).status_code) == (404, 204)
