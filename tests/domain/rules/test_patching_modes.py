"""Each patching mode keeps its rules, and every scenario in which nobody patches a machine is refused."""

from dataclasses import replace
from typing import Any

import pytest

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.domain.judging.modes import DeclaredModes
from azure_hotpatch.domain.judging.record import UNKNOWN, Record
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES

WINDOWS = "osProfile.windowsConfiguration"
SKU = "storageProfile.imageReference.sku"


@pytest.fixture
def schedule(assignment: Any, configuration: Any) -> list[Record]:
    return [assignment(), configuration()]


def _findings(record: Record, context: Context, *others: Record) -> list[Finding]:
    together = judge_links([record, *others], RULES, context)
    return judge(record, RULES, context) + [finding for judged, finding in together if judged is record]


EXPECTED = {
    PatchingMode.HOTPATCH: [],
    PatchingMode.AZURE_MANAGED: ["HP004"],
    PatchingMode.CUSTOMER_MANAGED_SCHEDULE: ["HP004"],
    PatchingMode.PAUSED: ["HP004", "HP024"],
}


@pytest.mark.parametrize("mode", PatchingMode)
def test_a_patching_mode_gives_up_no_more_than_it_must(
    mode: PatchingMode, vm: Any, schedule: list[Record], context: Context
) -> None:
    machine = vm({WINDOWS: windows_configuration(mode)})
    others = schedule if mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE else []
    assert [finding.rule for finding in _findings(machine, context, *others)] == EXPECTED[mode]
    declared = replace(context, modes=DeclaredModes((("*", mode),)))
    assert _findings(machine, declared, *others) == []


# Azure Update Manager, "Prerequisites for scheduled patching": who patches the machine, by patch mode, bypass and
# schedule; None where nobody does.
SCENARIOS = {
    ("AutomaticByPlatform", True, True): "the schedule",
    ("AutomaticByPlatform", True, False): None,
    ("AutomaticByPlatform", False, True): None,
    ("AutomaticByPlatform", False, False): "Azure",
    ("AutomaticByOS", False, True): None,
    ("AutomaticByOS", False, False): "Windows",
}


@pytest.mark.parametrize("image", ["2022-Datacenter-Azure-Edition-Core", "2022-Datacenter", UNKNOWN])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_in_which_nobody_patches_a_machine_is_refused(
    scenario: tuple[str, bool, bool], image: Any, vm: Any, schedule: list[Record], context: Context
) -> None:
    patch_mode, bypass, attached = scenario
    machine = vm({SKU: image, WINDOWS: windows_configuration(PatchingMode.AZURE_MANAGED)})
    settings = machine.body["osProfile"]["windowsConfiguration"]["patchSettings"]
    settings["patchMode"] = patch_mode
    settings["automaticByPlatformSettings"]["bypassPlatformSafetyChecksOnUserSchedule"] = bypass
    found = _findings(machine, context, *(schedule if attached else []))
    nobody = [finding.rule for finding in found if "nobody" in {rule.id: rule for rule in RULES}[finding.rule].summary]
    assert len(nobody) == (SCENARIOS[scenario] is None)
