"""The types of azurerm and azapi that decide how a machine is patched, each as its provider writes it into a plan."""

import json
from typing import Any

import pytest

from tests.cli.terraform.plans import (
    GROUP,
    PASSWORD,
    SETTINGS,
    SUBSCRIPTION,
    WINDOWS,
    configured,
    constants,
    created,
    image,
    machine,
    plan,
    references,
)

SET = "azurerm_orchestrated_virtual_machine_scale_set"
HEALTH = {"name": "h", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthWindows"}
# Real defaults, which stand in the plan (orchestrated_virtual_machine_scale_set_resource.go).
SET_DEFAULTS = {"network_api_version": "2020-11-01", "extension_operations_enabled": True, "upgrade_mode": "Manual"}
WINDOWS_OF_SET = {"admin_username": "ops", "provision_vm_agent": True, "automatic_updates_enabled": True, **SETTINGS}
ARM_MACHINE = {
    "properties": {
        "storageProfile": {"imageReference": image()[0], "osDisk": {"createOption": "FromImage"}},
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "securityProfile": {
            "securityType": "TrustedLaunch",
            "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
        },
        "osProfile": {
            "adminUsername": "ops",
            "windowsConfiguration": {
                "provisionVMAgent": True,
                "enableAutomaticUpdates": True,
                "patchSettings": {
                    "patchMode": "AutomaticByPlatform",
                    "assessmentMode": "AutomaticByPlatform",
                    "enableHotpatching": True,
                },
            },
        },
    }
}
TYPE = "Microsoft.Compute/virtualMachines@2024-07-01"
POLICY = "9905ca54-1471-49c6-8291-7582c04cd4d4"


def judged(check: Any, write: Any, type_: str, written: dict[str, Any], **more: Any) -> Any:
    """The outcome of a plan of one resource; `unknown` and `stated` as `created` and `configured` take them."""
    stated = constants(written) | more.pop("stated", {})
    address = f"{type_}.x"
    change = created(written, address, sensitive=more.pop("sensitive", {}), **more)
    return check(write("p.json", plan([change], [configured(address, stated)])))


def flexible(**changes: Any) -> dict[str, Any]:
    return {
        "name": "set",
        "resource_group_name": "rg",
        "sku_name": "Standard_D2s_v5",
        "platform_fault_domain_count": 1,
        "source_image_reference": image(),
        "os_profile": [{"windows_configuration": [WINDOWS_OF_SET], "linux_configuration": []}],
        "extension": [HEALTH],
        **SET_DEFAULTS,
        **changes,
    }


def test_a_flexible_set_is_judged(check: Any, write: Any) -> None:
    assert judged(check, write, SET, flexible()).code == 0
    off = {**WINDOWS_OF_SET, "hotpatching_enabled": False}
    outcome = judged(check, write, SET, flexible(os_profile=[{"windows_configuration": [off]}]))
    (finding,) = json.loads(outcome.out)["findings"]
    assert finding["property"]["program"] == "os_profile.windows_configuration.hotpatching_enabled"


def test_a_set_that_states_no_extension_has_none_and_is_not_unverified(check: Any, write: Any) -> None:
    written = flexible()
    del written["extension"]
    outcome = judged(check, write, SET, written, unknown={"extension": True})
    assert outcome.findings == [("HP019", "violation")]


def test_a_set_without_a_size_has_no_profile(check: Any, write: Any) -> None:
    written = {"name": "set", "platform_fault_domain_count": 1, "os_profile": [], **SET_DEFAULTS}
    assert judged(check, write, SET, written, unknown={"extension": True}).findings == []


def test_an_image_that_is_made_in_the_same_plan_is_a_custom_one(check: Any, write: Any) -> None:
    written = machine(source_image_reference=None)
    stated = {"source_image_id": references("azurerm_image.golden.id", "azurerm_image.golden")}
    outcome = judged(check, write, WINDOWS, written, unknown={"source_image_id": True}, stated=stated)
    assert outcome.code in (1, 2)
    known = machine(source_image_reference=[], source_image_id=f"{GROUP}/providers/Microsoft.Compute/images/golden")
    assert ("HP002", "violation") in judged(check, write, WINDOWS, known).findings


def test_a_legacy_machine_has_no_patch_settings(check: Any, write: Any) -> None:
    written = {
        "name": "old",
        "vm_size": "Standard_D2s_v5",
        "storage_image_reference": [{**image()[0], "id": ""}],
        "storage_os_disk": [{"create_option": "FromImage", "managed_disk_id": None, "os_type": None}],
        "os_profile": [{"admin_username": "ops", "computer_name": "old"}],
        "os_profile_windows_config": [{"provision_vm_agent": True, "enable_automatic_upgrades": True}],
        "os_profile_linux_config": [],
    }
    unknown = {"storage_os_disk": [{"managed_disk_id": True}]}
    findings = judged(check, write, "azurerm_virtual_machine", written, unknown=unknown).findings
    assert ("HP005", "violation") in findings
    assert "unverified" not in dict.fromkeys(outcome for _, outcome in findings)


def test_a_dynamic_scope_that_picks_a_hotpatch_machine_is_found(check: Any, write: Any) -> None:
    scope = {
        "name": "all",
        "maintenance_configuration_id": f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/m",
        "filter": [{"os_types": ["Windows"], "locations": [], "tags": [], "tag_filter": "Any"}],
    }
    address = "azurerm_maintenance_assignment_dynamic_scope.s"
    outcome = check(write("p.json", plan([created(scope, address, sensitive={}), created(machine())])))
    assert ("HP023", "violation") in outcome.findings


@pytest.mark.parametrize("of", ["resource", "resource_group", "subscription", "management_group"])
def test_a_policy_that_conflicts_with_hotpatch_is_found(of: str, check: Any, write: Any) -> None:
    written = {
        "name": "p",
        "policy_definition_id": f"/providers/Microsoft.Authorization/policyDefinitions/{POLICY}",
        "parameters": "{}",
        "enforce": True,
    }
    assert judged(check, write, f"azurerm_{of}_policy_assignment", written).findings == [("HP035", "advice")]


def template(**settings: Any) -> str:
    whole = json.loads(json.dumps(ARM_MACHINE))
    whole["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"] |= settings
    resource = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "inner", **whole}
    return json.dumps({"contentVersion": "1.0.0.0", "resources": [resource]})


@pytest.mark.parametrize("of", ["resource_group", "subscription", "management_group", "tenant"])
def test_a_machine_in_a_template_is_found_at_the_address_of_its_deployment(of: str, check: Any, write: Any) -> None:
    type_ = f"azurerm_{of}_template_deployment"
    written = {"name": "d", "template_content": template(enableHotpatching=False), "parameters_content": "{}"}
    outcome = judged(check, write, type_, written)
    (finding,) = json.loads(outcome.out)["findings"]
    assert finding["resource"]["origin"] == f"{type_}.x.template_content.resources[0]"
    assert judged(check, write, type_, {**written, "template_content": template()}).code == 0


def test_a_template_that_is_not_known_is_unverified(check: Any, write: Any) -> None:
    stated = {"template_content": references("data.http.t.response_body")}
    type_ = "azurerm_resource_group_template_deployment"
    outcome = judged(check, write, type_, {"name": "d"}, unknown={"template_content": True}, stated=stated)
    assert outcome.findings == [("HP038", "unverified")]


@pytest.mark.parametrize("body", [ARM_MACHINE, json.dumps(ARM_MACHINE)])
def test_azapi_s_body_is_judged_by_arm_s_names(body: Any, check: Any, write: Any) -> None:
    written = {"type": TYPE, "name": "web", "parent_id": GROUP, "location": "westeurope", "body": body}
    assert judged(check, write, "azapi_resource", written, unknown={"output": True}).code == 0


def test_azapi_s_finding_names_the_path_in_the_body(check: Any, write: Any) -> None:
    whole = json.loads(json.dumps(ARM_MACHINE))
    whole["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] = False
    written = {"type": TYPE, "name": "web", "parent_id": GROUP, "body": whole}
    (finding,) = json.loads(judged(check, write, "azapi_resource", written).out)["findings"]
    path = "properties.osProfile.windowsConfiguration.patchSettings.enableHotpatching"
    assert (finding["property"]["arm"], finding["property"]["program"]) == (path, f"body.{path}")


def test_a_leaf_of_azapi_s_body_may_be_unknown(check: Any, write: Any) -> None:
    whole = json.loads(json.dumps(ARM_MACHINE))
    del whole["properties"]["storageProfile"]["imageReference"]["sku"]
    unknown = {"body": {"properties": {"storageProfile": {"imageReference": {"sku": True}}}}}
    stated = {"body": references("random_shuffle.sku.result")}
    outcome = judged(check, write, "azapi_resource", {"type": TYPE, "body": whole}, unknown=unknown, stated=stated)
    assert outcome.findings == [("HP001", "unverified")]


@pytest.mark.parametrize(
    ("expression", "version", "findings"),
    [
        (references("var.secret"), None, [("HP038", "unverified")]),
        (references("var.secret"), {"properties.osProfile.adminPassword": "1"}, []),
        ({"constant_value": {"properties": {"osProfile": {"adminPassword": PASSWORD}}}}, None, []),
        ({"constant_value": None}, None, []),
    ],
)
def test_a_sensitive_body_that_no_plan_has_is_not_passed_over(
    expression: Any, version: Any, findings: Any, check: Any, write: Any
) -> None:
    written = {"type": TYPE, "name": "web", "body": ARM_MACHINE, "sensitive_body": None}
    written |= {"sensitive_body_version": version} if version else {}
    outcome = judged(check, write, "azapi_resource", written, stated={"sensitive_body": expression})
    assert outcome.findings == findings
    assert PASSWORD not in outcome.out


@pytest.mark.parametrize(
    ("type_", "more", "found"),
    [
        ("azapi_update_resource", {}, True),
        ("azapi_resource_action", {"method": "PATCH"}, True),
        ("azapi_resource_action", {"method": "POST", "action": "restart"}, False),
    ],
)
def test_azapi_s_change_of_a_machine_that_is_elsewhere(
    type_: str, more: Any, found: bool, check: Any, write: Any
) -> None:
    written = {"type": TYPE, "resource_id": f"{GROUP}/providers/Microsoft.Compute/virtualMachines/web", "body": {}}
    outcome = judged(check, write, type_, {**written, **more})
    assert outcome.findings == ([("HP038", "unverified")] if found else [])


def test_an_extension_that_stops_windows_update_is_advised_against(check: Any, write: Any) -> None:
    written = {
        "name": "e",
        "publisher": "Microsoft.Compute",
        "type": "CustomScriptExtension",
        "virtual_machine_id": f"{SUBSCRIPTION}/x",
        "settings": json.dumps({"commandToExecute": "sc stop wuauserv"}),
    }
    assert judged(check, write, "azurerm_virtual_machine_extension", written).findings == [("HP045", "advice")]


def test_a_secret_in_an_extension_s_protected_settings_is_not_shown(check: Any, write: Any) -> None:
    secret = json.dumps({"commandToExecute": f"sc stop wuauserv; net user ops {PASSWORD}"})
    written = {"name": "e", "publisher": "p", "type": "CustomScriptExtension", "protected_settings": secret}
    type_ = "azurerm_virtual_machine_extension"
    outcome = judged(check, write, type_, written, sensitive={"protected_settings": True})
    assert outcome.findings == [("HP045", "advice")]
    assert PASSWORD not in outcome.out


def test_what_is_read_or_made_elsewhere_is_not_judged(check: Any, write: Any) -> None:
    for type_ in ("azurerm_arc_machine", "azurerm_network_interface", "aws_instance", "azurestack_virtual_machine"):
        assert judged(check, write, type_, {"name": "n", "kind": "HCI"}).findings == []


@pytest.mark.parametrize(("method", "found"), [("PATCH", True), ("POST", False)])
def test_an_action_that_runs_when_the_plan_is_applied_is_judged(
    method: str, found: bool, check: Any, write: Any
) -> None:
    action = {
        "address": "action.azapi_resource_action.patch",
        "type": "azapi_resource_action",
        "name": "patch",
        "config_values": {"type": TYPE, "method": method, "body": {}},
        "config_unknown": {"resource_id": True},
        "config_sensitive": {},
    }
    outcome = check(write("p.json", plan([created(machine())], action_invocations=[action])))
    assert outcome.findings == ([("HP038", "unverified")] if found else [])


@pytest.mark.parametrize("written", [5, [5], [{"address": "a"}], [{"address": "a", "type": "azapi_resource_action"}]])
def test_a_damaged_action_is_never_clean(written: Any, check: Any, write: Any) -> None:
    assert check(write("p.json", plan([created(machine())], action_invocations=written))).code == 3
