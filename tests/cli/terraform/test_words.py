"""What a finding says to somebody who writes Terraform: attributes of azurerm, and types that have them."""

import json
import re
from typing import Any

import pytest

from tests.cli.terraform.plans import WINDOWS, configured, constants, created, image, machine, plan
from tests.cli.terraform.test_kinds import ARM_MACHINE, SET, TYPE, flexible

ORCHESTRATED = "azurerm_orchestrated_virtual_machine_scale_set"
WINDOW = {
    "scope": "InGuestPatch",
    "in_guest_user_patch_mode": "Platform",
    "window": [
        {"start_date_time": "2026-12-10 22:00", "duration": "00:10", "time_zone": "UTC", "recur_every": "often"}
    ],
    "install_patches": [{"reboot": "Never", "windows": [{"classifications_to_include": ["Some"]}]}],
}
LEGACY = {
    "storage_image_reference": image(),
    "storage_os_disk": [{"create_option": "FromImage"}],
    "os_profile_windows_config": [{"provision_vm_agent": True, "enable_automatic_upgrades": True}],
}
UNIFORM = {"sku": "Standard_D2s_v5", "source_image_reference": image(), "enable_automatic_updates": True}
CAMEL = re.compile(r"\b[a-z]+[A-Z]\w*\b")


def told(check: Any, write: Any, written: dict[str, Any], type_: str = WINDOWS) -> dict[str, dict[str, Any]]:
    """The findings on one resource by their rules."""
    address = f"{type_}.x"
    change = created(written, address, sensitive={})
    outcome = check(write("p.json", plan([change], [configured(address, constants(written))])))
    return {each["rule"]: each for each in json.loads(outcome.out)["findings"]}


@pytest.mark.parametrize(
    ("changes", "rule", "program", "remedy"),
    [
        ({"patch_mode": "Manual"}, "HP005", "patch_mode", "Set patch_mode to AutomaticByPlatform."),
        ({"provision_vm_agent": False}, "HP006", "provision_vm_agent", "Set provision_vm_agent to true."),
        (
            {"bypass_platform_safety_checks_on_user_schedule_enabled": True},
            "HP007",
            "bypass_platform_safety_checks_on_user_schedule_enabled",
            "Set bypass_platform_safety_checks_on_user_schedule_enabled to false",
        ),
        (
            {"patch_mode": "Manual", "reboot_setting": "Never"},
            "HP013",
            "reboot_setting, bypass_platform_safety_checks_on_user_schedule_enabled",
            "or remove reboot_setting and bypass_platform_safety_checks_on_user_schedule_enabled",
        ),
        ({"source_image_reference": image("2019-Datacenter")}, "HP001", "source_image_reference.sku", "Name publisher"),
    ],
)
def test_a_remedy_names_attributes(changes: Any, rule: str, program: str, remedy: str, check: Any, write: Any) -> None:
    finding = told(check, write, machine(**changes))[rule]
    assert finding["property"]["program"] == program
    assert remedy in finding["remedy"]


@pytest.mark.parametrize(
    ("written", "type_"),
    [
        (machine(patch_mode="Manual", provision_vm_agent=False, allow_extension_operations=False), WINDOWS),
        (machine(hotpatching_enabled=False, patch_assessment_mode="ImageDefault"), WINDOWS),
        (machine(automatic_updates_enabled=False, patch_mode="AutomaticByOS"), WINDOWS),
        (WINDOW, "azurerm_maintenance_configuration"),
        (WINDOW | {"scope": "Host"}, "azurerm_maintenance_configuration"),
        (flexible(extension=[], platform_fault_domain_count=2, zones=["1"], network_api_version="2020-06-01"), SET),
    ],
)
def test_no_finding_has_a_name_that_azurerm_does_not_have(written: Any, type_: str, check: Any, write: Any) -> None:
    findings = told(check, write, written, type_)
    assert findings
    for rule, finding in findings.items():
        said = " ".join((finding["message"], finding["remedy"], finding["property"]["program"]))
        assert not CAMEL.findall(said), (rule, said)


@pytest.mark.parametrize(
    ("written", "type_", "successor"),
    [
        (LEGACY, "azurerm_virtual_machine", WINDOWS),
        (UNIFORM, "azurerm_windows_virtual_machine_scale_set", ORCHESTRATED),
    ],
)
def test_a_type_without_patch_settings_leads_to_the_one_that_has_them(
    written: Any, type_: str, successor: str, check: Any, write: Any
) -> None:
    finding = told(check, write, written, type_)["HP005"]
    assert finding["remedy"] == f"Use {successor}; {type_} has no such setting."
    assert finding["property"]["program"] == ""


def test_a_uniform_set_leads_to_the_orchestrated_one(check: Any, write: Any) -> None:
    finding = told(check, write, UNIFORM, "azurerm_windows_virtual_machine_scale_set")["HP003"]
    assert (finding["allowed"], finding["remedy"].split(";")[0]) == (ORCHESTRATED, f"Use {ORCHESTRATED}")


def test_a_body_of_azapi_keeps_arm_s_names(check: Any, write: Any) -> None:
    whole = json.loads(json.dumps(ARM_MACHINE))
    whole["properties"]["osProfile"]["windowsConfiguration"]["provisionVMAgent"] = False
    finding = told(check, write, {"type": TYPE, "body": whole}, "azapi_resource")["HP006"]
    assert finding["remedy"] == "Set provisionVMAgent to true."


def test_what_stands_in_the_way_of_adoption_is_said_in_the_same_names(check: Any, write: Any) -> None:
    outcome = check(write("p.json", plan([created(machine(provision_vm_agent=False))])), "--adoption")
    (prospect,) = json.loads(outcome.out)["adoption"]
    assert "provision_vm_agent is false" in prospect["inTheWay"][0]["message"]
