"""HP024: bypass without a schedule leaves a machine unpatched."""

from dataclasses import replace
from typing import Any

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import UNKNOWN
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules.hp024_bypass_has_a_schedule import check_links

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
ENABLED = f"{SETTINGS}.enableHotpatching"
SKU = "storageProfile.imageReference.sku"
BYPASS = f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"


def test_refuses_bypass_without_a_schedule(scheduled_vm: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP024", scheduled_vm(), configuration())
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, BYPASS)


def test_accepts_bypass_with_a_schedule(scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP024", scheduled_vm(), assignment(), configuration()) == []


def test_a_schedule_for_another_machine_does_not_help(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    filtered = assignment({"resourceId": None, "filter": {"locations": ["northeurope"]}})
    assert len(ask("HP024", scheduled_vm(), filtered, configuration())) == 1


def test_a_schedule_for_an_unknown_machine_might(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP024", scheduled_vm(), assignment({"resourceId": UNKNOWN}), configuration())
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_accepts_no_bypass_and_leaves_hotpatch_to_hp007(vm: Any, ask: Any) -> None:
    assert ask("HP024", vm()) == []
    assert ask("HP024", vm({BYPASS: True})) == []
    assert ask("HP024", vm({BYPASS: True, ENABLED: None})) == []  # Azure turns it on, on such an image
    assert len(ask("HP024", vm({BYPASS: True, ENABLED: None, SKU: "2022-datacenter-g2"}))) == 1


def test_the_bypass_is_unverified_where_no_schedule_could_be_seen(vm: Any, context: Context) -> None:
    machine = vm({BYPASS: True, ENABLED: False})
    (finding,) = check_links(machine, Links([machine]), replace(context, schedules_seen=False))
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, BYPASS)
