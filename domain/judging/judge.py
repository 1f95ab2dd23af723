"""Run every rule over a record; an unknown value or a crash in one never hides the findings of another."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from azure_hotpatch.domain.judging.audience import audiences
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import Record, UnknownValueError
from azure_hotpatch.domain.judging.rule import Context, Rule


def judge(record: Record, rules: Iterable[Rule], context: Context) -> list[Finding]:
    """Every finding on one record; a path that is not known is reported once, by the first rule that met it."""
    findings: list[Finding] = []
    unknown: set[str] = set()
    concerned = audiences(record, context)
    for rule in rules:
        if rule.check is None or record.kind not in rule.kinds or rule.audience not in concerned:
            continue
        findings.extend(_new(_asked(rule, rule.check, record, context), unknown))
    return findings


def judge_links(records: Sequence[Record], rules: Iterable[Rule], context: Context) -> Iterator[tuple[Record, Finding]]:
    """The findings of the rules that judge a record beside the records it refers to."""
    asked = tuple(rules)
    links = Links(records)
    for record in records:
        for finding in judge_beside(record, links, asked, context):
            yield record, finding


def judge_beside(record: Record, links: Links, rules: Iterable[Rule], context: Context) -> list[Finding]:
    """As `judge`, by the rules that judge a record beside others."""
    findings: list[Finding] = []
    unknown: set[str] = set()
    concerned = audiences(record, context)
    for rule in rules:
        if rule.check_links is None or record.kind not in rule.kinds or rule.audience not in concerned:
            continue
        findings.extend(_new(_asked(rule, rule.check_links, record, links, context), unknown))
    return findings


def _asked(rule: Rule, check: Callable[..., Iterable[Finding]], *asked: object) -> Iterator[Finding]:
    try:
        yield from check(*asked)
    except UnknownValueError as unknown:
        yield rule.unverifiable(unknown.path, f"the value is {unknown.why}")
    except Exception as error:  # noqa: BLE001 - a rule that fails is a finding, not a failed deployment
        yield _crashed(rule, error)


def _new(findings: Iterable[Finding], unknown: set[str]) -> Iterator[Finding]:
    for finding in findings:
        if finding.verdict is Verdict.UNVERIFIABLE:
            if finding.path in unknown:
                continue
            unknown.add(finding.path)
        yield finding


def _crashed(rule: Rule, error: Exception) -> Finding:
    # The error's text may hold a value of the resource, and a value may be a secret: the type is enough.
    return Finding(
        rule=rule.id,
        path="",
        message=f"the rule failed with {type(error).__name__}; the resource was not judged by it",
        remedy="Report it as a defect of the rule; until it is fixed, waive the rule for this resource.",
        verdict=Verdict.CRASHED,
    )
