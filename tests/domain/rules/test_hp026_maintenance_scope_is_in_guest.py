"""HP026: what installs updates has the scope InGuestPatch."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN


@pytest.mark.parametrize("scope", [None, "Host", "Extension", 5])
def test_refuses_another_scope(scope: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP026", configuration({"maintenanceScope": scope}))
    assert finding.path == "maintenanceScope"


def test_accepts_the_scope_in_any_letter_case(configuration: Any, ask: Any) -> None:
    assert ask("HP026", configuration({"maintenanceScope": "inguestpatch"})) == []


def test_a_configuration_for_hosts_is_none_of_its_business(configuration: Any, ask: Any, absent: Any) -> None:
    hosts = {"maintenanceScope": "Host", "installPatches": absent, "extensionProperties": absent}
    assert ask("HP026", configuration(hosts)) == []


def test_what_is_not_known_is_not_taken_for_updates_in_the_guest(configuration: Any, ask: Any, absent: Any) -> None:
    hosts = {"maintenanceScope": "Host", "installPatches": UNKNOWN, "extensionProperties": absent}
    (finding,) = ask("HP026", configuration(hosts))
    assert (finding.path, finding.verdict) == ("installPatches", Verdict.UNVERIFIABLE)
    said = {"maintenanceScope": "Host", "installPatches": UNKNOWN, "extensionProperties": {"InGuestPatchMode": "User"}}
    (finding,) = ask("HP026", configuration(said))
    assert finding.verdict is Verdict.VIOLATION
