"""What is judged in a preview and in a state, how it is weighed, and the exit code that follows."""

import json

import pytest

SKU = "storageProfile.imageReference.sku"
MODE = "osProfile.windowsConfiguration.patchSettings.patchMode"
HOTPATCH = "osProfile.windowsConfiguration.patchSettings.enableHotpatching"
BAD = {SKU: "2022-datacenter-azure-edition"}
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SEALED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


def test_a_good_machine_is_clean(check, write, preview, export, template, vm):
    for make in (preview, export, template):
        outcome = check(write("a.json", make(vm())))
        assert (outcome.findings, outcome.code) == ([], 0)


@pytest.mark.parametrize(
    "op", ["create", "update", "replace", "create-replacement", "import", "same", "read", "refresh"]
)
def test_judges_what_a_step_leaves_behind(op, check, write, preview, vm):
    assert check(write("a.json", preview(vm(BAD), op=op))).findings == [("HP001", "violation")]


@pytest.mark.parametrize("op", ["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"])
def test_does_not_judge_what_a_step_takes_away(op, check, write, preview, vm):
    assert check(write("a.json", preview(vm(BAD), op=op))).findings == []


def test_does_not_judge_a_step_without_a_new_state(check, write, preview, vm):
    whole = preview(vm(BAD), op="delete")
    whole["steps"][0]["oldState"] = whole["steps"][0].pop("newState")
    assert check(write("a.json", whole)).code == 0


def test_judges_a_machine_that_was_only_read_by_what_was_read(check, write, preview, vm):
    read = vm(BAD)
    read["outputs"] = read.pop("inputs")
    assert check(write("a.json", preview(read, op="read"))).findings == [("HP001", "violation")]


def test_judges_a_state_by_what_azure_has_not_by_what_was_asked(check, write, export, vm):
    drifted = vm()
    drifted["outputs"] = vm({HOTPATCH: False})["inputs"]
    assert [rule for rule, _ in check(write("a.json", export(drifted))).findings] == ["HP004"]


def test_a_state_keeps_what_was_asked_where_azure_gives_nothing_back(check, write, export, vm):
    given_back = {"storageProfile": {"imageReference": {"exactVersion": "20348.2966.241205"}}, "vmId": "1"}
    assert check(write("a.json", export(vm(outputs=given_back)))).findings == []


def test_does_not_judge_a_machine_that_waits_for_its_deletion(check, write, export, vm):
    assert check(write("a.json", export(vm(BAD, delete=True)))).findings == []


def test_an_unknown_value_is_unverified_and_hides_nothing_else(check, write, preview, vm):
    outcome = check(write("a.json", preview(vm({SKU: UNKNOWN_TEXT, HOTPATCH: False}))))
    assert ("HP001", "unverified") in outcome.findings
    assert ("HP004", "violation") in outcome.findings
    assert outcome.code == 1


def test_could_not_verify_is_exit_code_2(check, write, preview, vm):
    outcome = check(write("a.json", preview(vm({SKU: UNKNOWN_TEXT}))))
    assert ({outcome for _, outcome in outcome.findings}, outcome.code) == ({"unverified"}, 2)


@pytest.mark.parametrize("value", ["[secret]", {**SEALED, "ciphertext": "v1:AAAA:BBBB"}])
def test_a_secret_that_the_file_withholds_is_unverified(value, check, write, export, vm):
    outcome = check(write("a.json", export(vm({SKU: value}))))
    assert (outcome.findings, outcome.code) == ([("HP001", "unverified")], 2)


@pytest.mark.parametrize("form", ["text", "json", "markdown", "sarif", "junit"])
def test_a_secret_is_judged_and_never_printed(form, hotpatch, write, export, vm):
    shown = {**SEALED, "plaintext": json.dumps("2022-datacenter-hush")}
    outcome = hotpatch("check", write("a.json", export(vm({SKU: shown}))), "--format", form)
    assert outcome.code == 1
    assert "HP001" in outcome.out
    assert "hush" not in outcome.out


def test_a_preview_that_failed_is_not_clean(check, write, preview, vm):
    diagnostics = [{"message": "error: password=hunter2", "severity": "error"}, {"message": "!", "severity": "warning"}]
    outcome = check(write("a.json", preview(vm(), diagnostics=diagnostics)))
    assert json.loads(outcome.out)["files"][0]["incomplete"].startswith("the preview stopped with 1 error,")
    assert "hunter2" not in outcome.out
    assert outcome.code == 2


def test_a_warning_of_a_preview_does_not_count(check, write, preview, vm):
    assert check(write("a.json", preview(vm(), diagnostics=[{"message": "!", "severity": "warning"}]))).code == 0


def test_a_disabled_rule_says_nothing(check, write, preview, vm):
    config = write("policy.json", {"HP001": "disabled"})
    assert check(write("a.json", preview(vm(BAD))), "--config", config).findings == []


def test_an_advisory_rule_fails_nothing(check, write, preview, vm):
    config = write("policy.json", {"HP001": {"enforcementLevel": "advisory"}})
    outcome = check(write("a.json", preview(vm(BAD))), "--config", config)
    assert (outcome.findings, outcome.code) == ([("HP001", "advice")], 0)


def test_what_an_advisory_rule_could_not_verify_fails_nothing(check, write, preview, vm):
    config = write("policy.json", {"HP001": "advisory"})
    outcome = check(write("a.json", preview(vm({SKU: UNKNOWN_TEXT}))), "--config", config)
    assert (dict(outcome.findings)["HP001"], outcome.code) == ("advice", 0)


def _waiver(**changes):
    waiver = {"urn": "*::web", "rule": "HP001", "owner": "Ada", "reason": "moves in spring", "expires": "2027-03-31"}
    return {"hotpatch": {"waivers": [{**waiver, **changes}]}}


def test_a_waiver_is_reported_with_its_words(check, write, preview, vm):
    outcome = check(write("a.json", preview(vm(BAD))), "--config", write("policy.json", _waiver()))
    assert (outcome.findings, outcome.code) == ([("HP001", "waived")], 0)
    assert json.loads(outcome.out)["findings"][0]["waiver"] == "Ada, until 2027-03-31: moves in spring"


def test_a_waiver_that_has_expired_waives_nothing_and_says_so(check, write, preview, vm):
    config = write("policy.json", _waiver(expires="2026-11-23"))
    outcome = check(write("a.json", preview(vm(BAD))), "--config", config)
    assert outcome.findings == [("HP001", "violation")]
    assert "expired on 2026-11-23" in json.loads(outcome.out)["notes"][0]


def test_a_waiver_that_matches_nothing_is_noted(check, write, preview, vm):
    outcome = check(write("a.json", preview(vm())), "--config", write("policy.json", _waiver()))
    assert "matches no finding" in json.loads(outcome.out)["notes"][0]
    assert outcome.code == 0


def test_machines_of_different_files_are_not_joined(check, write, export, vm):
    assignment = {
        "urn": "urn:pulumi:prod::other::azure-native:maintenance:ConfigurationAssignment::nightly",
        "type": "azure-native:maintenance:ConfigurationAssignment",
        "inputs": {"resourceName": "web", "maintenanceConfigurationId": "/c/nightly"},
    }
    together = check(write("a.json", export(vm(), assignment)))
    apart = check(write("b.json", export(vm())), write("c.json", export(assignment)))
    assert "HP023" in dict(together.findings)
    assert "HP023" not in dict(apart.findings)


def test_adoption_says_which_machine_can_become_hotpatchable(check, write, export, vm):
    machines = (vm(name="good"), vm(BAD, name="desktop"), vm({HOTPATCH: False}, name="off"))
    said = json.loads(check(write("a.json", export(*machines)), "--adoption").out)["adoption"]
    assert {each["resource"]["name"]: each["adoption"] for each in said} == {
        "good": "already",
        "desktop": "by replacement",
        "off": "in place",
    }
    assert said[1]["inTheWay"][0]["property"] == f"properties.{SKU}"


def test_adoption_is_not_said_unasked(check, write, export, vm):
    assert json.loads(check(write("a.json", export(vm()))).out)["adoption"] == []
