"""HP027: InGuestPatchMode and installPatches fit each other."""

from typing import Any

import pytest

MODE = "extensionProperties.InGuestPatchMode"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"extensionProperties": None}, MODE),
        ({MODE: "Somebody"}, MODE),
        ({MODE: "Platform"}, "installPatches"),
        ({"installPatches": None}, "installPatches"),
        ({"maintenanceWindow": None}, "maintenanceWindow.startDateTime"),
    ],
)
def test_refuses_what_does_not_fit(changes: Any, path: str, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP027", configuration(changes))
    assert finding.path == path


def test_accepts_user_with_and_platform_without_patches(configuration: Any, ask: Any, absent: Any) -> None:
    assert ask("HP027", configuration()) == []
    assert ask("HP027", configuration({MODE: "Platform", "installPatches": absent})) == []


def test_judges_in_guest_configurations_only(configuration: Any, ask: Any) -> None:
    assert ask("HP027", configuration({"maintenanceScope": "Host", "extensionProperties": None})) == []
