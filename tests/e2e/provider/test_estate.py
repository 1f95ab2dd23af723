"""One program with what stands beside Windows servers: desktops, web, storage, private endpoints, guards."""

import re
import sqlite3
from contextlib import closing

PROGRAM = """
    import pulumi
    from pulumi_azure_native import (
        authorization, desktopvirtualization, keyvault, monitor, network, operationalinsights, privatedns, resources,
        storage, web,
    )

    SECRET = pulumi.Output.secret("Tr0ub4dor-and-3")
    group = resources.ResourceGroup("estate")
    at = {"resource_group_name": group.name}
    me = authorization.get_client_config()

    # desktops
    pool = desktopvirtualization.HostPool("pool", **at, host_pool_type="Pooled", load_balancer_type="BreadthFirst",
        preferred_app_group_type="Desktop")
    desktop = desktopvirtualization.ApplicationGroup("desktop", **at, application_group_type="Desktop",
        host_pool_arm_path=pool.id)
    desktopvirtualization.Workspace("rooms", **at, application_group_references=[desktop.id])
    token = desktopvirtualization.get_host_pool_registration_token_output(host_pool_name=pool.name, **at)

    # web
    plan = web.AppServicePlan("plan", **at, sku={"name": "P1v3", "tier": "PremiumV3"})
    site = web.WebApp("site", **at, server_farm_id=plan.id, identity={"type": "SystemAssigned"})
    settings = web.WebAppApplicationSettings("settings", **at, name=site.name,
        properties={"STAGE": "test", "DB_PASSWORD": SECRET})
    slot = web.WebAppSlot("staging", **at, name=site.name, slot="staging", server_farm_id=plan.id)

    # storage, whose reader is the site
    account = storage.StorageAccount("logs", **at, kind="StorageV2", sku={"name": "Standard_LRS"})
    box = storage.BlobContainer("scripts", **at, account_name=account.name)
    blob = storage.Blob("install", **at, account_name=account.name, container_name=box.name, type="Block",
        blob_name="install.ps1", source=pulumi.StringAsset("Get-HotFix"))
    storage.BlobServiceProperties("days", **at, account_name=account.name, blob_services_name="default",
        delete_retention_policy={"enabled": True, "days": 7})
    authorization.RoleAssignment("reads", scope=account.id, principal_id=site.identity.principal_id,
        principal_type="ServicePrincipal", role_definition_id=pulumi.Output.concat("/subscriptions/",
        me.subscription_id, "/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"))
    keys = storage.list_storage_account_keys_output(account_name=account.name, **at)

    # a private endpoint, with its names
    vnet = network.VirtualNetwork("vnet", **at, address_space={"address_prefixes": ["10.0.0.0/16"]},
        subnets=[{"name": "private", "address_prefix": "10.0.0.0/24"}])
    endpoint = network.PrivateEndpoint("endpoint", **at, subnet={"id": vnet.subnets[0].id},
        private_link_service_connections=[
            {"name": "blob", "private_link_service_id": account.id, "group_ids": ["blob"]}])
    zone = privatedns.PrivateZone("zone", **at, location="global",
        private_zone_name="privatelink.blob.core.windows.net")
    network.PrivateDnsZoneGroup("names", **at, private_endpoint_name=endpoint.name,
        private_dns_zone_configs=[{"name": "blob", "private_dns_zone_id": zone.id}])

    # monitoring and guards
    workspace = operationalinsights.Workspace("workspace", **at, sku={"name": "PerGB2018"})
    shared = operationalinsights.get_shared_keys_output(workspace_name=workspace.name, **at)
    ops = monitor.ActionGroup("ops", **at, location="global", group_short_name="ops", enabled=True,
        email_receivers=[{"name": "ops", "email_address": "ops@example.com"}])
    monitor.DiagnosticSetting("audit", resource_uri=account.id, workspace_id=workspace.id,
        metrics=[{"category": "Transaction", "enabled": True}])
    vault = keyvault.Vault("vault", **at, properties={"tenant_id": me.tenant_id, "access_policies": [],
        "sku": {"family": "A", "name": "standard"}})
    keyvault.AccessPolicy("may", **at, vault_name=vault.name, policy={"object_id": me.object_id,
        "tenant_id": me.tenant_id, "permissions": {"secrets": ["get", "list"]}})
    authorization.ManagementLockByScope("lock", scope=vault.id, level="CanNotDelete")
    resources.Deployment("template", **at, properties={"mode": "Incremental", "template": {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "parameters": {}, "resources": [],
        "outputs": {"answer": {"type": "string", "value": "[toUpper('yes')]"}}}})
    resources.Resource("generic", **at, resource_provider_namespace="Microsoft.Automation", parent_resource_path="",
        resource_type="automationAccounts", resource_name_="runbooks", api_version="2023-11-01",
        properties={"sku": {"name": "Basic"}})

    pulumi.export("host", site.default_host_name)
    pulumi.export("blob", blob.url)
    pulumi.export("vault", vault.properties.vault_uri)
    pulumi.export("customer", workspace.customer_id)
    pulumi.export("token", token.token)
    pulumi.export("key", keys.keys[0].value)
    pulumi.export("shared", shared.primary_shared_key)
"""
GUID = r"\w{8}-\w{4}-\w{4}-\w{4}-\w{12}"
EXPECTED = {
    "host": r"site\w{8}\.azurewebsites\.net",
    "blob": r"https://logs\w{8}\.blob\.core\.windows\.net/scripts/install\.ps1",
    "vault": r"https://vault\w{8}\.vault\.azure\.net/",
    "customer": GUID,
    **dict.fromkeys(("token", "key", "shared"), ""),  # secret
}


def test_comes_up_stays_as_it_is_and_goes(project, engine):
    project.write(PROGRAM)
    project.up()
    made = project.exported()
    outputs = made["semantics-dev"]["outputs"]
    assert outputs.keys() == EXPECTED.keys()
    assert not [name for name, form in EXPECTED.items() if form and not re.fullmatch(form, str(outputs[name]))]
    assert all("ciphertext" in outputs[name] for name, form in EXPECTED.items() if not form)
    assert re.fullmatch(GUID, made["site"]["outputs"]["identity"]["principalId"])
    assert b"Tr0ub4dor" not in engine.store.read_bytes()
    engine("preview --refresh --expect-no-changes --stack dev", project.folder)
    engine("destroy --yes --skip-preview --stack dev", project.folder)
    with closing(sqlite3.connect(engine.store)) as store:
        assert store.execute("SELECT id FROM resources").fetchall() == []
