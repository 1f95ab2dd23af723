"""What Azure makes, answers and keeps beside a stored resource, and the statuses that its clients take."""

import sqlite3

import pytest

SECRET = "b3tween-the-two-ends"  # noqa: S105 - a shared key of this test's
PROPERTIES = {"location": "westeurope", "properties": {}}


@pytest.fixture
def zone(arm, provider):
    path = provider("Microsoft.Network/dnsZones/example.org")
    arm.put(path, {"location": "global"})
    return path


@pytest.fixture
def connection(arm, provider):
    path = provider("Microsoft.Network/connections/c")
    arm.put(path, {"location": "westeurope", "properties": {"connectionType": "IPsec", "sharedKey": SECRET}})
    return path


def test_a_zone_begins_with_its_own_records_and_lists_all_kinds(arm, zone):
    start = arm.get(f"{zone}/SOA/@").json()["properties"]
    assert (start["SOARecord"]["email"], start["fqdn"]) == ("azuredns-hostmaster.microsoft.com", "example.org.")
    assert len(arm.get(f"{zone}/NS/@").json()["properties"]["NSRecords"]) == 4
    arm.put(f"{zone}/A/www", {"properties": {"TTL": 60, "ARecords": [{"ipv4Address": "192.0.2.1"}]}})
    assert {one["name"] for one in arm.get(f"{zone}/recordsets").json()["value"]} == {"@", "www"}
    found = arm.get(f"{zone}/all?api-version=2018-05-01&$recordsetnamesuffix=ww").json()["value"]
    assert [one["properties"]["fqdn"] for one in found] == ["www.example.org."]
    assert arm.get(f"{zone}/recordsets?api-version=2018-05-01&$filter=x").status_code == 400


def test_a_private_zone_begins_with_one_record_and_lists_no_links(arm, provider):
    zone = provider("Microsoft.Network/privateDnsZones/corp.example")
    assert arm.put(zone, {"location": "global"}).json()["properties"]["numberOfRecordSets"] == 1
    arm.put(f"{zone}/virtualNetworkLinks/hub", {"location": "global", "properties": {}})
    found = arm.get(f"{zone}/ALL").json()["value"]
    assert [(one["type"].rsplit("/", 1)[1], one["properties"]["soaRecord"]["minimumTtl"]) for one in found] == [
        ("SOA", 10)
    ]


@pytest.mark.parametrize(("kind", "status"), [("Desktop", 200), ("RemoteApp", 404)])
def test_a_group_of_a_desktop_has_the_desktop(arm, provider, kind, status):
    path = provider("Microsoft.DesktopVirtualization/applicationGroups/g")
    arm.put(path, {"location": "westeurope", "properties": {"applicationGroupType": kind}})
    assert arm.get(f"{path}/desktops/sessionDesktop").status_code == status


def test_the_key_of_a_connection_is_shown_where_it_is_asked_for_alone(arm, connection, tmp_path):
    assert SECRET not in arm.get(connection).text
    assert arm.get(f"{connection}/sharedkey").json() == {"value": SECRET}
    with sqlite3.connect(tmp_path / "azure.sqlite") as store:
        assert SECRET not in "".join(store.iterdump())


def test_the_key_of_a_connection_outlives_its_other_changes_and_is_replaced(arm, connection, tmp_path):
    arm.patch(connection, {"tags": {"a": "b"}})
    assert arm.get(f"{connection}/sharedkey").json() == {"value": SECRET}
    assert arm.ask("PUT", f"{connection}/sharedkey", {"value": f"new {SECRET}"}).json() == {"value": f"new {SECRET}"}
    assert arm.get(f"{connection}/sharedkey").json() == {"value": f"new {SECRET}"}
    with sqlite3.connect(tmp_path / "azure.sqlite") as store:
        assert SECRET not in "".join(store.iterdump())


def test_a_component_has_its_billing_features_and_takes_others(arm, provider):
    path = provider("Microsoft.Insights/components/c")
    arm.put(path, PROPERTIES)
    features = f"{path}/currentbillingfeatures"
    assert arm.get(features).json()["DataVolumeCap"]["Cap"] == 100
    assert arm.ask("PUT", features, {"DataVolumeCap": {"Cap": 5}}).json()["DataVolumeCap"]["WarningThreshold"] == 90
    assert arm.get(features).json()["DataVolumeCap"]["Cap"] == 5


def test_an_automation_account_tells_where_its_workers_register(arm, provider):
    path = provider("Microsoft.Automation/automationAccounts/a")
    arm.put(path, PROPERTIES)
    found = arm.get(f"{path}/agentRegistrationInformation").json()
    assert found["endpoint"].startswith("https://")
    assert set(found["keys"]) == {"primary", "secondary"}


def test_a_backup_policy_gives_its_times_of_day_a_date(arm, provider):
    vault = provider("Microsoft.RecoveryServices/vaults/v")
    arm.put(vault, {"location": "westeurope", "sku": {"name": "RS0"}})
    properties = {
        "schedulePolicy": {"scheduleRunTimes": ["23:00:00Z"]},
        "retentionPolicy": {"dailySchedule": {"retentionTimes": ["2026-01-02T23:00:00Z"]}},
    }
    found = arm.put(f"{vault}/backupPolicies/p", {"properties": properties}).json()["properties"]
    day = arm.get("/emulator/clock").json()["now"][:10]
    assert found["schedulePolicy"]["scheduleRunTimes"] == [f"{day}T23:00:00Z"]
    assert found["retentionPolicy"]["dailySchedule"]["retentionTimes"] == ["2026-01-02T23:00:00Z"]


def test_a_server_that_takes_its_time_is_polled(arm, provider):
    server = provider("Microsoft.DBforPostgreSQL/flexibleServers/s")
    for _ in range(2):
        answer = arm.put(server, PROPERTIES)
        assert (answer.status_code, "Azure-AsyncOperation" in answer.headers) == (202, True)
        arm.wait(answer)
    assert arm.get(server).json()["properties"]["provisioningState"] == "Succeeded"


@pytest.mark.parametrize(
    ("path", "made", "again"),
    [
        ("Microsoft.Insights/components/c", 200, 200),
        ("Microsoft.Web/serverfarms/p", 200, 200),
        ("Microsoft.EventGrid/topics/t", 201, 201),
        ("Microsoft.KeyVault/vaults/v", 201, 200),
    ],
)
def test_answers_a_put_with_the_status_that_its_clients_take(arm, provider, path, made, again):
    assert [arm.put(provider(path), PROPERTIES).status_code for _ in range(2)] == [made, again]


@pytest.mark.parametrize("child", ["queueServices/default/queues/q", "tableServices/default/tables/t"])
def test_makes_and_deletes_queues_and_tables_with_the_statuses_of_theirs(arm, provider, child):
    account = provider("Microsoft.Storage/storageAccounts/store1")
    arm.put(account, {"location": "westeurope", "sku": {"name": "Standard_LRS"}, "kind": "StorageV2"})
    assert arm.put(f"{account}/{child}", {}).status_code == 200
    assert arm.delete(f"{account}/{child}").status_code == 204
    assert arm.get(f"{account}/{child}").status_code == 404


def test_an_empty_precondition_is_none(arm, zone):
    other = zone.replace("example.org", "other.example")
    assert arm.put(other, {"location": "global"}, headers={"If-Match": "", "If-None-Match": ""}).status_code == 201
    assert arm.put(other, {"location": "global"}, headers={"If-Match": ""}).status_code == 200


def test_a_group_of_addresses_tells_that_no_firewall_uses_it(arm, provider):
    path = provider("Microsoft.Network/ipGroups/g")
    arm.put(path, {"location": "westeurope", "properties": {"ipAddresses": ["10.0.0.0/24"]}})
    assert arm.get(path).json()["properties"].items() >= {"firewalls": [], "firewallPolicies": []}.items()
