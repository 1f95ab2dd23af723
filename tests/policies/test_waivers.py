"""Which findings a waiver covers, until when, and what is said of one that is no use."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.policies.waivers import Waiver, identities, stale, waiver_for

TODAY = date(2026, 6, 1)
URN = "urn:pulumi:prod::fleet::azure-native:compute:VirtualMachine::web[0]"
RECORD = Record(Kind.VIRTUAL_MACHINE, "web", "azure-native:compute:VirtualMachine", {}, urn=URN)


def waiver(**change: Any) -> Waiver:
    given = {"urn": URN, "rule": "HP001", "owner": "Ada", "reason": "why", "expires": date(2026, 12, 31)} | change
    return Waiver(**given)


@pytest.mark.parametrize(
    "pattern", [URN, "*::web[0]", "URN:PULUMI:PROD::*", "*", "*VirtualMachine*web*", "urn*" + "*" * 2000 + "web[0]"]
)
def test_a_pattern_covers_what_it_matches(pattern: str) -> None:
    assert waiver(urn=pattern).covers(RECORD, "HP001")


@pytest.mark.parametrize(
    "pattern", ["", "web[0]", "*::web0", "*::web[1]", "*::we", "*:*" * 500 + "x", "*web[0]*web[0]", f"{URN}*{URN[-1]}"]
)
def test_a_pattern_covers_nothing_else(pattern: str) -> None:
    assert not waiver(urn=pattern).covers(RECORD, "HP001")


def test_a_waiver_is_for_one_rule() -> None:
    assert not waiver().covers(RECORD, "HP002")


def test_a_waiver_holds_on_its_last_day_and_no_longer() -> None:
    assert waiver(expires=TODAY).holds(TODAY)
    assert not waiver(expires=date(2026, 5, 31)).holds(TODAY)


def test_of_two_waivers_the_longer_one_counts() -> None:
    short, long = waiver(expires=date(2026, 1, 1)), waiver()
    assert waiver_for((short, long), RECORD, "HP001") is long


def test_a_resource_of_a_template_is_matched_by_its_type_and_name() -> None:
    record = Record(Kind.VIRTUAL_MACHINE, "web", "x", {}, arm_type="Microsoft.Compute/virtualMachines")
    assert list(identities(record)) == ["Microsoft.Compute/virtualMachines::web"]
    assert waiver(urn="microsoft.compute/virtualmachines::*").covers(record, "HP001")


def test_one_machine_of_a_deployment_is_matched_by_itself() -> None:
    urn = "urn:pulumi:prod::fleet::azure-native:resources:Deployment::all"
    kind, own = "Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachines::web"
    record = Record(Kind.VIRTUAL_MACHINE, "web", "x", {}, urn=urn, arm_type=kind, origin="resources[0]")
    for pattern in (own, f"{urn}::{own}", urn, "*::web"):
        assert waiver(urn=pattern).covers(record, "HP001"), pattern
    for pattern in ("Microsoft.Compute/virtualMachines::other", f"{urn}::other", "*::we"):
        assert not waiver(urn=pattern).covers(record, "HP001"), pattern


def test_a_resource_of_a_program_is_matched_by_its_urn_alone() -> None:
    record = Record(Kind.VIRTUAL_MACHINE, "web", "x", {}, urn=URN, arm_type="Microsoft.Compute/virtualMachines")
    assert list(identities(record)) == [URN]


def test_a_waiver_that_expired_or_covers_nothing_is_told() -> None:
    used, unused, expired = waiver(), waiver(urn="*::gone"), waiver(expires=date(2026, 1, 1))
    told = list(stale((used, unused, expired), {used, expired}, TODAY))
    assert len(told) == 2
    assert "'*::gone' (Ada) matches no finding" in told[0]
    assert "expired on 2026-01-01" in told[1]
