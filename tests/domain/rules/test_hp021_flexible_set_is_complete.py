"""HP021: what Azure demands of a Flexible set, and what it refuses."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

COUNT = "platformFaultDomainCount"
NETWORK = "virtualMachineProfile.networkProfile.networkApiVersion"
UPGRADE = "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (COUNT, None, "demands it"),
        (COUNT, 5, "is not 1, 2 or 3"),
        (COUNT, "many", "is not 1, 2 or 3"),
        (NETWORK, None, "demands it"),
        (NETWORK, "2019-01-01", "is not one of"),
        ("identity.type", "SystemAssigned", "is not UserAssigned"),
        ("identity.type", "SystemAssigned, UserAssigned", "is not UserAssigned"),
        (UPGRADE, True, "no automatic upgrade"),
        (UPGRADE, "yes", "is not a boolean"),
        ("singlePlacementGroup", True, "several placement groups"),
        ("singlePlacementGroup", "one", "is not a boolean"),
    ],
)
def test_refuses_what_azure_refuses(path: str, value: Any, reason: str, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP021", scale_set({path: value}))
    assert finding.path == path
    assert reason in finding.message


@pytest.mark.parametrize(
    "changes",
    [{COUNT: "2"}, {"singlePlacementGroup": True, COUNT: 2}, {"identity": None}, {UPGRADE: False}],
)
def test_accepts_what_azure_takes(changes: Any, scale_set: Any, ask: Any) -> None:
    assert ask("HP021", scale_set(changes)) == []


def test_one_unknown_does_not_hide_another_violation(scale_set: Any, ask: Any) -> None:
    findings = ask("HP021", scale_set({COUNT: UNKNOWN, NETWORK: None}))
    assert [(finding.path, finding.verdict) for finding in findings] == [
        (COUNT, Verdict.UNVERIFIABLE),
        (NETWORK, Verdict.VIOLATION),
    ]


def test_says_nothing_of_a_uniform_set(scale_set: Any, ask: Any) -> None:
    assert ask("HP021", scale_set({COUNT: None, "orchestrationMode": "Uniform"})) == []


@pytest.mark.parametrize(
    ("zones", "count", "is_refused"), [(["1"], 2, True), (["1"], "3", True), (["1"], 1, False), ([], 2, False)]
)
def test_zones_go_with_one_fault_domain(zones: Any, count: Any, is_refused: bool, scale_set: Any, ask: Any) -> None:
    findings = ask("HP021", scale_set({"zones": zones, COUNT: count, "singlePlacementGroup": False}))
    assert [finding.path for finding in findings] == [COUNT] * is_refused
