"""HP036: ignoreChanges does not cover what is judged."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "*",
        "osProfile",
        "osProfile.*",
        "storageProfile.imageReference",
        "storageProfile.imageReference.sku",
        "osProfile.windowsConfiguration.patchSettings.enableHotpatching",
    ],
)
def test_warns_of_a_path_that_is_judged(path: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP036", vm(ignored_changes=(path,)))
    assert finding.path == path


@pytest.mark.parametrize("path", ["tags", "osProfile.adminPassword", "storageProfile.imageReference.version", "tags.*"])
def test_accepts_a_path_that_no_rule_needs(path: str, vm: Any, ask: Any) -> None:
    assert ask("HP036", vm(ignored_changes=(path,))) == []


def test_knows_the_paths_of_sets_and_configurations(scale_set: Any, configuration: Any, ask: Any) -> None:
    assert len(ask("HP036", scale_set(ignored_changes=("virtualMachineProfile", "sku")))) == 1
    assert len(ask("HP036", configuration(ignored_changes=("maintenanceWindow.duration",)))) == 1
