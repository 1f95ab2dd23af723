"""A program with what stands beside Windows servers comes up, stays as it is, and goes."""

import re
import sqlite3
from contextlib import closing

PROGRAM = """
    import pulumi
    from pulumi_azure_native import (
        dns, keyvault, monitor, operationalinsights, privatedns, recoveryservices, resources, web,
    )

    group = resources.ResourceGroup("neighbours")
    at = {"resource_group_name": group.name}
    tenant = "00000000-0000-0000-0000-000000000001"

    vault = keyvault.Vault("vault", **at, properties={
        "tenant_id": tenant, "sku": {"family": "A", "name": "standard"}, "access_policies": [],
    })
    hidden = pulumi.Output.secret("Tr0ub4dor-and-3")
    keyvault.Secret("secret", **at, vault_name=vault.name, properties={"value": hidden})
    workspace = operationalinsights.Workspace("logs", **at, sku={"name": "PerGB2018"}, retention_in_days=30)
    rule = monitor.DataCollectionRule("rule", **at, kind="Windows",
        destinations={"log_analytics": [{"name": "logs", "workspace_resource_id": workspace.id}]},
        data_sources={"windows_event_logs": [
            {"name": "system", "streams": ["Microsoft-Event"], "x_path_queries": ["System!*[System[(Level=1)]]"]},
        ]},
        data_flows=[{"streams": ["Microsoft-Event"], "destinations": ["logs"]}])
    monitor.DataCollectionRuleAssociation("association", resource_uri=vault.id, data_collection_rule_id=rule.id)
    backup = recoveryservices.Vault("backup", **at, sku={"name": "RS0", "tier": "Standard"},
        properties={"public_network_access": "Enabled"})
    recoveryservices.ProtectedItem("item", **at, vault_name=backup.name, fabric_name="Azure", container_name="c",
        properties={"protected_item_type": "Microsoft.Compute/virtualMachines", "source_resource_id": vault.id})
    zone = dns.Zone("zone", **at, location="global", zone_name="fleet.example")
    dns.RecordSet("www", **at, zone_name=zone.name, record_type="A", relative_record_set_name="www", ttl=60,
        a_records=[{"ipv4_address": "192.0.2.1"}])
    privatedns.PrivateZone("private", **at, location="global", private_zone_name="fleet.internal")
    plan = web.AppServicePlan("plan", **at, sku={"name": "B1", "tier": "Basic"})
    web.WebApp("site", **at, server_farm_id=plan.id,
        site_config={"app_settings": [{"name": "DB_PASSWORD", "value": hidden}, {"name": "A", "value": "1"}]})
"""


def test_comes_up_stays_as_it_is_and_goes(project, engine):
    project.write(PROGRAM)
    assert {step["op"] for step in project.planned().values()} == {"create"}
    project.up()
    made = project.exported()
    assert re.fullmatch(r".*/providers/Microsoft.KeyVault/vaults/vault\w{8}", made["vault"]["id"])
    assert made["logs"]["outputs"]["retentionInDays"] == 30
    assert made["vault"]["outputs"]["properties"]["tenantId"].endswith("0001")
    assert project.planned() == {}
    engine("refresh --yes --expect-no-changes --stack dev", project.folder)
    assert b"Tr0ub4dor" not in engine.store.read_bytes()
    engine("destroy --yes --skip-preview --stack dev", project.folder)
    with closing(sqlite3.connect(engine.store)) as store:
        assert store.execute("SELECT id FROM resources").fetchall() == []
