"""HP026: what installs updates has the scope InGuestPatch."""

from typing import Any

import pytest


@pytest.mark.parametrize("scope", [None, "Host", "Extension", 5])
def test_refuses_another_scope(scope: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP026", configuration({"maintenanceScope": scope}))
    assert finding.path == "maintenanceScope"


def test_accepts_the_scope_in_any_letter_case(configuration: Any, ask: Any) -> None:
    assert ask("HP026", configuration({"maintenanceScope": "inguestpatch"})) == []


def test_a_configuration_for_hosts_is_none_of_its_business(configuration: Any, ask: Any, absent: Any) -> None:
    hosts = {"maintenanceScope": "Host", "installPatches": absent, "extensionProperties": absent}
    assert ask("HP026", configuration(hosts)) == []
