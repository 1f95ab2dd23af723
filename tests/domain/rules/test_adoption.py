"""How a machine that exists becomes hotpatchable, and why not."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.adoption import Adoption, adoptable
from azure_hotpatch.domain.judging.record import UNKNOWN
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES

REFERENCE = "storageProfile.imageReference"
SETTINGS = "osProfile.windowsConfiguration.patchSettings"
BYPASS = f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"
DISK = {"osProfile": None, REFERENCE: None, "storageProfile.osDisk.createOption": "Attach"}


@pytest.mark.parametrize(
    ("changes", "adoption", "rules"),
    [
        ({}, Adoption.ALREADY, []),
        ({f"{REFERENCE}.sku": "2025-Datacenter-Azure-Edition"}, Adoption.ALREADY, []),
        ({f"{SETTINGS}.enableHotpatching": False, BYPASS: True}, Adoption.IN_PLACE, ["HP004"]),
        ({SETTINGS: {"patchMode": "Manual", "enableHotpatching": False}}, Adoption.IN_PLACE, ["HP004", "HP005"]),
        ({"osProfile.allowExtensionOperations": False}, Adoption.IN_PLACE, ["HP016"]),
        ({f"{REFERENCE}.sku": "2022-Datacenter-Azure-Edition"}, Adoption.BY_REPLACEMENT, ["HP001"]),
        ({REFERENCE: {"id": "/x/providers/Microsoft.Compute/images/i"}}, Adoption.BY_REPLACEMENT, ["HP002"]),
        ({"osProfile.windowsConfiguration.provisionVMAgent": False}, Adoption.BY_REPLACEMENT, ["HP006"]),
        (DISK, Adoption.BY_REPLACEMENT, ["HP010"]),
        ({f"{SETTINGS}.patchMode": UNKNOWN}, Adoption.UNKNOWN, ["HP005"]),
        ({f"{REFERENCE}.sku": UNKNOWN}, Adoption.UNKNOWN, ["HP001"]),
        ({f"{REFERENCE}.publisher": "MicrosoftWindowsDesktop"}, Adoption.NEVER, []),
    ],
)
def test_a_machine(changes: Any, adoption: Adoption, rules: list[str], vm: Any, context: Context) -> None:
    answer = adoptable(vm(changes), RULES, context)
    assert answer is not None
    assert (answer.adoption, [finding.rule for finding in answer.findings]) == (adoption, rules)


def test_linux_never_becomes_hotpatchable(vm: Any, context: Context) -> None:
    answer = adoptable(vm({"osProfile": {"linuxConfiguration": {}}, "storageProfile": None}), RULES, context)
    assert answer is not None
    assert answer.adoption is Adoption.NEVER


def test_a_uniform_set_is_replaced(scale_set: Any, context: Context) -> None:
    answer = adoptable(scale_set({"orchestrationMode": "Uniform"}), RULES, context)
    assert answer is not None
    assert (answer.adoption, answer.findings[0].rule) == (Adoption.BY_REPLACEMENT, "HP003")


def test_a_schedule_is_no_machine(configuration: Any, context: Context) -> None:
    assert adoptable(configuration(), RULES, context) is None
