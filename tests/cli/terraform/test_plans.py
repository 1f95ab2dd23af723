"""A plan, as `terraform show -json` prints it: what will be in Azure is judged, by Terraform's own names."""

import json
from typing import Any

import pytest

from tests.cli.terraform.plans import (
    LINUX,
    PASSWORD,
    WINDOWS,
    configured,
    constants,
    created,
    image,
    kept,
    machine,
    plan,
    references,
    state,
)


def test_a_good_machine_is_clean(check: Any, write: Any) -> None:
    outcome = check(write("p.json", plan([created(machine())])))
    assert (outcome.code, outcome.findings, outcome.err) == (0, [], "")
    assert json.loads(outcome.out)["files"][0]["kind"] == "Terraform plan"


def test_a_finding_names_the_address_and_terraform_s_property(check: Any, write: Any) -> None:
    address = f'module.web["eu"].{WINDOWS}.vm["a.b[0]"]'
    change = created(machine(hotpatching_enabled=False), index="a.b[0]")
    change |= {"address": address, "module_address": 'module.web["eu"]'}
    inside = {"resources": [configured(f"{WINDOWS}.vm", constants(machine(hotpatching_enabled=False)))]}
    whole = plan([change], [], module={"module_calls": {"web": {"module": inside}}})
    (finding,) = json.loads(check(write("p.json", whole)).out)["findings"]
    assert finding["rule"] == "HP004"
    assert (finding["resource"]["name"], finding["resource"]["type"]) == (address, WINDOWS)
    assert finding["property"]["program"] == "hotpatching_enabled"


@pytest.mark.parametrize("left_out", ["patch_mode", "patch_assessment_mode", "hotpatching_enabled"])
def test_what_is_not_set_is_the_provider_s_default_not_unknown(left_out: str, check: Any, write: Any) -> None:
    rule = {"patch_mode": "HP005", "patch_assessment_mode": "HP008", "hotpatching_enabled": "HP004"}[left_out]
    outcome = check(write("p.json", plan([created(machine(**{left_out: None}))])))
    assert (rule, "advice" if rule == "HP008" else "violation") in outcome.findings
    assert "unverified" not in dict.fromkeys(result for _, result in outcome.findings)


# The defaults of azurerm 4.0 to 4.41, which stand in the plan.
BEFORE = {
    "allow_extension_operations": True,
    "bypass_platform_safety_checks_on_user_schedule_enabled": False,
    "enable_automatic_updates": True,
    "provision_vm_agent": True,
    "vm_agent_platform_updates_enabled": False,
}


def test_the_defaults_of_an_older_azurerm_are_what_stands_in_the_plan(check: Any, write: Any) -> None:
    assert check(write("p.json", plan([created(machine(**BEFORE))]))).code == 0
    off = created(machine(**BEFORE, patch_mode="AutomaticByOS", hotpatching_enabled=False))
    assert ("HP005", "violation") in check(write("p.json", plan([off]))).findings


def test_what_is_set_to_an_unknown_value_is_unverified(check: Any, write: Any) -> None:
    stated = constants(machine(patch_mode=None)) | {"patch_mode": references("random_shuffle.mode.result")}
    change = created(machine(patch_mode=None), unknown={"patch_mode": True})
    outcome = check(write("p.json", plan([change], [configured(f"{WINDOWS}.vm", stated)])))
    assert (outcome.code, [result for _, result in outcome.findings]) == (2, ["unverified"])


def test_an_unknown_leaf_of_a_block_hides_nothing_else(check: Any, write: Any) -> None:
    block = {name: value for name, value in image()[0].items() if name != "sku"}
    written = machine(source_image_reference=[block], hotpatching_enabled=False)
    stated = constants(written)
    stated["source_image_reference"][0]["sku"] = references("data.azurerm_platform_image.core.sku")
    change = created(written, unknown={"source_image_reference": [{"sku": True}]})
    outcome = check(write("p.json", plan([change], [configured(f"{WINDOWS}.vm", stated)])))
    assert ("HP001", "unverified") in outcome.findings
    assert ("HP004", "violation") in outcome.findings


def test_a_sensitive_value_is_judged_and_not_shown(check: Any, hotpatch: Any, write: Any) -> None:
    written = machine(source_image_reference=image("Hush-Sku"), patch_mode="Hush4711")
    sensitive = {"admin_password": True, "patch_mode": True, "source_image_reference": [{"sku": True}]}
    name = write("p.json", plan([created(written, sensitive=sensitive)]))
    outcome = check(name)
    assert {"HP001", "HP005"} <= {rule for rule, _ in outcome.findings}
    for form in ("text", "json", "markdown", "sarif", "junit"):
        out = hotpatch("check", name, f"--format={form}").out
        assert not any(secret in out for secret in ("Hush4711", PASSWORD, "Hush-Sku"))


def test_a_resource_that_is_sensitive_as_a_whole_is_judged(check: Any, write: Any) -> None:
    outcome = check(write("p.json", plan([created(machine(hotpatching_enabled=False), sensitive=True)])))
    assert outcome.findings == [("HP004", "violation")]


@pytest.mark.parametrize(
    ("actions", "judged"),
    [
        (("no-op",), 1),
        (("create",), 1),
        (("update",), 1),
        (("delete", "create"), 1),
        (("create", "delete"), 1),
        (("create", "forget"), 1),
        (("forget", "create"), 1),
        (("delete",), 0),
        (("forget",), 0),
    ],
)
def test_judges_what_is_there_afterwards(actions: tuple[str, ...], judged: int, check: Any, write: Any) -> None:
    outcome = check(write("p.json", plan([created(machine(hotpatching_enabled=False), actions=actions)])))
    assert outcome.findings == [("HP004", "violation")] * judged


def test_what_is_forgotten_stays_in_azure_and_is_noted(check: Any, write: Any) -> None:
    notes = json.loads(check(write("p.json", plan([created(machine(), actions=("forget",))]))).out)["notes"]
    assert any(f"{WINDOWS}.vm" in note and "stay in Azure" in note for note in notes)


def test_the_past_is_not_judged(check: Any, write: Any) -> None:
    bad = created(machine(hotpatching_enabled=False))
    old = created(machine(hotpatching_enabled=False), deposed="abcd1234", actions=("delete",))
    now = created(machine(), actions=("update",))
    now["change"]["before"] = machine(hotpatching_enabled=False)
    outcome = check(write("p.json", plan([old, now], resource_drift=[bad])))
    assert (outcome.code, outcome.findings) == (0, [])


def test_data_sources_and_linux_machines_are_not_judged(check: Any, write: Any) -> None:
    data = created(machine(hotpatching_enabled=False), mode="data")
    linux = created(
        {"name": "l", "size": "Standard_B1s", "source_image_reference": [{"publisher": "Canonical", "sku": "x"}]},
        f"{LINUX}.l",
        unknown={"patch_mode": True, "provision_vm_agent": True, "os_managed_disk_id": True},
    )
    assert check(write("p.json", plan([data, linux]))).findings == []


@pytest.mark.parametrize(
    "rest",
    [
        {"errored": True},
        {"complete": False},
        {"deferred_changes": [{"reason": "unknown", "resource_change": created(machine(), f"{WINDOWS}.later")}]},
    ],
)
def test_a_plan_that_does_not_hold_everything_is_not_clean(rest: Any, check: Any, write: Any) -> None:
    stated = [configured(f"{WINDOWS}.{name}", constants(machine())) for name in ("vm", "later")]
    outcome = check(write("p.json", plan([created(machine())], stated, **rest)))
    assert (outcome.code, outcome.findings) == (2, [])
    assert json.loads(outcome.out)["files"][0]["incomplete"]


def test_what_a_later_plan_makes_is_judged_as_far_as_it_is_known(check: Any, write: Any) -> None:
    later = created(machine(hotpatching_enabled=False), f"{WINDOWS}.vm", unknown={"name": True}, index_unknown=True)
    later["address"] = f"{WINDOWS}.vm[*]"
    deferred = [{"reason": "instance_count_unknown", "resource_change": later}]
    stated = constants(machine(name=None)) | {"name": references("each.key")}
    resources = [configured(f"{WINDOWS}.vm", stated, for_each=references("terraform_data.names.output"))]
    outcome = check(write("p.json", plan([], resources, deferred_changes=deferred, complete=False)))
    assert outcome.findings == [("HP004", "violation")]


@pytest.mark.parametrize("provider", ["registry.opentofu.org/hashicorp/azurerm", "example.com/acme/azurerm", None])
def test_a_machine_is_known_by_its_type_whoever_serves_the_provider(provider: Any, check: Any, write: Any) -> None:
    change = created(machine(hotpatching_enabled=False), provider_name=provider)
    assert check(write("p.json", plan([change]))).findings == [("HP004", "violation")]


def test_a_plan_of_an_older_terraform_says_nothing_of_complete(check: Any, write: Any) -> None:
    whole = plan([created(machine())])
    for key in ("complete", "errored", "applyable"):
        del whole[key]
    assert check(write("p.json", whole)).code == 0


def test_an_empty_plan_says_that_nothing_was_judged(hotpatch: Any, write: Any) -> None:
    whole = plan([])
    del whole["resource_changes"]
    outcome = hotpatch("check", write("p.json", whole))
    assert outcome.code == 0
    assert "0 resources judged" in outcome.out
    assert "nothing was judged" in outcome.out


def test_a_refresh_only_plan_is_judged_by_what_was_found_in_azure(check: Any, write: Any) -> None:
    found = state(kept(machine(hotpatching_enabled=False)))
    whole = plan([], [], prior_state=found, resource_drift=[created(machine(), actions=("update",))])
    del whole["resource_changes"]
    outcome = check(write("p.json", whole))
    assert outcome.findings == [("HP004", "violation")]
    assert any("-refresh-only" in note for note in json.loads(outcome.out)["notes"])
    listed = plan([created(machine(), actions=("update",))], prior_state=found)
    assert check(write("p.json", listed)).findings == []


def test_planned_values_alone_are_judged_and_never_clean(check: Any, write: Any) -> None:
    root = {"resources": [{"address": f"{WINDOWS}.vm", "mode": "managed", "type": WINDOWS, "values": machine()}]}
    whole = plan([], planned_values={"root_module": {"child_modules": [root]}})
    del whole["resource_changes"]
    outcome = check(write("p.json", whole))
    assert (outcome.code, outcome.findings) == (2, [])


def test_a_machine_of_another_patch_mode_has_no_platform_settings(check: Any, write: Any) -> None:
    written = machine(
        patch_mode="AutomaticByOS",
        hotpatching_enabled=False,
        bypass_platform_safety_checks_on_user_schedule_enabled=False,
    )
    assert "HP013" not in dict(check(write("p.json", plan([created(written)]))).findings)


def test_a_plan_that_marks_nothing_shows_nothing_and_is_not_clean(hotpatch: Any, check: Any, write: Any) -> None:
    unmarked = created(machine(patch_mode="Hush4711"))
    del unmarked["change"]["after_unknown"], unmarked["change"]["after_sensitive"]
    name = write("p.json", plan([unmarked]))
    assert ("HP005", "violation") in check(name).findings
    assert "Hush4711" not in hotpatch("check", name).out
    good = created(machine())
    del good["change"]["after_unknown"]
    outcome = check(write("p.json", plan([good])))
    assert (outcome.code, "after_unknown" in json.loads(outcome.out)["files"][0]["incomplete"]) == (2, True)


@pytest.mark.parametrize("odd", [{"mode": None}, {"mode": 5}, {"deposed": True}])
def test_an_odd_mark_leaves_no_machine_out(odd: Any, check: Any, write: Any) -> None:
    assert check(write("p.json", plan([created(machine(hotpatching_enabled=False), **odd)]))).code == 1
    wrong = created(machine(hotpatching_enabled=False))
    wrong["change"]["actions"] = [5]
    assert check(write("p.json", plan([wrong]))).code == 3


@pytest.mark.parametrize("entry", [5, None, {}, {"address": "a"}, {"address": "a", "type": WINDOWS}])
def test_a_damaged_entry_is_never_clean(entry: Any, check: Any, write: Any) -> None:
    outcome = check(write("p.json", plan([created(machine())], []) | {"resource_changes": [entry]}))
    assert (outcome.code, "p.json is damaged" in outcome.err) == (3, True)


def test_a_machine_of_which_nothing_is_left_is_damaged(check: Any, write: Any) -> None:
    lost = created(machine())
    lost["change"] |= {"after": None, "after_unknown": False}
    assert check(write("p.json", plan([lost], []))).code == 3
    lost["change"]["after_unknown"] = {"name": True}
    assert check(write("p.json", plan([lost], []))).code == 1


def test_a_check_of_the_configuration_that_fails_is_noted(check: Any, write: Any) -> None:
    checks = [{"address": {"kind": "check"}, "status": status} for status in ("pass", "fail", "error", "unknown")]
    outcome = check(write("p.json", plan([created(machine())], checks=checks)))
    assert outcome.code == 0
    assert any("2 checks of the configuration" in note for note in json.loads(outcome.out)["notes"])
