"""The patching modes: what each asks of Azure, and which takes a schedule."""

import pytest

from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_schedulable, windows_configuration


@pytest.mark.parametrize(
    ("mode", "hotpatch", "bypass"),
    [
        (PatchingMode.HOTPATCH, True, False),
        (PatchingMode.AZURE_MANAGED, False, False),
        (PatchingMode.CUSTOMER_MANAGED_SCHEDULE, False, True),
        (PatchingMode.PAUSED, False, True),
    ],
)
def test_a_mode_states_hotpatch_and_bypass(mode: PatchingMode, hotpatch: bool, bypass: bool) -> None:
    settings = windows_configuration(mode, "Always")["patchSettings"]
    platform = settings["automaticByPlatformSettings"]
    assert settings["enableHotpatching"] is hotpatch
    assert platform == {"rebootSetting": "Always", "bypassPlatformSafetyChecksOnUserSchedule": bypass}


def test_only_a_customer_managed_schedule_takes_a_schedule() -> None:
    schedulable = [mode for mode in PatchingMode if why_not_schedulable(mode) is None]
    assert schedulable == [PatchingMode.CUSTOMER_MANAGED_SCHEDULE]


def test_says_what_a_schedule_does_to_hotpatch_and_to_the_others() -> None:
    assert "stops all patching" in str(why_not_schedulable(PatchingMode.HOTPATCH))
    assert "'paused' runs" in str(why_not_schedulable(PatchingMode.PAUSED))
    assert "'azureManaged' never runs" in str(why_not_schedulable(PatchingMode.AZURE_MANAGED))
