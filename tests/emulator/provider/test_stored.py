"""The resources that are stored as they are sent: their ids, bodies and outputs, and what is asked of them."""

import re
from typing import Any

import grpc
import pytest

from azure_hotpatch.emulator.provider import catalogue, stored
from azure_hotpatch.emulator.provider.values import UNKNOWN, encode

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
SITE = "azure-native:web:StaticSite"
POOL = "azure-native:desktopvirtualization:HostPool"
GENERIC = "azure-native:resources:Resource"
HOST_POOL = {"hostPoolType": "Pooled", "loadBalancerType": "BreadthFirst", "preferredAppGroupType": "Desktop"}
EVERY = [f"azure-native:{module}:{name}" for module in stored.modules() for name in stored.names(module)]


def test_comes_up_stays_is_imported_and_goes(calls: Any, group: str) -> None:
    given = {"resourceGroupName": group, "location": "westeurope", "sku": {"name": "Free"}, "branch": "main"}
    resource_id, inputs, outputs = calls.make(SITE, given)
    assert re.fullmatch(rf"{GROUP}/providers/Microsoft.Web/staticSites/it\w{{8}}", resource_id)
    assert (outputs["branch"], outputs["sku"], outputs["type"]) == (
        "main",
        {"name": "Free"},
        "Microsoft.Web/staticSites",
    )
    assert outputs["defaultHostname"].endswith(".azurestaticapps.net")
    assert not calls.diff(
        SITE,
        inputs,
        given | {"name": inputs["name"], "azureApiVersion": inputs["azureApiVersion"]} | {"__createBeforeDelete": True},
    ).diffs
    imported = calls.read(SITE, resource_id)
    assert imported.inputs.fields["branch"].string_value == "main"
    assert imported.inputs.fields["name"].string_value == inputs["name"]
    calls.delete(SITE, resource_id)
    assert not calls.read(SITE, resource_id).id


def test_another_name_or_place_replaces_and_another_setting_updates(calls: Any, group: str) -> None:
    _, inputs, _ = calls.make(POOL, {"resourceGroupName": group, "hostPoolName": "pool", **HOST_POOL})
    assert list(calls.diff(POOL, inputs, inputs | {"hostPoolName": "other"}).replaces) == ["hostPoolName"]
    assert list(calls.diff(POOL, inputs, inputs | {"location": "northeurope"}).replaces) == ["location"]
    changed = calls.diff(POOL, inputs, inputs | {"maxSessionLimit": 5})
    assert (list(changed.diffs), list(changed.replaces)) == (["maxSessionLimit"], [])


def test_what_azure_sets_is_unknown_in_a_preview(calls: Any, group: str) -> None:
    inputs = calls.checked(POOL, {"resourceGroupName": group, **HOST_POOL})
    _, previewed = calls.create(POOL, inputs, preview=True)
    assert previewed["objectId"] is UNKNOWN
    assert previewed["hostPoolType"] == "Pooled"


def test_requires_what_the_sdk_requires(calls: Any, group: str) -> None:
    found = calls.check(POOL, {"resourceGroupName": group})
    missing = {failure.reason for failure in found.failures}
    assert missing == {f"missing required property '{name}'" for name in HOST_POOL}


@pytest.mark.parametrize(
    "token",
    [
        "azure-native:web/v20220301:StaticSite",
        "azure-native_web_v20220301:web:StaticSite",
        "azure-native_web_v20220301:web/v20220301:StaticSite",
    ],
)
def test_a_token_names_its_api_version(calls: Any, group: str, token: str) -> None:
    _, inputs, outputs = calls.make(token, {"resourceGroupName": group, "sku": {"name": "Free"}})
    assert inputs["azureApiVersion"] == outputs["azureApiVersion"] == "2022-03-01"


def test_a_resource_is_found_under_the_module_that_it_had_before(calls: Any, group: str) -> None:
    group_of_actions = {"resourceGroupName": group, "groupShortName": "ops", "enabled": True, "location": "global"}
    resource_id, _, _ = calls.make("azure-native:insights:ActionGroup", group_of_actions)
    assert "/providers/microsoft.insights/actiongroups/" in resource_id.lower()
    assert catalogue.resource("azure-native:documentdb:DatabaseAccount").path.endswith(
        "/databaseAccounts/{accountName}"
    )


def test_managed_identities_go_in_as_a_list_and_come_back_with_principals(calls: Any, group: str) -> None:
    user = {"resourceGroupName": group, "resourceName": "user"}
    user_id, _, _ = calls.make("azure-native:managedidentity:UserAssignedIdentity", user)
    identity = {"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": [user_id]}
    _, inputs, outputs = calls.make(SITE, {"resourceGroupName": group, "name": "site", "identity": identity})
    assert outputs["identity"]["principalId"]
    assert outputs["identity"]["userAssignedIdentities"][user_id]["principalId"]
    found = calls.read(SITE, f"{GROUP}/providers/Microsoft.Web/staticSites/site", inputs, outputs)
    assert found.inputs == encode(inputs)


def test_settings_that_azure_makes_with_a_site_are_written_over(calls: Any, group: str) -> None:
    calls.make("azure-native:web:WebApp", {"resourceGroupName": group, "name": "site"})
    settings = {"resourceGroupName": group, "name": "site", "properties": {"STAGE": "one"}}
    resource_id, _, outputs = calls.make("azure-native:web:WebAppApplicationSettings", settings)
    assert resource_id == f"{GROUP}/providers/Microsoft.Web/sites/site/config/appsettings"
    assert outputs["properties"] == {"STAGE": "one"}
    listed = calls.invoke(
        "azure-native:web:listWebAppApplicationSettings", {"resourceGroupName": group, "name": "site"}
    )
    assert listed["properties"] == {"STAGE": "one"}


def test_a_generic_resource_names_its_type_and_its_version(calls: Any, group: str) -> None:
    named = {"resourceGroupName": group, "resourceProviderNamespace": "Microsoft.Sql", "apiVersion": "2021-11-01"}
    server = named | {
        "parentResourcePath": "",
        "resourceType": "servers",
        "resourceName": "sql",
        "location": "westeurope",
    }
    server_id, _, outputs = calls.make(GENERIC, server | {"properties": {"version": "12.0"}})
    assert server_id == f"{GROUP}/providers/Microsoft.Sql/servers/sql"
    assert outputs["properties"]["fullyQualifiedDomainName"] == "sql.database.windows.net"
    database = named | {"parentResourcePath": "servers/sql", "resourceType": "databases", "resourceName": "db"}
    database_id, _, _ = calls.make(GENERIC, database | {"location": "westeurope"})
    assert database_id == f"{server_id}/databases/db"
    imported = calls.read(GENERIC, database_id).inputs.fields
    assert imported["parentResourcePath"].string_value == "servers/sql"
    assert calls.read(GENERIC, server_id).inputs.fields["parentResourcePath"].string_value == ""


def test_an_access_policy_is_named_by_whom_it_is_for(calls: Any, group: str) -> None:
    vault = {
        "resourceGroupName": group,
        "vaultName": "vault",
        "properties": {"tenantId": "t", "sku": {"name": "standard", "family": "A"}},
    }
    calls.make("azure-native:keyvault:Vault", vault)
    policy = {"objectId": "someone", "tenantId": "t", "permissions": {"secrets": ["get"]}}
    token = "azure-native:keyvault:AccessPolicy"  # noqa: S105  (a resource's token)
    resource_id, inputs, outputs = calls.make(
        token, {"resourceGroupName": group, "vaultName": "vault", "policy": policy}
    )
    assert resource_id.endswith("/vaults/vault/accessPolicies/someone")
    assert outputs["policy"] == policy
    other = inputs | {"policy": policy | {"objectId": "other"}}
    assert list(calls.diff(token, inputs, other).replaces) == ["policy.objectId"]


def test_keeps_the_content_of_a_blob_out_of_azure(calls: Any, group: str) -> None:
    account = {
        "resourceGroupName": group,
        "accountName": "hotpatchlogs",
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS"},
    }
    calls.make("azure-native:storage:StorageAccount", account)
    at = {"resourceGroupName": group, "accountName": "hotpatchlogs", "containerName": "scripts"}
    calls.make("azure-native:storage:BlobContainer", at)
    blob = at | {"blobName": "install.ps1", "type": "Block", "source": {"text": "Tr0ub4dor-and-3"}}
    _, _, outputs = calls.make("azure-native:storage:Blob", blob)
    assert outputs["url"] == "https://hotpatchlogs.blob.core.windows.net/scripts/install.ps1"
    assert outputs["type"] == "Block"
    assert b"Tr0ub4dor" not in calls.store.read_bytes()


def test_the_keys_of_a_stored_resource_are_secret_and_stay_the_same(calls: Any, group: str) -> None:
    calls.make("azure-native:operationalinsights:Workspace", {"resourceGroupName": group, "workspaceName": "logs"})
    asked = {"resourceGroupName": group, "workspaceName": "logs"}
    keys = calls.invoke("azure-native:operationalinsights:getSharedKeys", asked)
    assert keys == calls.invoke("azure-native:operationalinsights:getSharedKeys", asked)
    assert keys["primarySharedKey"] != keys["secondarySharedKey"]
    assert keys["primarySharedKey"].encode() not in calls.store.read_bytes()


def test_an_action_that_is_not_there_is_refused_by_name(calls: Any, group: str) -> None:
    with pytest.raises(grpc.RpcError) as error:
        calls.invoke("azure-native:web:listStaticSiteUsers", {"resourceGroupName": group, "name": "site"})
    assert "azure-native:web:listStaticSiteUsers not found" in error.value.details()


def test_every_path_names_a_part_once_and_every_word_is_read() -> None:
    assert len(EVERY) > 2000
    for token in EVERY:
        resource = catalogue.resource(token)
        parts = re.findall(r"\{([\w.]+)\}", resource.path)
        assert len(parts) == len(set(parts)), token
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(-\w+)?", resource.version), token
        named = {part for part in parts if "." not in part} - {"subscriptionId"}
        assert not named & {n for n, p in resource.shape.items() if not p.output}
