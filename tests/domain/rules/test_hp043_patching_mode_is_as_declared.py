"""HP043: a machine is judged by the patching mode that is declared for it, and what differs is the finding."""

from dataclasses import replace
from typing import Any

import pytest

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.modes import DeclaredModes
from azure_hotpatch.domain.judging.record import UNKNOWN

WINDOWS = "osProfile.windowsConfiguration"
ENABLED = f"{WINDOWS}.patchSettings.enableHotpatching"
BYPASS = f"{WINDOWS}.patchSettings.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"
OTHERS = [mode for mode in PatchingMode if mode is not PatchingMode.HOTPATCH]


def _declared(context: Any, mode: PatchingMode, pattern: str = "web") -> Any:
    return replace(context, modes=DeclaredModes(((pattern, mode),)))


@pytest.mark.parametrize("declared", OTHERS)
@pytest.mark.parametrize("actual", PatchingMode)
def test_refuses_what_differs_from_the_declaration(
    declared: PatchingMode, actual: PatchingMode, vm: Any, ask: Any, context: Any
) -> None:
    wanted, given = (windows_configuration(mode)["patchSettings"] for mode in (declared, actual))
    differs = {
        *([ENABLED] if given["enableHotpatching"] else []),
        *([BYPASS] if given["automaticByPlatformSettings"] != wanted["automaticByPlatformSettings"] else []),
    }
    found = ask("HP043", vm({WINDOWS: windows_configuration(actual)}), context=_declared(context, declared))
    assert {finding.path for finding in found} == differs
    assert all(f"by mode {declared}" in finding.message for finding in found)


def test_absent_is_on_for_a_hotpatch_image(vm: Any, ask: Any, context: Any, absent: Any) -> None:
    managed = _declared(context, PatchingMode.AZURE_MANAGED)
    (finding,) = ask("HP043", vm({ENABLED: absent}), context=managed)
    assert (finding.path, finding.allowed) == (ENABLED, "false")
    assert "absent, which Azure takes as true" in finding.message
    other = vm({ENABLED: absent, BYPASS: absent, "storageProfile.imageReference.sku": "2022-datacenter-g2"})
    assert ask("HP043", other, context=managed) == []


def test_says_nothing_where_hotpatch_is_declared(vm: Any, ask: Any, context: Any) -> None:
    off = vm({WINDOWS: windows_configuration(PatchingMode.PAUSED)})
    assert ask("HP043", off) == []
    assert ask("HP043", off, context=_declared(context, PatchingMode.HOTPATCH)) == []
    assert len(ask("HP004", off)) == 1


def test_an_unknown_value_hides_no_other(vm: Any, ask: Any, context: Any) -> None:
    paused = _declared(context, PatchingMode.PAUSED)
    found = ask("HP043", vm({BYPASS: UNKNOWN}), context=paused)
    assert [(each.path, each.verdict) for each in found] == [
        (BYPASS, Verdict.UNVERIFIABLE),
        (ENABLED, Verdict.VIOLATION),
    ]
    found = ask("HP043", vm({ENABLED: UNKNOWN}), context=paused)
    assert [(each.path, each.verdict) for each in found] == [
        (BYPASS, Verdict.VIOLATION),
        (ENABLED, Verdict.UNVERIFIABLE),
    ]


def test_the_first_pattern_that_matches_counts(vm: Any, scale_set: Any) -> None:
    modes = DeclaredModes((("*::web-vm", PatchingMode.PAUSED), ("*", PatchingMode.AZURE_MANAGED)))
    assert modes.mode_of(vm(urn="urn:pulumi:dev::p::t::web-vm")) is PatchingMode.PAUSED
    assert modes.mode_of(vm(urn="urn:pulumi:dev::p::t::my-web-vm")) is PatchingMode.AZURE_MANAGED
    assert modes.mode_of(scale_set()) is PatchingMode.HOTPATCH
    assert DeclaredModes().mode_of(vm()) is PatchingMode.HOTPATCH
