"""How azurerm's and azapi's own properties become ARM's, whoever bridges them."""

import json
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.policies.reading import Source, records
from tests.policies.variations import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
WINDOWS = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine"


def read(token: str, props: dict[str, Any], **more: Any) -> Record:
    (record,) = records(Source(token, "r", "urn", props, **more))
    return record


def test_what_the_provider_sends_by_default_is_judged() -> None:
    record = read(WINDOWS, {})
    assert record.peek(f"{SETTINGS}.enableHotpatching") is False
    assert record.peek(f"{SETTINGS}.patchMode") == "AutomaticByOS"
    assert record.peek("osProfile.windowsConfiguration.provisionVMAgent") is True


def test_a_machine_from_a_disk_has_no_profile() -> None:
    record = read(WINDOWS, {"osManagedDiskId": UNKNOWN, "patchMode": "Manual"})
    assert record.peek("osProfile") is None
    assert isinstance(record.peek("storageProfile.osDisk.managedDisk.id"), Unknown)
    assert read(WINDOWS, {"osManagedDiskId": "/d"}).peek("storageProfile.osDisk.createOption") == "Attach"


def test_ignored_changes_are_in_arm_s_names() -> None:
    record = read(WINDOWS, {}, ignore_changes=["hotpatchingEnabled", "source_image_reference.sku", "size"])
    assert record.ignored_changes == (
        f"{SETTINGS}.enableHotpatching",
        "storageProfile.imageReference.sku",
        "hardwareProfile.vmSize",
    )


def test_a_linux_set_says_that_it_is_linux() -> None:
    record = read("azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet", {"name": "s"})
    assert record.peek("orchestrationMode") == "Uniform"
    assert record.peek("virtualMachineProfile.osProfile.linuxConfiguration") == {"provisionVMAgent": True}


@pytest.mark.parametrize("blocks", [False, True])
def test_a_maintenance_configuration_is_translated(blocks: bool) -> None:
    window: Any = {"startDateTime": "2026-01-01 00:00", "duration": "03:00", "timeZone": "UTC", "recurEvery": "1Day"}
    install: Any = {"reboot": "Never", "windows": [{"classificationsToIncludes": ["Security"]}]}
    props = {
        "scope": "InGuestPatch",
        "inGuestUserPatchMode": "User",
        "window": [window] if blocks else window,
        "installPatches": [install] if blocks else install,
    }
    body = read("azure:maintenance/configuration:Configuration", props).body
    assert body["maintenanceScope"] == "InGuestPatch"
    assert body["extensionProperties"] == {"InGuestPatchMode": "User"}
    assert body["maintenanceWindow"] == window
    assert body["installPatches"] == {
        "rebootSetting": "Never",
        "windowsParameters": {"classificationsToInclude": ["Security"]},
    }


def test_a_dynamic_scope_s_filter_is_translated() -> None:
    filter_ = {"osTypes": ["Windows"], "tagFilter": "All", "tags": [{"tag": "ring", "values": ["0"]}]}
    record = read("azure:maintenance/assignmentDynamicScope:AssignmentDynamicScope", {"filter": filter_})
    assert record.kind is Kind.MAINTENANCE_ASSIGNMENT
    assert record.body["filter"] == {
        "osTypes": ["Windows"],
        "tagSettings": {"tags": {"ring": ["0"]}, "filterOperator": "All"},
    }


def test_an_assignment_refers_to_the_machine_that_it_comes_from() -> None:
    record = read(
        "azure:maintenance/assignmentVirtualMachine:AssignmentVirtualMachine",
        {"virtualMachineId": UNKNOWN, "maintenanceConfigurationId": UNKNOWN},
        depends_on={"virtualMachineId": ["vm-urn"], "maintenanceConfigurationId": ["mc-urn"]},
    )
    assert record.references == {"resourceId": ("vm-urn",), "maintenanceConfigurationId": ("mc-urn",)}


def test_a_policy_assignment_s_parameters_are_read_from_json() -> None:
    parameters = json.dumps({"effect": {"value": "Disabled"}})
    record = read("azure:core/subscriptionPolicyAssignment:SubscriptionPolicyAssignment", {"parameters": parameters})
    assert record.peek("parameters.effect.value") == "Disabled"


def test_a_module_s_child_is_read_in_snake_case_and_its_tags_are_left_alone() -> None:
    record = read("m:tf:azurerm_windows_virtual_machine", {"hotpatching_enabled": True, "tags": {"my_tag": "x_y"}})
    assert record.peek(f"{SETTINGS}.enableHotpatching") is True
    assert record.body["tags"] == {"my_tag": "x_y"}


def test_the_names_of_a_template_s_parameters_are_left_alone() -> None:
    template = {
        "parameters": {"patch_mode": {"type": "string"}},
        "resources": [
            {
                "type": "Microsoft.Compute/virtualMachines",
                "name": "t",
                "properties": {
                    "osProfile": {
                        "windowsConfiguration": {"patchSettings": {"patchMode": "[parameters('patch_mode')]"}}
                    }
                },
            }
        ],
    }
    props = {"template_body": json.dumps(template), "parameters": {"patch_mode": "Manual"}}
    assert read("m:tf:azurerm_template_deployment", props).peek(f"{SETTINGS}.patchMode") == "Manual"


def test_azapi_takes_its_body_as_an_object_and_as_json() -> None:
    body = {"properties": {"osProfile": {"computerName": "c"}}}
    of_object, of_json = (
        read("azapi:index/resource:Resource", {"type": "Microsoft.Compute/virtualMachines@2020-01-01", "body": given})
        for given in (body, json.dumps(body))
    )
    assert of_object.body == of_json.body
    assert of_object.api_version == "2020-01-01"


@pytest.mark.parametrize("body", [UNKNOWN, "{", "[]"])
def test_a_body_that_cannot_be_read_is_opaque(body: str) -> None:
    record = read(
        "azapi:index/resource:Resource", {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": body}
    )
    assert record.kind is Kind.OPAQUE
    elsewhere = {"type": "Microsoft.Network/virtualNetworks@2024-07-01", "body": body}
    assert not records(Source("azapi:index/resource:Resource", "r", "urn", elsewhere))


def generic(**parts: Any) -> list[Record]:
    return records(Source("azure-native:resources:Resource", "r", "urn", parts))


def test_a_generic_resource_below_a_parent_is_told_by_its_type_without_names() -> None:
    (extension,) = generic(
        resourceProviderNamespace="microsoft.compute",
        parentResourcePath="virtualMachineScaleSets/set",
        resourceType="extensions",
        resourceName="health",
        properties={"publisher": "p"},
    )
    assert extension.kind is Kind.SCALE_SET_EXTENSION
    assert (extension.body["vmScaleSetName"], extension.body["name"]) == ("set", "health")


def test_ignored_changes_of_a_body_are_in_arm_s_names() -> None:
    token, parts = "azure-native:resources:Resource", {"resourceProviderNamespace": "Microsoft.Compute"}
    props = {**parts, "resourceType": "virtualMachines", "properties": {}}
    record = read(token, props, ignore_changes=['properties["osProfile"].windowsConfiguration', "tags"])
    assert record.ignored_changes == ("osProfile.windowsConfiguration", "tags")


def test_a_generic_assignment_names_the_machine_in_its_path() -> None:
    (assignment,) = generic(
        resourceProviderNamespace="Microsoft.Compute",
        parentResourcePath="virtualMachines/vm1/providers/Microsoft.Maintenance",
        resourceType="configurationAssignments",
        properties={"maintenanceConfigurationId": "/mc"},
    )
    assert assignment.body["resourceId"].endswith("virtualMachines/vm1")


def test_a_generic_resource_whose_type_is_unknown_is_opaque_unless_it_is_of_no_interest() -> None:
    (record,) = generic(resourceProviderNamespace="Microsoft.Compute", resourceType=UNKNOWN)
    assert record.kind is Kind.OPAQUE
    assert not generic(resourceProviderNamespace="Microsoft.Network", resourceType=UNKNOWN)


def test_a_reader_that_fails_gives_an_opaque_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("azure_hotpatch.policies.reading.classic.terraform.plain", lambda _: 1 / 0)
    record = read(WINDOWS, {})
    assert record.kind is Kind.OPAQUE
    assert "ZeroDivisionError" in record.unreadable


def test_parameters_that_are_elsewhere_are_not_taken_from_defaults() -> None:
    template = {
        "parameters": {"mode": {"defaultValue": "Flexible"}},
        "resources": [
            {
                "type": "Microsoft.Compute/virtualMachineScaleSets",
                "name": "s",
                "properties": {"orchestrationMode": "[parameters('mode')]"},
            }
        ],
    }
    linked = {"template": template, "parametersLink": {"uri": "https://example.org"}}
    record = read("azure-native:resources:Deployment", {"properties": linked})
    assert isinstance(record.peek("orchestrationMode"), Unknown)


def test_a_secret_template_makes_all_of_its_machines_secret() -> None:
    template = {"resources": [{"type": "Microsoft.Compute/virtualMachines", "name": "hidden", "properties": {"a": 1}}]}
    mark = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": json.dumps(template)}
    record = read(
        "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment", {"templateContent": mark}
    )
    assert "a" in record.secrets
    assert record.name == "r"


@pytest.mark.parametrize(("method", "count"), [("PUT", 1), ("patch", 1), (UNKNOWN, 1), ("POST", 0), (None, 0)])
def test_an_azapi_action_that_writes_a_machine_cannot_be_read(method: Any, count: int) -> None:
    props = {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "resourceId": "/vm", "method": method}
    assert len(records(Source("azapi:index/resourceAction:ResourceAction", "r", "urn", props))) == count
    elsewhere = {**props, "type": "Microsoft.Network/virtualNetworks@2024-01-01"}
    if method != UNKNOWN:
        assert not records(Source("azapi:index/resourceAction:ResourceAction", "r", "urn", elsewhere))
