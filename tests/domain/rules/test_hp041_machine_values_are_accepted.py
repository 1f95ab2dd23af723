"""HP041: what Azure refuses of a machine's names, disk and place is said before."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

DISK = "storageProfile.osDisk.diskSizeGB"
TYPE = "storageProfile.osDisk.managedDisk"
SKU = "storageProfile.imageReference.sku"
SIZE = "hardwareProfile.vmSize"
SMALL = "2022-Datacenter-Azure-Edition-Core-smalldisk"
SET = {"id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/availabilitySets/web"}


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"osProfile.computerName": "a-name-of-20-letters"}, "osProfile.computerName", "takes 15 at most"),
        ({"osProfile.adminUsername": "admin"}, "osProfile.adminUsername", "Azure refuses"),
        (
            {"osProfile.windowsConfiguration.timeZone": "Europe/Berlin"},
            "osProfile.windowsConfiguration.timeZone",
            "is not a Windows time zone",
        ),
        ({DISK: 64}, DISK, "64 GiB is not from 127"),
        ({DISK: "64"}, DISK, "64 GiB is not from 127"),
        ({SKU: SMALL, DISK: 20}, DISK, "20 GiB is not from 30"),
        ({"zones": ["1"], "availabilitySet": SET}, "zones", "cannot be in an availability set"),
        ({"zones": ["1"], "availabilitySet": {"id": UNKNOWN}}, "zones", "cannot be in an availability set"),
        ({SIZE: "Standard_D2_v5", TYPE: {"storageAccountType": "Premium_LRS"}}, SIZE, "takes no premium disks"),
    ],
)
def test_refuses_what_azure_refuses(changes: dict[str, Any], path: str, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP041", vm(changes))
    assert finding.path == path
    assert reason in finding.message


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"osProfile.computerName": None, "osProfile.adminUsername": None},
        {SKU: SMALL, DISK: 64},
        {DISK: 127},
        {SKU: None, DISK: 20},
        {"zones": ["1"]},
        {"availabilitySet": SET},
        {"zones": UNKNOWN, "availabilitySet": SET},
        {SIZE: "Standard_D2_v5", TYPE: {"storageAccountType": "StandardSSD_LRS"}},
    ],
)
def test_accepts_what_azure_accepts(changes: dict[str, Any], vm: Any, ask: Any) -> None:
    assert ask("HP041", vm(changes)) == []


def test_reads_the_names_and_the_size_of_a_scale_set(scale_set: Any, ask: Any) -> None:
    prefix = "virtualMachineProfile.osProfile.computerNamePrefix"
    (finding,) = ask("HP041", scale_set({prefix: "front-servers"}))
    assert finding.path == prefix


def test_a_disk_that_is_not_known_is_not_verified(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP041", vm({DISK: UNKNOWN}))
    assert (finding.path, finding.verdict) == (DISK, Verdict.UNVERIFIABLE)


def test_says_nothing_of_a_secret_name(vm: Any, ask: Any) -> None:
    path = "osProfile.computerName"
    (finding,) = ask("HP041", vm({path: "a-name-of-20-letters"}, secrets=frozenset({path})))
    assert "a-name" not in repr(finding)
