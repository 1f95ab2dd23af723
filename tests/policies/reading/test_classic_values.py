"""Names, disk, time zone and availability set of the classic provider's machines and sets, under its own paths."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.spelling import own_path
from azure_hotpatch.policies.verdict import rulings
from tests.policies.machines import CLASSIC, CLASSIC_SET, REFERENCE
from tests.policies.variations import UNKNOWN

WINDOWS = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine"
LEGACY = "azure:compute/virtualMachine:VirtualMachine"
SET = "azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet"
AVAILABILITY_SET = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/availabilitySets/as"
NO_WINDOWS_ZONE = "Europe/Berlin"
LEGACY_MACHINE = {
    "name": "vm",
    "vmSize": "Standard_D2s_v5",
    "storageImageReference": REFERENCE,
    "osProfileWindowsConfig": {"provisionVmAgent": True},
}


def told(token: str, props: Mapping[str, Any], rule: str = "HP041") -> list[tuple[str, bool]]:
    """The path of each finding of a rule, and whether it is unverified."""
    found = rulings(records(Source(token, "r", "urn", props)), parse_config({}), date(2026, 6, 1))
    return [
        (own_path(each.record, each.finding.path), each.finding.verdict is Verdict.UNVERIFIABLE)
        for each in found
        if each.rule.id == rule
    ]


@pytest.mark.parametrize(
    ("token", "machine", "more", "path"),
    [
        (WINDOWS, CLASSIC, {"osDisk": {"diskSizeGb": 64}}, "osDisk.diskSizeGb"),
        (WINDOWS, CLASSIC, {"osDisk": [{"diskSizeGb": "64"}]}, "osDisk.diskSizeGb"),
        (WINDOWS, CLASSIC, {"timezone": NO_WINDOWS_ZONE}, "timezone"),
        (WINDOWS, CLASSIC, {"zone": "1", "availabilitySetId": AVAILABILITY_SET}, "zone"),
        (WINDOWS, CLASSIC, {"size": "Standard_D2_v5", "osDisk": {"storageAccountType": "Premium_LRS"}}, "size"),
        (LEGACY, LEGACY_MACHINE, {"storageOsDisk": {"diskSizeGb": 64}}, "storageOsDisk.diskSizeGb"),
        (LEGACY, LEGACY_MACHINE, {"zones": "1", "availabilitySetId": AVAILABILITY_SET}, "zones"),
        (SET, CLASSIC_SET, {"osDisk": {"diskSizeGb": 64}}, "osDisk.diskSizeGb"),
    ],
)
def test_a_value_that_azure_refuses_is_reported_under_its_own_path(
    token: str, machine: dict[str, Any], more: dict[str, Any], path: str
) -> None:
    assert told(token, {**machine, **more}) == [(path, False)]


@pytest.mark.parametrize(
    ("token", "machine", "more"),
    [
        (WINDOWS, CLASSIC, {"osDisk": {"diskSizeGb": 127, "storageAccountType": "Premium_LRS"}}),
        (WINDOWS, CLASSIC, {"timezone": "W. Europe Standard Time", "zone": "1", "availabilitySetId": ""}),
        (WINDOWS, CLASSIC, {"availabilitySetId": AVAILABILITY_SET}),
        (LEGACY, LEGACY_MACHINE, {"storageOsDisk": {"diskSizeGb": 128, "managedDiskType": "Premium_LRS"}}),
        (SET, CLASSIC_SET, {"osDisk": {"diskSizeGb": 128, "storageAccountType": "Premium_LRS"}}),
        # What azurerm writes into a state where the program says nothing.
        (SET, CLASSIC_SET, {"osDisk": [{"diskSizeGb": 0, "storageAccountType": "Premium_LRS"}]}),
        (WINDOWS, CLASSIC, {"osDisk": {"diskSizeGb": 0}, "timezone": "", "availabilitySetId": ""}),
        (LEGACY, LEGACY_MACHINE, {"storageOsDisk": [{"diskSizeGb": 0, "managedDiskType": ""}], "zones": []}),
    ],
)
def test_a_value_that_azure_takes_is_not_reported(token: str, machine: dict[str, Any], more: dict[str, Any]) -> None:
    assert told(token, {**machine, **more}) == []


def test_a_disk_whose_size_is_not_known_yet_is_unverified() -> None:
    assert told(WINDOWS, {**CLASSIC, "osDisk": {"diskSizeGb": UNKNOWN}}) == [("osDisk.diskSizeGb", True)]


def test_the_names_and_the_time_zone_of_a_flexible_set() -> None:
    windows = CLASSIC_SET["osProfile"]["windowsConfiguration"]
    wrong = {"computerNamePrefix": "more-than-nine", "adminUsername": "administrator", "timezone": NO_WINDOWS_ZONE}
    found = told(SET, {**CLASSIC_SET, "osProfile": {"windowsConfiguration": {**windows, **wrong}}})
    assert found == [(f"osProfile.windowsConfiguration.{name}", False) for name in wrong]
