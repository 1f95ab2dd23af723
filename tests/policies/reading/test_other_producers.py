"""Fleets, bulk actions, labs and bodies in two parts, as the machines that Azure makes of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.reading.layers import laid_over
from azure_hotpatch.policies.reading.reading import Sealed
from azure_hotpatch.policies.verdict import Ruling, rulings
from tests.policies.machines import MACHINE, NATIVE, PROFILE, REFERENCE, TEMPLATE
from tests.policies.variations import UNKNOWN, secret

FLEET, LAB = "azure-native:azurefleet:Fleet", "azure-native:devtestlab:VirtualMachine"
AZAPI = "azapi:index/resource:Resource"
SKU = "storageProfile.imageReference.sku"


def read(token: str, props: Mapping[str, Any], **more: Any) -> list[Record]:
    return records(Source(token, "r", "urn", props, **more))


def told(token: str, props: Mapping[str, Any], **more: Any) -> list[Ruling]:
    return list(rulings(read(token, props, **more), parse_config({}), date(2026, 6, 1)))


def fleet(*overrides: Any) -> dict[str, Any]:
    locations = [{"location": "x", "virtualMachineProfileOverride": each} if each else {} for each in overrides]
    base = {"computeProfile": {"baseVirtualMachineProfile": PROFILE, "computeApiVersion": "2024-07-01"}}
    return {**base, "additionalLocationsProfile": {"locationProfiles": locations}}


def test_a_location_s_profile_is_the_base_with_its_own_over_it() -> None:
    base, second = read(FLEET, fleet(None, {"storageProfile": {"imageReference": {"sku": "other"}}}))
    assert base.machine(SKU) == REFERENCE["sku"]
    assert second.machine(SKU) == "other"
    assert second.machine("storageProfile.imageReference.offer") == "WindowsServer"
    assert second.prefix == "additionalLocationsProfile.locationProfiles[1].virtualMachineProfileOverride."
    assert second.api_version == "2024-07-01"


def test_a_location_that_is_not_known_cannot_be_verified() -> None:
    for unknown in (
        fleet(UNKNOWN),
        {**fleet(), "additionalLocationsProfile": {"locationProfiles": UNKNOWN}},
        {**fleet(), "additionalLocationsProfile": UNKNOWN},
    ):
        found = told(FLEET, unknown)
        assert found
        assert {ruling.finding.verdict for ruling in found} == {Verdict.UNVERIFIABLE}


def test_the_version_of_another_api_is_not_that_of_compute() -> None:
    assert read("azure-native:azurefleet/v20190501:Fleet", fleet())[0].api_version == "2024-07-01"
    generic = {"resourceProviderNamespace": "Microsoft.DevTestLab", "parentResourcePath": "labs/l"}
    generic |= {"resourceType": "virtualMachines", "apiVersion": "2018-09-15", "properties": {}}
    (machine,) = read("azure-native:resources:Resource", generic)
    assert (machine.arm_type, machine.api_version) == ("Microsoft.DevTestLab/labs/virtualMachines", "")


@pytest.mark.parametrize(
    ("parts", "ids"),
    [
        ({"galleryImageReference": {**REFERENCE, "osType": "Windows"}}, {"HP005", "HP009"}),
        ({"galleryImageReference": {"publisher": "p", "offer": "o", "sku": "s", "osType": "Linux"}}, set()),
        ({"customImageId": "/subscriptions/0/x"}, {"HP002", "HP005"}),
    ],
)
def test_a_machine_of_a_lab_is_read_by_its_own_names(parts: Any, ids: set[str]) -> None:
    found = [ruling for ruling in told(LAB, {"size": "Standard_D2s_v5", **parts}) if ruling.level == "mandatory"]
    assert {ruling.rule.id for ruling in found} == ids


def test_a_sensitive_body_lies_over_the_body_and_is_not_shown() -> None:
    body = {"properties": {**MACHINE, "osProfile": {"adminUsername": "ops"}}}
    sensitive = {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": {"patchMode": "zq-mode"}}}}}
    props = {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": body, "sensitiveBody": sensitive}
    (machine,) = read(AZAPI, props)
    assert machine.peek("osProfile.adminUsername") == "ops"
    assert machine.shown("osProfile.windowsConfiguration.patchSettings.patchMode") == "[secret]"
    assert "HP005" in {ruling.rule.id for ruling in told(AZAPI, props)}
    (hidden,) = read(AZAPI, {**props, "sensitiveBody": UNKNOWN})
    assert hidden.kind is Kind.OPAQUE


def test_of_a_sensitive_body_a_state_has_its_paths_alone() -> None:
    props = {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {"properties": MACHINE}}
    (machine,) = read(AZAPI, {**props, "sensitiveBodyVersion": {"properties.osProfile": "1"}})
    assert isinstance(machine.peek("osProfile"), Unknown)


@pytest.mark.parametrize("body", ["", None])
def test_the_first_template_deployment_takes_its_parameters_by_name(body: str | None) -> None:
    import json

    template = {**TEMPLATE, "parameters": {"sku": {"type": "string"}}}
    template = json.loads(json.dumps(template).replace(REFERENCE["sku"], "[parameters('sku')]"))
    props = {"templateBody": json.dumps(template), "parametersBody": body, "parameters": {"sku": secret("Zq-sku")}}
    (machine,) = read("azure:core/templateDeployment:TemplateDeployment", props)
    assert machine.peek(SKU) == "Zq-sku"
    assert machine.shown(SKU) == "[secret]"


@pytest.mark.parametrize(
    ("token", "props", "path", "covered"),
    [
        ("azure-native:compute:VirtualMachine", NATIVE, "osProfile[*]", True),
        ("azure-native:compute:VirtualMachine", NATIVE, 'osProfile["windowsConfiguration"]', True),
        ("azure-native:compute:VirtualMachine", NATIVE, "tags[*]", False),
        (AZAPI, {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {}}, "body", True),
        (AZAPI, {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {}}, 'body["properties"]', True),
        (AZAPI, {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {}}, "sensitiveBody", True),
        (AZAPI, {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {}}, "body.tags", False),
        ("azure-native:resources:Deployment", {"properties": {"template": TEMPLATE}}, "properties.template", True),
        ("azure-native:resources:Deployment", {"properties": {"template": TEMPLATE}}, "properties", True),
        ("azure-native:resources:Deployment", {"properties": {"template": TEMPLATE}}, "properties.parameters.x", True),
        ("azure-native:resources:Deployment", {"properties": {"template": TEMPLATE}}, "tags", False),
        ("azure-native:resources:Deployment", {"properties": {"template": TEMPLATE}}, "properties.mode", False),
    ],
)
def test_ignored_changes_that_cover_the_machine_are_told(token: str, props: Any, path: str, covered: bool) -> None:
    assert ("HP036" in {each.rule.id for each in told(token, props, ignore_changes=[path])}) == covered


def test_layers_keep_every_seal_and_what_is_not_known() -> None:
    unknown = Unknown()
    assert laid_over({"a": 1, "b": {"c": 1}}, {"b": {"d": 2}}) == {"a": 1, "b": {"c": 1, "d": 2}}
    assert laid_over(Sealed({"a": 1}), {"b": 2}) == {"a": Sealed(1), "b": 2}
    assert laid_over({"a": {"x": 1}}, Sealed({"a": {"y": 2}})) == {"a": {"x": 1, "y": Sealed(2)}}
    assert laid_over({"a": 1}, unknown) is unknown
    assert laid_over(unknown, {"a": 1}) is unknown
    assert laid_over([1], [2]) == [2]
    assert laid_over({"a": 1}, None) == {"a": 1}
