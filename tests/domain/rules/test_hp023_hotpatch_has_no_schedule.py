"""HP023: a schedule on a hotpatch machine is found, however it is attached."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
ENABLED = f"{SETTINGS}.enableHotpatching"
RESOURCE = "resourceId"


def _dynamic(**parts: Any) -> dict[str, Any]:
    return {RESOURCE: None, "filter": parts}


def test_refuses_a_schedule_on_the_machine(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP023", vm(), assignment(), configuration())
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, ENABLED)
    assert "'saturday-web'" in finding.message
    assert "stops all patching" in finding.message


def test_joins_ids_without_regard_to_letter_case(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    loud = assignment({RESOURCE: vm().body["id"].upper()})
    assert len(ask("HP023", vm(), loud, configuration())) == 1


def test_joins_by_name_and_by_reference(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    by_name = assignment({RESOURCE: None, "resourceName": "WEB"}, group="fleet")
    assert len(ask("HP023", vm({"id": UNKNOWN}), by_name, configuration())) == 1
    elsewhere = assignment({RESOURCE: None, "resourceName": "web"}, group="other")
    assert ask("HP023", vm(), elsewhere, configuration()) == []
    by_urn = assignment({RESOURCE: UNKNOWN}, references={RESOURCE: ("urn:vm",)})
    machine = vm({"id": UNKNOWN, "name": UNKNOWN}, urn="urn:vm")
    assert [finding.verdict for finding in ask("HP023", machine, by_urn, configuration())] == [Verdict.VIOLATION]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"locations": ["West Europe"]},
        {"osTypes": ["windows"], "resourceTypes": ["microsoft.compute/VirtualMachines"]},
        {"resourceGroups": ["FLEET"]},
        {"tagSettings": {"tags": {"App": ["shop", "blog"]}, "filterOperator": "All"}},
        {"tagSettings": {"tags": {"app": ["shop"], "stage": ["prod"]}, "filterOperator": "Any"}},
    ],
)
def test_refuses_a_dynamic_scope_that_picks_the_machine(
    parts: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP023", vm(), assignment(_dynamic(**parts), group=""), configuration())
    assert finding.verdict is Verdict.VIOLATION


@pytest.mark.parametrize(
    "parts",
    [
        {"locations": ["northeurope"]},
        {"osTypes": ["Linux"]},
        {"resourceTypes": ["Microsoft.HybridCompute/machines"]},
        {"resourceGroups": ["other"]},
        {"tagSettings": {"tags": {"app": ["blog"]}}},
        {"tagSettings": {"tags": {"app": ["shop"], "stage": ["prod"]}, "filterOperator": "All"}},
        {"locations": ["northeurope"], "osTypes": UNKNOWN},
    ],
)
def test_accepts_a_dynamic_scope_that_leaves_it_out(
    parts: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    assert ask("HP023", vm(), assignment(_dynamic(**parts), group=""), configuration()) == []


@pytest.mark.parametrize(
    "parts",
    [
        {"locations": UNKNOWN},
        {"locations": [UNKNOWN]},
        {"locations": ["northeurope", UNKNOWN]},
        {"tagSettings": UNKNOWN},
        {"tagSettings": {"tags": UNKNOWN}},
        {"tagSettings": {"tags": {"app": UNKNOWN}}},
        {"tagSettings": {"tags": {"app": UNKNOWN, "stage": ["prod"]}, "filterOperator": "Any"}},
    ],
)
def test_cannot_tell_where_the_filter_is_unknown(
    parts: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP023", vm(), assignment(_dynamic(**parts), group=""), configuration())
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, ENABLED)


def test_an_unknown_filter_may_pick_any_machine(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP023", vm(), assignment({RESOURCE: None, "filter": UNKNOWN}), configuration())
    assert finding.verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    ("parts", "changes", "fields"),
    [
        ({"locations": ["westeurope"]}, {"location": UNKNOWN}, {}),
        ({"tagSettings": {"tags": {"app": ["shop"]}}}, {"tags": UNKNOWN}, {}),
        ({"resourceGroups": ["fleet"]}, {}, {"group": ""}),
    ],
)
def test_a_machine_of_which_too_little_is_known_may_be_picked(
    parts: Any, changes: Any, fields: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    scope = assignment(_dynamic(**parts), group="")
    (finding,) = ask("HP023", vm(changes, **fields), scope, configuration())
    assert finding.verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize("tags", [None, [], {}])
def test_a_machine_without_tags_is_picked_by_none(
    tags: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    scope = assignment(_dynamic(tagSettings={"tags": {"app": ["shop"]}}), group="")
    assert ask("HP023", vm({"tags": tags}), scope, configuration()) == []


@pytest.mark.parametrize("parts", [{"tagSettings": {"tags": {}}}, {"locations": []}, {"tagSettings": "none"}])
def test_an_empty_part_of_a_filter_leaves_nothing_out(
    parts: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP023", vm(), assignment(_dynamic(**parts), group=""), configuration())
    assert finding.verdict is Verdict.VIOLATION


def test_a_scope_of_a_resource_group_picks_in_it_only(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    assert len(ask("HP023", vm(), assignment(_dynamic(), group="Fleet"), configuration())) == 1
    assert ask("HP023", vm(), assignment(_dynamic(), group="other"), configuration()) == []


def test_an_assignment_to_an_unknown_machine_may_be_this_one(
    vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP023", vm(), assignment({RESOURCE: UNKNOWN}), configuration())
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_a_configuration_for_hosts_is_no_schedule_of_updates(
    vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    assert ask("HP023", vm(), assignment(), configuration({"maintenanceScope": "Host"})) == []
    (finding,) = ask("HP023", vm(), assignment())
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_accepts_a_schedule_on_a_machine_without_hotpatch(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    assert ask("HP023", scheduled_vm(), assignment(), configuration()) == []


def test_accepts_a_schedule_on_another_machine(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    other = assignment({RESOURCE: vm().body["id"] + "2"})
    assert ask("HP023", vm(), other, configuration()) == []


def test_a_dynamic_scope_of_a_configuration_elsewhere_is_a_schedule(vm: Any, assignment: Any, ask: Any) -> None:
    (finding,) = ask("HP023", vm(), assignment(_dynamic(), group=""))
    assert finding.verdict is Verdict.VIOLATION


def test_a_dynamic_scope_of_a_configuration_of_unknown_scope_may_be_one(
    vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    unknown = configuration({"maintenanceScope": UNKNOWN})
    (finding,) = ask("HP023", vm(), assignment(_dynamic(), group=""), unknown)
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_a_machine_of_an_unknown_group_is_joined_by_its_name(
    vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    by_name = assignment({RESOURCE: None, "resourceName": "web"}, group="fleet")
    (finding,) = ask("HP023", vm({"id": UNKNOWN}, group=""), by_name, configuration())
    assert finding.verdict is Verdict.VIOLATION


SET_ENABLED = f"virtualMachineProfile.{ENABLED}"


def test_refuses_a_schedule_on_a_scale_set_and_on_its_instance(
    scale_set: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    set_id = scale_set().body["id"]
    on_set = assignment({RESOURCE: set_id})
    on_instance = assignment({RESOURCE: f"{set_id}/virtualMachines/0"})
    by_name = assignment({RESOURCE: None, "resourceParentName": "farm", "resourceName": "0"}, group="fleet")
    for attached in (on_set, on_instance, by_name):
        (finding,) = ask("HP023", scale_set(), attached, configuration())
        assert (finding.verdict, finding.path) == (Verdict.VIOLATION, SET_ENABLED)


def test_a_schedule_on_an_instance_of_another_set_is_not_on_this_one(
    scale_set: Any, vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    elsewhere = assignment({RESOURCE: None, "resourceParentName": "other", "resourceName": "farm"}, group="fleet")
    assert ask("HP023", scale_set(), elsewhere, configuration()) == []
    namesake = assignment({RESOURCE: None, "resourceParentName": "farm", "resourceName": "web"}, group="fleet")
    assert ask("HP023", vm(), namesake, configuration()) == []


def test_refuses_a_dynamic_scope_that_picks_the_machines_of_a_flexible_set(
    scale_set: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    scope = assignment(_dynamic(locations=["westeurope"]), group="")
    (finding,) = ask("HP023", scale_set(), scope, configuration())
    assert finding.verdict is Verdict.VIOLATION
    assert ask("HP023", scale_set(), assignment(_dynamic(locations=["northeurope"]), group=""), configuration()) == []
    assert ask("HP023", scale_set({"orchestrationMode": "Uniform"}), scope, configuration()) == []


def test_cannot_tell_which_tags_the_machines_of_a_set_have(
    scale_set: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    scope = assignment(_dynamic(tagSettings={"tags": {"app": ["shop"]}}), group="")
    (finding,) = ask("HP023", scale_set({"tags": {"app": "shop"}}), scope, configuration())
    assert finding.verdict is Verdict.UNVERIFIABLE
    assert ask("HP023", scale_set({"tags": {"app": "blog"}}), scope, configuration()) == []


def test_says_that_a_filter_of_several_tags_needs_an_operator(
    vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    def said(**more: Any) -> str:
        tags = {"tags": {"app": ["shop"], "stage": ["prod"]}, **more}
        (finding,) = ask("HP023", vm(), assignment(_dynamic(tagSettings=tags), group=""), configuration())
        return str(finding.message)

    assert said().endswith("a filter has several tags and no filterOperator, Any or All")
    assert "filterOperator" not in said(filterOperator=UNKNOWN)
