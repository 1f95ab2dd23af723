"""What Azure says that a deployment would change, as `az deployment … what-if --no-pretty-print` prints it."""

from typing import Any

import pytest

LOOK_ALIKE = "2022-datacenter-azure-edition"
ID = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web"


def result(*changes: Any, **rest: Any) -> dict[str, Any]:
    return {"changes": list(changes), "diagnostics": [], "error": None, "potentialChanges": None, **rest}


@pytest.fixture
def change(template: Any, vm: Any) -> Any:
    """`change(changes, changeType="Create")`: one machine of a result."""

    def made(changes: Any = None, **rest: Any) -> dict[str, Any]:
        after = template(vm(changes))["resources"][0]
        return {"resourceId": ID, "changeType": "Create", "before": None, "after": after, "delta": None, **rest}

    return made


def test_judges_what_will_be(check: Any, write: Any, change: Any) -> None:
    spoilt = change({"storageProfile.imageReference.sku": LOOK_ALIKE})
    assert check(write("a.json", result(spoilt, status="Succeeded"))).findings == [("HP001", "violation")]
    assert check(write("b.json", result(change(), status="Succeeded"))).code == 0
    whole = {"status": "Succeeded", "properties": {"changes": [spoilt]}}  # as the REST API answers
    assert check(write("c.json", whole)).findings == [("HP001", "violation")]


def test_passes_over_what_is_deleted_or_left_alone(check: Any, write: Any, change: Any) -> None:
    changes = [change({"storageProfile": None}, changeType=kind) for kind in ("Delete", "Ignore")]
    assert check(write("a.json", result(*changes, status="Succeeded"))).findings == []


@pytest.mark.parametrize("kind", ["Deploy", "Unsupported"])
def test_a_machine_that_is_not_shown_is_unverified(kind: str, check: Any, write: Any, change: Any) -> None:
    outcome = check(write("a.json", result(change(changeType=kind, after=None), status="Succeeded")))
    assert (outcome.findings, outcome.code) == ([("HP038", "unverified")], 2)


@pytest.mark.parametrize("rest", [{"status": "Failed"}, {"status": "Succeeded", "error": {"code": "x"}}])
def test_a_what_if_that_failed_is_not_clean(rest: Any, check: Any, write: Any) -> None:
    assert check(write("a.json", {**result(), **rest})).code == 2


def test_an_expression_that_azure_did_not_evaluate_is_unverified(check: Any, write: Any, change: Any) -> None:
    spoilt = change({"storageProfile.imageReference.sku": "[reference('image').sku]"})
    assert check(write("a.json", result(spoilt, status="Succeeded"))).findings == [("HP001", "unverified")]


@pytest.mark.parametrize(
    "whole", [{"diagnostics": []}, {"changes": []}, {"duration": 3}, {"changeSummary": {}}, {"status": "Succeeded"}]
)
def test_one_key_alone_does_not_say_what_a_file_is(whole: Any, check: Any, write: Any) -> None:
    outcome = check(write("a.json", whole))
    assert (outcome.code, "a.json is none of" in outcome.err) == (3, True)


@pytest.mark.parametrize("changes", [5, {"a": 1}, [3], [{"resourceId": 5}], [None]])
def test_a_damaged_result_is_never_clean(changes: Any, check: Any, write: Any) -> None:
    assert check(write("a.json", {"changes": changes, "status": "Succeeded"})).code in (2, 3)
