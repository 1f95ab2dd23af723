"""Ask every rule about a record: an unknown value or a crash in one never hides what another found."""

from collections.abc import Iterable, Iterator, Sequence

from azure_hotpatch.finding import Finding, Verdict
from azure_hotpatch.record import Record, UnknownValue
from azure_hotpatch.rule import Context, Rule


def judge(record: Record, rules: Iterable[Rule], context: Context) -> list[Finding]:
    """Every finding on one record; a path that is not known is reported once, by the first rule that met it."""
    findings: list[Finding] = []
    unknown: set[str] = set()
    for rule in rules:
        if rule.check is None or record.kind not in rule.kinds:
            continue
        for finding in _asked(rule, record, context):
            if finding.verdict is Verdict.UNVERIFIABLE:
                if finding.path in unknown:
                    continue
                unknown.add(finding.path)
            findings.append(finding)
    return findings


def judge_fleet(records: Sequence[Record], rules: Iterable[Rule], context: Context) -> Iterator[tuple[Record, Finding]]:
    """The findings of the rules that compare records with each other."""
    for rule in rules:
        if rule.check_fleet is None:
            continue
        try:
            yield from rule.check_fleet(records, context)
        except Exception as error:  # noqa: BLE001 - a rule that fails is a finding, not a failed deployment
            if records:
                yield records[0], _crashed(rule, error)


def _asked(rule: Rule, record: Record, context: Context) -> Iterator[Finding]:
    assert rule.check is not None
    try:
        yield from rule.check(record, context)
    except UnknownValue as unknown:
        yield Finding(
            rule=rule.id,
            path=unknown.path,
            message=f"{rule.name} could not be verified: the value is {unknown.why}",
            remedy="Give the value as a literal, or judge the deployed state with `hotpatch check`.",
            verdict=Verdict.UNVERIFIABLE,
        )
    except Exception as error:  # noqa: BLE001 - as above
        yield _crashed(rule, error)


def _crashed(rule: Rule, error: Exception) -> Finding:
    # The error's text may hold a value of the resource, and a value may be a secret: the type is enough.
    return Finding(
        rule=rule.id,
        path="",
        message=f"the rule failed with {type(error).__name__}; the resource was not judged by it",
        remedy="Report it as a defect of the rule; until it is mended, waive the rule for this resource.",
        verdict=Verdict.CRASHED,
    )
