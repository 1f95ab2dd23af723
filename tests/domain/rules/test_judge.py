"""How rules are asked: by kind, each to its end, and none silences another."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule

PASSWORD = "osProfile.adminPassword"  # noqa: S105 - where one is, not one


def _wrong(record: Record, _: Context) -> Iterator[Finding]:
    yield WRONG.violation(record, "location", "it is wrong")


def _breaks(record: Record, _: Context) -> Iterator[Finding]:
    raise ValueError(record.read(PASSWORD))


def _wrong_in_fleet(record: Record, _: Links, __: Context) -> Iterator[Finding]:
    yield IN_FLEET.violation(record, "name", "it is wrong")


def _breaks_in_fleet(record: Record, _: Links, __: Context) -> Iterator[Finding]:
    raise ValueError(record.read(PASSWORD))


WRONG = Rule("T1", "wrong", "It is wrong.", "Mend it.", kinds=frozenset({Kind.VIRTUAL_MACHINE}), check=_wrong)
BREAKS = replace(WRONG, id="T2", check=_breaks)
IN_FLEET = replace(WRONG, id="T3", check=None, check_links=_wrong_in_fleet)
BREAKS_IN_FLEET = replace(IN_FLEET, id="T4", check_links=_breaks_in_fleet)


def test_a_rule_that_crashes_is_a_finding_with_its_id_and_without_the_value(vm: Any, context: Context) -> None:
    findings = judge(vm(), [BREAKS, WRONG], context)
    assert [(finding.rule, finding.verdict) for finding in findings] == [
        ("T2", Verdict.CRASHED),
        ("T1", Verdict.VIOLATION),
    ]
    assert "ValueError" in findings[0].message
    assert vm().read(PASSWORD) not in repr(findings)


def test_a_fleet_rule_that_crashes_is_a_finding_on_each_record(vm: Any, context: Context) -> None:
    found = list(judge_links([vm(), vm()], [BREAKS_IN_FLEET, IN_FLEET], context))
    assert [finding.rule for _, finding in found] == ["T4", "T3", "T4", "T3"]


def test_a_rule_is_asked_about_its_kinds_only(vm: Any, configuration: Any, context: Context) -> None:
    assert judge(configuration(), [WRONG], context) == []
    assert [record.kind for record, _ in judge_links([configuration(), vm()], [IN_FLEET], context)] == [
        Kind.VIRTUAL_MACHINE
    ]


def test_an_unknown_path_is_reported_by_the_first_rule_that_meets_it(vm: Any, context: Context) -> None:
    reads = replace(WRONG, id="T5", check=lambda record, _: iter([record.read("location")]))
    findings = judge(vm({"location": UNKNOWN}), [reads, replace(reads, id="T6"), WRONG], context)
    assert [(finding.rule, finding.verdict) for finding in findings] == [
        ("T5", Verdict.UNVERIFIABLE),
        ("T1", Verdict.VIOLATION),
    ]


def test_a_message_that_would_reveal_a_secret_is_replaced(vm: Any, context: Context) -> None:
    def tells(record: Record, _: Context) -> Iterator[Finding]:
        yield WRONG.violation(record, "location", f"the password is {record.read(PASSWORD)}")

    (finding,) = judge(vm(secrets=frozenset({PASSWORD})), [replace(WRONG, check=tells)], context)
    assert (finding.message, finding.found) == (WRONG.summary, "'westeurope'")
