"""What holds for each rule about one patch setting: where the value is read, and what its absence means."""

from typing import Any

import pytest

WINDOWS = "osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
# The rule, the path that it reads, a value that it refuses, and how many findings an absent value gives.
RULES = [
    ("HP005", f"{SETTINGS}.patchMode", "Manual", 1),
    ("HP006", f"{WINDOWS}.provisionVMAgent", False, 0),
    ("HP008", f"{SETTINGS}.assessmentMode", "ImageDefault", 1),
    ("HP016", "osProfile.allowExtensionOperations", False, 0),
    ("HP018", f"{SETTINGS}.automaticByPlatformSettings.rebootSetting", "Never", 0),
]


@pytest.mark.parametrize(("rule", "path", "refused"), [row[:3] for row in RULES])
def test_judges_the_profile_of_a_scale_set(rule: str, path: str, refused: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask(rule, scale_set({f"virtualMachineProfile.{path}": refused}))
    assert finding.path == f"virtualMachineProfile.{path}"


@pytest.mark.parametrize(("rule", "path", "findings"), [(rule, path, findings) for rule, path, _, findings in RULES])
def test_an_absent_value_has_its_meaning(rule: str, path: str, findings: int, vm: Any, ask: Any, absent: Any) -> None:
    assert len(ask(rule, vm({path: absent}))) == findings
