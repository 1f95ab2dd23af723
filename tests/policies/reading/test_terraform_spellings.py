"""What Terraform's provider writes of its own accord: computed values, empty blocks, and sets without a profile."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.verdict import rulings
from tests.policies.machines import CLASSIC, CLASSIC_SET, REFERENCE, snake
from tests.policies.variations import UNKNOWN, secret

WINDOWS = "azurerm:index/windowsVirtualMachine:WindowsVirtualMachine"
LEGACY = "azurerm:index/virtualMachine:VirtualMachine"
SET = "azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet"
SCOPE = "azure:maintenance/assignmentDynamicScope:AssignmentDynamicScope"
WINDOW = "azure:maintenance/configuration:Configuration"
CHILD_SET = "m:tf:azurerm_orchestrated_virtual_machine_scale_set"
DISK = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/disks/vm"


def read(token: str, props: Mapping[str, Any], **more: Any) -> Record:
    (record,) = records(Source(token, "r", "urn", props, **more))
    return record


def told(token: str, props: Mapping[str, Any]) -> set[str]:
    found = rulings(records(Source(token, "r", "urn", props)), parse_config({}), date(2026, 6, 1))
    return {ruling.rule.id for ruling in found}


@pytest.mark.parametrize("disk", [DISK, UNKNOWN, secret(DISK)])
def test_the_disk_that_azurerm_writes_beside_the_image_is_not_an_attached_one(disk: Any) -> None:
    assert not told(WINDOWS, {**CLASSIC, "osManagedDiskId": disk})
    assert not told("m:tf:azurerm_windows_virtual_machine", snake({**CLASSIC, "osManagedDiskId": disk}))


def test_a_disk_without_an_image_is_attached() -> None:
    props = {**CLASSIC, "osManagedDiskId": DISK, "sourceImageReference": [], "sourceImageId": ""}
    assert "HP010" in told(WINDOWS, props)


@pytest.mark.parametrize("block", [[], None, ""])
def test_a_block_that_is_not_there_is_no_block(block: Any) -> None:
    linux = {"osProfileLinuxConfig": [{"disablePasswordAuthentication": True}], "osProfileWindowsConfig": block}
    assert not told(LEGACY, {"name": "l", **linux})
    profile = {"windowsConfiguration": block, "linuxConfiguration": [{"adminUsername": "ops"}]}
    image = {"publisher": "someone", "offer": "server", "sku": "1", "version": "1"}
    flexible = {**CLASSIC_SET, "sourceImageReference": image, "osProfile": [profile]}
    assert not told(SET, flexible)


def test_an_empty_text_is_what_the_provider_sends_for_it() -> None:
    record = read(WINDOWS, {**CLASSIC, "patchMode": "", "rebootSetting": ""})
    assert record.peek("osProfile.windowsConfiguration.patchSettings.patchMode") == "AutomaticByOS"
    assert record.peek("osProfile.windowsConfiguration.patchSettings.automaticByPlatformSettings") is None


def test_a_bypass_that_is_off_is_not_sent() -> None:
    bypass = "osProfile.windowsConfiguration.patchSettings.automaticByPlatformSettings"
    assert read(WINDOWS, {"bypassPlatformSafetyChecksOnUserScheduleEnabled": False}).peek(bypass) is None
    on = read(WINDOWS, {"bypassPlatformSafetyChecksOnUserScheduleEnabled": True}).peek(bypass)
    assert on == {"bypassPlatformSafetyChecksOnUserSchedule": True}


def test_an_empty_string_is_shown_as_nothing() -> None:
    shown = read(WINDOWS, {"patchMode": ""}).shown("osProfile.windowsConfiguration.patchSettings.patchMode")
    assert shown == "nothing, for which the provider sends 'AutomaticByOS'"


def test_a_set_without_a_size_is_sent_without_a_profile() -> None:
    defaults = {"networkApiVersion": "2020-11-01", "extensionOperationsEnabled": True, "osProfile": []}
    bare_set = {"name": "s", "platformFaultDomainCount": 1, **defaults}
    assert read(SET, bare_set).peek("virtualMachineProfile") is None
    assert not told(SET, bare_set)
    assert not told(CHILD_SET, snake({**bare_set, "skuName": ""}))
    assert read(SET, {**bare_set, "skuName": UNKNOWN}).peek("virtualMachineProfile") is not None


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"secureBootEnabled": True}, "TrustedLaunch"),
        ({"vtpmEnabled": True}, "TrustedLaunch"),
        ({"secureBootEnabled": False, "vtpmEnabled": False}, None),
        ({"vtpmEnabled": True, "osDisk": [{"securityEncryptionType": "VMGuestStateOnly"}]}, "ConfidentialVM"),
        ({}, None),
    ],
)
def test_azurerm_asks_for_trusted_launch_by_its_parts(parts: Mapping[str, Any], kind: str | None) -> None:
    assert read(WINDOWS, parts).peek("securityProfile.securityType") == kind


def test_a_classic_machine_of_2025_with_trusted_launch_is_fine() -> None:
    newest = {**CLASSIC, "sourceImageReference": {**REFERENCE, "sku": "2025-Datacenter-Azure-Edition"}}
    config = parse_config({"hotpatch": {"generation": "2025"}})
    found = rulings(records(Source(WINDOWS, "r", "urn", newest)), config, date(2026, 6, 1))
    assert {ruling.rule.id for ruling in found} == set()


def test_the_sizes_of_an_instance_mix_are_judged_and_mix_is_none() -> None:
    mixed = {**CLASSIC_SET, "skuName": "Mix", "skuProfile": [{"vmSizes": ["Standard_D2s_v5", "Standard_D2as_v5"]}]}
    assert not told(SET, mixed)
    assert told(SET, {**mixed, "skuProfile": [{"vmSizes": ["Standard_D2s_v5", "Standard_D2ps_v5"]}]}) == {"HP039"}


def test_a_scope_s_filter_keeps_its_seals_and_what_is_not_known() -> None:
    tags = [{"tag": "ring", "values": secret(["hush"])}]
    record = read(SCOPE, {"filter": [{"tags": tags, "tagFilter": UNKNOWN}]})
    assert record.shown("filter.tagSettings.tags.ring") == "[secret]"
    assert repr(record.peek("filter.tagSettings.filterOperator")) == "UNKNOWN"
    assert repr(read(SCOPE, {"filter": {"tags": UNKNOWN}}).peek("filter.tagSettings.tags")) == "UNKNOWN"
    assert read(SCOPE, {"filter": secret([{"tags": tags}])}).shown("filter") == "[secret]"


def test_what_is_put_into_a_sealed_object_is_not_lost() -> None:
    record = read(WINDOW, {"scope": "InGuestPatch", "properties": secret({"a": "b"}), "inGuestUserPatchMode": "User"})
    assert record.peek("extensionProperties.InGuestPatchMode") == "User"
    assert record.shown("extensionProperties.InGuestPatchMode") == "[secret]"


@pytest.mark.parametrize(
    ("path", "covered"),
    [
        ("osProfile", True),
        ("os_profile[0].windows_configuration", True),
        ("osProfile[*]", True),
        ('osProfile["windowsConfiguration"].hotpatchingEnabled', True),
        ("sourceImageReference[0].sku", True),
        ("*", True),
        ("tags", False),
        ("instances", False),
    ],
)
def test_ignored_changes_of_a_set_cover_what_lies_below_them(path: str, covered: bool) -> None:
    found = rulings([read(SET, CLASSIC_SET, ignore_changes=[path])], parse_config({}), date(2026, 6, 1))
    assert ("HP036" in {ruling.rule.id for ruling in found}) == covered
