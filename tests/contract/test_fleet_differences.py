"""What random fleets showed to be wrong on one side, each with the source that settled it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from tests.contract.fleets.azure import lived
from tests.contract.fleets.comparison import Found, compare
from tests.contract.fleets.generated import Fleet
from tests.contract.fleets.pack import verdicts
from tests.contract.fleets.single import by_version, fleet_of, put, set_of, with_schedule

WINDOWS = "osProfile.windowsConfiguration"
DISK = "storageProfile.osDisk.managedDisk.storageAccountType"
PROFILE = "virtualMachineProfile"


class Case(NamedTuple):
    """A fleet that both refuse: the rule, and words of Azure's refusal."""

    fleet: Fleet
    rule: str
    words: str


# Each was taken by the emulated Azure.
REFUSED = {
    # Facts, section 3: "Application Health extension mandatory (… ApplicationHealthWindows)"
    "health is reported by the extension for Linux": Case(
        set_of(put(f"{PROFILE}.extensionProfile.extensions", [])), "HP019", "Application Health extension"
    ),
    # Facts, section 3 and azure-cli 5920: one fault domain needs several placement groups
    "one placement group with one fault domain": Case(
        set_of(put("singlePlacementGroup", True)), "HP021", "singlePlacementGroup"
    ),
    # "Orchestration modes for Virtual Machine Scale Sets": no automatic OS image upgrade
    "a Flexible set that upgrades its image": Case(
        set_of(
            put("upgradePolicy", {"mode": "Automatic", "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}})
        ),
        "HP021",
        "Automatic OS upgrade is not supported",
    ),
    # The same page: machines of their own are put into Flexible sets
    "a machine in a Uniform set": Case(
        fleet_of(put("virtualMachineScaleSet.id", "uniform")), "HP022", "not 'Flexible'"
    ),
    # Microsoft.Compute, windowsConfiguration.timeZone: names of TimeZoneInfo.GetSystemTimeZones
    "a time zone that Windows does not have": Case(
        fleet_of(put(f"{WINDOWS}.timeZone", "Europe/Berlin")), "HP041", "timeZone"
    ),
    # google/cloud-forensics-utils 488
    "a premium disk on a size without": Case(
        fleet_of(put("hardwareProfile.vmSize", "Standard_D2_v5"), put(DISK, "Premium_LRS")),
        "HP041",
        "does not support the storage account type Premium_LRS",
    ),
    # azure-rest-api-specs 11768: patch settings came with 2020-06-01; the pack judges hotpatch images by it alone
    "patch settings by a version that has none": Case(
        by_version("20191201", put("storageProfile.imageReference.sku", "2022-datacenter-g2")),
        "HP017",
        "Could not find member 'patchSettings'",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_both_refuse(name: str) -> None:
    fleet, rule, words = REFUSED[name]
    machine = fleet.resources[-1].id
    assert rule in verdicts(fleet)[machine].refused
    assert words in lived(fleet).refused[machine]


def test_a_set_with_the_extension_for_linux_is_refused_too() -> None:
    extension = {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux", "name": "health"}
    fleet = set_of(put(f"{PROFILE}.extensionProfile.extensions", [extension]))
    assert lived(fleet).refused.keys() == verdicts(fleet).keys() == {fleet.resources[0].id}


def judged(fleet: Fleet) -> tuple[set[str], set[str], Found]:
    verdict = verdicts(fleet)[fleet.resources[3].id]
    return verdict.refused, verdict.advised - {"HP037"}, compare(fleet)


def test_extensions_that_may_do_nothing_patch_nothing() -> None:
    """Facts, section 1.1, rule 14: the check that extension operations are allowed fails."""
    refused, _, found = judged(fleet_of(put("osProfile.allowExtensionOperations", False)))
    assert (refused, dict(found.lives), found.differences) == ({"HP016"}, {"stopped": 1}, [])


def test_a_machine_that_always_restarts_is_advised_against() -> None:
    """Facts, section 4: reboots as configured. The pack said nothing; it is HP046 now."""
    always = put(f"{WINDOWS}.patchSettings.automaticByPlatformSettings.rebootSetting", "Always")
    refused, advised, found = judged(fleet_of(always))
    assert (refused, advised, found.differences) == (set(), {"HP046"}, [])
    assert found.lives.keys() == {"hotpatch, 12 months with restarts"}


def test_an_image_holds_the_baseline_that_it_was_built_ahead_of() -> None:
    """Facts, section 2.3: the build tells the baseline; azure-cli 30565 shows one dated five days before its update."""
    pinned = fleet_of(put("storageProfile.imageReference.version", "20348.2762.241004"))
    refused, advised, found = judged(pinned)
    assert (refused, advised, dict(found.lives), found.differences) == (set(), set(), {"hotpatch": 1}, [])


@pytest.mark.parametrize(("tag", "lives"), [("Schedule", "hotpatch"), ("schedule", "stopped")])
def test_the_value_of_a_tag_has_a_letter_case(tag: str, lives: str) -> None:
    """ "Use tags to organize your Azure resources": names of tags have no letter case, values have."""
    filtered = {"tagSettings": {"tags": {"PATCHING": ["schedule"]}, "filterOperator": "All"}}
    fleet = with_schedule(fleet_of(), {"patching": tag}, filtered)
    refused, _, found = judged(fleet)
    assert (dict(found.lives), found.differences) == ({lives: 1}, [])
    assert refused == (set() if lives == "hotpatch" else {"HP023"})


def test_an_update_that_was_offered_by_mistake_explains_its_restarts() -> None:
    """Facts, section 5.3: KB5070881 of October 2025 threw machines off the track until January 2026.

    It was offered for a day; in this region the night of its rollout begins within that day.
    """
    sku = put("virtualMachineProfile.storageProfile.imageReference.sku", "2025-Datacenter-Azure-Edition")
    region = "southeastasia"
    fleet = replace(set_of(sku, put("location", region), start=datetime(2025, 2, 1, tzinfo=UTC)), location=region)
    (machine,) = lived(fleet).machines.values()
    kbs = [kb for one in machine.restarts for kb in one.kbs]
    assert kbs == ["KB5055523", "KB5062553", "KB5066835", "KB5070881", "KB5068861", "KB5072033", "KB5073379"]
    found = compare(fleet)
    assert (dict(found.lives), found.differences) == ({"hotpatch": 1}, [])
