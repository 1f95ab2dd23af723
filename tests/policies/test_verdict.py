"""Which rule reports a value that is not known, when some rules weigh less and some are waived."""

from datetime import date
from typing import Any

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record
from azure_hotpatch.policies.config import Level, parse_config
from azure_hotpatch.policies.verdict import Ruling, linked_rulings, message, rulings
from tests.policies.machines import MACHINE, SET

TODAY = date(2026, 6, 1)
STRICT = {"unverifiable": "mandatory"}


def waiver(rule: str) -> dict[str, str]:
    return {"urn": "*", "rule": rule, "owner": "Ada", "reason": "why", "expires": "2027-01-01"}


def judged(config: dict[str, Any], **unknown: Any) -> list[Ruling]:
    record = Record(Kind.VIRTUAL_MACHINE, "vm", "t", {**MACHINE, **unknown}, urn="urn")
    return list(rulings([record], parse_config(config), TODAY))


def test_a_waiver_hides_an_unknown_value_from_no_other_rule() -> None:
    config = {"hotpatch": {**STRICT, "waivers": [waiver("HP001")]}}
    told = {found.rule.id: found.waived for found in judged(config, storageProfile=UNKNOWN)}
    assert told == {"HP001": True, "HP002": False}


def test_an_unknown_value_weighs_as_the_heaviest_rule_that_reads_it() -> None:
    found = judged({"HP004": "advisory", "hotpatch": STRICT}, osProfile=UNKNOWN)
    (told,) = [each for each in found if each.finding.path == "osProfile"]
    assert (told.rule.id, told.level) == ("HP005", Level.MANDATORY)


def test_findings_come_in_the_order_of_the_rules() -> None:
    reference = {"imageReference": {"publisher": "x"}, "osDisk": {"createOption": "Attach"}}
    found = judged({"HP001": "advisory"}, storageProfile=reference, osProfile={})
    ids = [each.rule.id for each in found]
    assert len(ids) > 2
    assert ids == sorted(ids)


def test_a_waiver_hides_an_unknown_value_of_a_set_from_no_other_rule() -> None:
    record = Record(
        Kind.SCALE_SET,
        "set",
        "t",
        {**SET, "virtualMachineProfile": {**SET["virtualMachineProfile"], "extensionProfile": UNKNOWN}},
        urn="urn",
        prefix="virtualMachineProfile.",
    )
    (told,) = linked_rulings([record], parse_config({"hotpatch": {"waivers": [waiver("HP019")]}}), TODAY)
    assert (told.finding.verdict, told.waived) == (Verdict.UNVERIFIABLE, True)


def test_names_the_rule_once_where_a_value_is_not_known() -> None:
    (told,) = [each for each in judged({}, osProfile=UNKNOWN) if each.finding.path == "osProfile"]
    first = message(told).splitlines()[0]
    assert first == "hotpatch-is-on: could not be verified: the value is not known until it is deployed"
