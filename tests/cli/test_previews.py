"""A preview that did not come to its end is never clean, and one that did is not blamed for what a program prints."""

from typing import Any

import pytest

FAILED = [
    {"severity": "error", "message": "an unhandled error occurred"},
    # The language host for YAML prints its errors on standard error.
    {"severity": "info#err", "message": 'Error: Required field "type" is missing\n\n  on Pulumi.yaml line 9:\n'},
    {"severity": "info#err", "message": "<{%reset%}>\x1b[31merror: no such property"},
    {"severity": "info#err", "message": "panic: runtime error"},
]
PRINTED = [
    {"severity": "info#err", "message": "DeprecationWarning: no error is meant"},
    {"severity": "info#err", "message": "Errors: 0"},
    {"severity": "warning", "message": "error: is what this warns of"},
    {"severity": "info#err", "message": 5},
]


@pytest.mark.parametrize("diagnostic", FAILED)
def test_a_preview_with_an_error_is_incomplete(diagnostic: Any, check: Any, write: Any, preview: Any, vm: Any) -> None:
    outcome = check(write("a.json", {**preview(vm()), "diagnostics": [diagnostic]}))
    assert outcome.code == 2
    assert "the preview stopped with 1 error" in outcome.out


@pytest.mark.parametrize("diagnostic", PRINTED)
def test_what_a_program_prints_is_no_error(diagnostic: Any, check: Any, write: Any, preview: Any, vm: Any) -> None:
    assert check(write("a.json", {**preview(vm()), "diagnostics": [diagnostic]})).code == 0


def test_a_preview_without_a_summary_is_incomplete(check: Any, write: Any, preview: Any, vm: Any) -> None:
    document = preview(vm())
    del document["changeSummary"]
    outcome = check(write("a.json", document))
    assert (outcome.code, "no `changeSummary`" in outcome.out) == (2, True)


def test_steps_that_are_counted_and_not_there_are_missed(check: Any, write: Any, preview: Any, vm: Any) -> None:
    for steps in ([], preview(vm())["steps"], None):
        document = {"steps": steps, "changeSummary": {"create": 2, "same": 7}, "duration": 1}
        outcome = check(write("a.json", document))
        assert (outcome.code, "counts 2 steps" in outcome.out) == (2, True)


def test_a_step_that_is_not_listed_is_not_missed(check: Any, write: Any, preview: Any, vm: Any) -> None:
    document = {**preview(vm()), "changeSummary": {"create": 1, "same": 7, "refresh": 2}}
    assert check(write("a.json", document)).code == 0


def test_nothing_judged_is_said_in_a_sentence(hotpatch: Any, write: Any) -> None:
    outcome = hotpatch("check", write("a.json", {"steps": [], "changeSummary": {"same": 1}, "duration": 1}))
    assert (outcome.code, "a.json: nothing was judged" in outcome.out) == (0, True)


def test_a_machine_that_a_condition_leaves_out_is_said(hotpatch: Any, write: Any, template: Any, vm: Any) -> None:
    whole = template(vm(), parameters={"deploy": {"type": "bool", "defaultValue": False}})
    whole["resources"][0]["condition"] = "[parameters('deploy')]"
    name = write("a.json", whole)
    said = hotpatch("check", name).out
    assert "a.json: resources[0] (Microsoft.Compute/virtualMachines) is not judged: its condition is false" in said
    given = write("p.json", {"deploy": {"value": True}})
    assert "is not judged" not in hotpatch("check", name, "--parameters", given).out
    whole["resources"] *= 3
    said = hotpatch("check", write("b.json", whole)).out
    assert said.count("note: ") == 2
    assert "resources[0] and 2 more (Microsoft.Compute/virtualMachines) are not judged, each because its" in said


def test_a_machine_whose_name_is_not_known_is_called_by_its_place(
    hotpatch: Any, write: Any, template: Any, vm: Any
) -> None:
    whole = template(vm({"storageProfile": None}), parameters={"name": {"type": "string"}})
    whole["resources"][0]["name"] = "[parameters('name')]"
    assert "on         resources[0] (" in hotpatch("check", write("a.json", whole)).out
    symbolic = {**whole, "languageVersion": "2.0", "resources": {"web": whole["resources"][0]}}
    assert "on         web (" in hotpatch("check", write("b.json", symbolic)).out


SETTINGS = "osProfile.windowsConfiguration.patchSettings"
PAUSED = {
    f"{SETTINGS}.enableHotpatching": False,
    f"{SETTINGS}.automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True},
}


@pytest.mark.parametrize("namespace", ["azure-hotpatch", "fleet"])
def test_a_machine_is_judged_by_the_mode_that_the_previewed_stack_declares(
    namespace: str, check: Any, write: Any, preview: Any, vm: Any
) -> None:
    machine = vm(PAUSED)
    assert check(write("a.json", preview(machine))).findings == [("HP004", "violation"), ("HP024", "violation")]
    config = {f"{namespace}:maintenance": '{"mode": "paused"}', "azure-native:location": "westeurope"}
    assert check(write("b.json", preview(machine, config=config))).findings == []
    assert check(write("c.json", preview(vm(), config=config))).findings == [("HP043", "violation")] * 2
    broken = check(write("d.json", preview(machine, config=["paused"])))
    assert broken.findings == [("HP004", "violation"), ("HP024", "violation")]


def test_modes_of_the_configuration_of_the_pack_count_first(check: Any, write: Any, preview: Any, vm: Any) -> None:
    config = {"azure-hotpatch:maintenance": '{"mode": "azureManaged"}'}
    policy = write("policy.json", {"hotpatch": {"modes": {"*::web": "paused"}}})
    assert check(write("a.json", preview(vm(PAUSED), config=config)), "--config", policy).findings == []
