"""Domain and emulator agree on every combination of patch settings, on a hotpatch image and on another."""

import copy
from itertools import product
from typing import Any

import pytest

from azure_hotpatch.domain.azure import patching
from azure_hotpatch.emulator.arm.lifecycle import enumerations
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.providers.compute import patch_settings

ABSENT: Any = object()
MACHINES = "Microsoft.Compute/virtualMachines"
CHOICES = {
    "provisionVMAgent": (ABSENT, True, False),
    "enableAutomaticUpdates": (ABSENT, True, False),
    "patchMode": (ABSENT, *patching.PATCH_MODES, "automaticbyplatform", "Automatic"),
    "assessmentMode": (ABSENT, *patching.ASSESSMENT_MODES, "Weekly"),
    "enableHotpatching": (ABSENT, True, False),
    "bypassPlatformSafetyChecksOnUserSchedule": (ABSENT, True, False),
    "rebootSetting": (ABSENT, "IfRequired", "Sometimes"),
}
COMBINATIONS = [
    {name: value for name, value in zip(CHOICES, values, strict=True) if value is not ABSENT}
    for values in product(*CHOICES.values())
]
PLATFORM = ("bypassPlatformSafetyChecksOnUserSchedule", "rebootSetting")
SETTINGS = ("patchMode", "assessmentMode", "enableHotpatching")


def configuration(chosen: dict[str, Any]) -> dict[str, Any]:
    """A windowsConfiguration with these values, each in its place."""
    platform = {name: chosen[name] for name in PLATFORM if name in chosen}
    settings = {name: chosen[name] for name in SETTINGS if name in chosen}
    settings |= {"automaticByPlatformSettings": platform} if platform else {}
    config = {name: chosen[name] for name in ("provisionVMAgent", "enableAutomaticUpdates") if name in chosen}
    return {**config, **({"patchSettings": settings} if settings else {})}


def refused_by_the_emulator(chosen: dict[str, Any], *, hotpatch_image: bool) -> bool:
    config = copy.deepcopy(configuration(chosen))
    try:
        enumerations.apply({"properties": {"osProfile": {"windowsConfiguration": config}}}, MACHINES)
        patch_settings.complete(config, hotpatched=hotpatch_image, version="2024-11-01")
    except ArmError:
        return True
    return False


def refused_by_the_domain(chosen: dict[str, Any], *, hotpatch_image: bool) -> bool:
    """By the reasons that the rules ask, put together as Azure judges them: each where it applies."""
    mode, updates = chosen.get("patchMode"), chosen.get("enableAutomaticUpdates")
    effective = mode or ("AutomaticByOS" if updates is not False else "Manual")
    hotpatch = chosen.get("enableHotpatching", hotpatch_image)
    by_platform = effective.lower() == "automaticbyplatform"
    agent_is_needed = by_platform or hotpatch or chosen.get("assessmentMode") == "AutomaticByPlatform"
    reasons = [
        patching.why_not_automatic_updates(updates, effective),
        patching.why_not_known_assessment_mode(chosen.get("assessmentMode")),
        patching.why_not_known_reboot_setting(chosen.get("rebootSetting")),
        patching.why_not_platform_settings(effective) if set(PLATFORM) & chosen.keys() else None,
        patching.why_not_patch_mode(effective) if hotpatch or hotpatch_image else None,
        patching.why_not_vm_agent(chosen.get("provisionVMAgent")) if agent_is_needed else None,
        patching.why_not_bypass_with_hotpatch(chosen.get(PLATFORM[0])) if hotpatch else None,
        "hotpatch needs a hotpatch image" if hotpatch and not hotpatch_image else None,
        "a hotpatch image needs patch settings"
        if hotpatch_image and not configuration(chosen).get("patchSettings")
        else None,
        "unknown patch mode" if effective.lower() not in map(str.lower, patching.PATCH_MODES) else None,
    ]
    return any(reasons)


def test_there_is_every_combination() -> None:
    assert len(COMBINATIONS) == 3 * 3 * 6 * 4 * 3 * 3 * 3


@pytest.mark.parametrize("hotpatch_image", [True, False])
def test_a_combination(hotpatch_image: bool) -> None:
    differing = [
        chosen
        for chosen in COMBINATIONS
        if refused_by_the_domain(chosen, hotpatch_image=hotpatch_image)
        != refused_by_the_emulator(chosen, hotpatch_image=hotpatch_image)
    ]
    assert differing == []


@pytest.mark.parametrize("mode", list(patching.PatchingMode))
@pytest.mark.parametrize("setting", patching.REBOOT_SETTINGS)
def test_what_the_components_ask_for_is_accepted(mode: patching.PatchingMode, setting: str) -> None:
    config = patching.windows_configuration(mode, setting)
    stated = copy.deepcopy(config)
    patch_settings.complete(config, hotpatched=True, version="2024-11-01")
    assert config == stated, "Azure has nothing to fill in"
