"""What is mended, and that it is mended: the findings are gone when the changes are made."""

import copy
from typing import Any

import pytest

from azure_hotpatch.domain.judging.judge import judge
from azure_hotpatch.domain.judging.record import UNKNOWN, Record
from azure_hotpatch.domain.judging.remediation import REMEDIABLE, SettingChange, changes
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES

WINDOWS = "osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
PLATFORM = f"{SETTINGS}.automaticByPlatformSettings"
SPOILED = {
    f"{SETTINGS}.enableHotpatching": False,
    f"{SETTINGS}.patchMode": "AutomaticByOS",
    f"{SETTINGS}.assessmentMode": "ImageDefault",
    f"{PLATFORM}.rebootSetting": "Never",
}


def _made(record: Record, wanted: list[SettingChange]) -> Record:
    changed = copy.deepcopy(record)
    for change in wanted:
        target: Any = changed.body
        *steps, last = change.path.split(".")
        for step in steps:
            target = target.setdefault(step, {})
        target[last] = copy.deepcopy(change.value)
    return changed


def _ids(record: Record, context: Context) -> set[str]:
    return {finding.rule for finding in judge(record, RULES, context)}


@pytest.mark.parametrize(
    "changed",
    [SPOILED, {SETTINGS: None}, {WINDOWS: {}}, {f"{PLATFORM}.bypassPlatformSafetyChecksOnUserSchedule": True}],
)
def test_a_mended_machine_has_no_finding(changed: Any, vm: Any, context: Context) -> None:
    record = vm(changed)
    findings = judge(record, RULES, context)
    assert findings
    assert _ids(_made(record, changes(record, findings)), context) == set()


def test_a_mended_scale_set_has_no_finding(scale_set: Any, context: Context) -> None:
    record = scale_set({f"virtualMachineProfile.{path}": value for path, value in SPOILED.items()})
    wanted = changes(record, judge(record, RULES, context))
    assert {change.path.split(".")[0] for change in wanted} == {"virtualMachineProfile"}
    assert _ids(_made(record, wanted), context) == set()


def test_a_change_says_what_was_there_and_why(vm: Any, context: Context) -> None:
    record = vm({f"{SETTINGS}.patchMode": "Manual", PLATFORM: None})
    (change, *_) = changes(record, judge(record, RULES, context))
    assert str(change).startswith(f"{SETTINGS}.patchMode: 'Manual' -> 'AutomaticByPlatform' (HP005: ")


def test_an_image_is_never_changed(vm: Any, context: Context) -> None:
    record = vm({"storageProfile.imageReference.sku": "2019-Datacenter"})
    assert changes(record, judge(record, RULES, context)) == []


def test_an_unknown_value_and_an_absent_profile_are_left_alone(vm: Any, context: Context, absent: Any) -> None:
    for machine in (vm({f"{SETTINGS}.patchMode": UNKNOWN}), vm({"osProfile": absent}), vm({"osProfile": UNKNOWN})):
        assert changes(machine, judge(machine, RULES, context)) == []


def test_a_secret_is_not_shown(vm: Any, context: Context) -> None:
    record = vm({f"{SETTINGS}.patchMode": "Manual", PLATFORM: None}, secrets=frozenset({f"{SETTINGS}.patchMode"}))
    assert "Manual" not in "".join(str(change) for change in changes(record, judge(record, RULES, context)))


def test_what_can_be_mended_is_a_rule() -> None:
    assert {rule.id for rule in RULES} >= REMEDIABLE
