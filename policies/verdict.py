"""The level and the message of a finding, by the configuration."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.judge import judge, judge_beside
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown, arm_path
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.setter import setters_in_words
from azure_hotpatch.domain.printable import SECRET, line
from azure_hotpatch.policies.config import Config, Level
from azure_hotpatch.policies.reading.recorded import CONTENT
from azure_hotpatch.policies.spelling import Language, own_path
from azure_hotpatch.policies.waivers import Waiver, waiver_for

# Kinds of records by which others are judged, wherever in the program they are.
OF_THE_PROGRAM = (Kind.IMAGE, Kind.POLICY_SET)

Judged = Callable[[Record, Sequence[Rule]], list[Finding]]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding with its level: `level` is advisory or mandatory, whatever the verdict.

    `waiver` covers the finding; if it has expired, the finding counts all the same (`waived` is false).
    """

    record: Record
    rule: Rule
    finding: Finding
    level: Level
    waiver: Waiver | None = None
    waived: bool = False


def rulings(records: Sequence[Record], config: Config, today: date, others: Iterable[Record] = ()) -> Iterator[Ruling]:
    """The findings on each record by itself; `others` are of the program too: images and initiatives in it count."""
    context = context_of(records, config, today, others)
    yield from _rulings(records, lambda record, rules: judge(record, rules, context), config, today)


def linked_rulings(records: Sequence[Record], config: Config, today: date) -> Iterator[Ruling]:
    """The findings on records that refer to each other."""
    context, links = context_of(records, config, today), Links(records)
    yield from _rulings(records, lambda record, rules: judge_beside(record, links, rules, context), config, today)


def context_of(records: Iterable[Record], config: Config, today: date, others: Iterable[Record] = ()) -> Context:
    """The context of the rules: the configuration, and the images and initiatives that the program makes."""
    own = [record for record in (*others, *records) if record.kind in OF_THE_PROGRAM]
    images, initiatives = (tuple(record for record in own if record.kind is kind) for kind in OF_THE_PROGRAM)
    return replace(config.context(today), images=images, initiatives=initiatives)


def ruling(record: Record, rule: Rule, finding: Finding, config: Config, today: date) -> Ruling:
    """The ruling on one finding."""
    waiver = waiver_for(config.waivers, record, rule.id)
    waived = waiver is not None and waiver.holds(today)
    return Ruling(record, rule, finding, _level(record, rule, finding, config), waiver, waived)


def message(ruling: Ruling, language: Language | None = None) -> str:
    """The finding's message, complete in itself: path, problem, allowed values, remedy, and where to read on.

    `language` is that of the program, None where it is not known.
    """
    record, finding, rule = ruling.record, ruling.finding, ruling.rule
    lines = (
        ("", f"{rule.name}: {finding.message.removeprefix(f'{rule.name} ')}"),
        ("in", inside(record)),
        ("property", property_of(ruling, language)),
        ("found", finding.found),
        ("set by", set_by(ruling)),
        ("allowed", finding.allowed),
        ("do", finding.remedy),
        ("waiver", f"expired: {ruling.waiver}" if ruling.waiver and not ruling.waived else ""),
        ("read", f"hotpatch explain {rule.id} ({rule.page})"),
    )
    return "\n".join(line(f"{label:<9}{text}" if label else text) for label, text in lines if text)


def set_by(ruling: Ruling) -> str:
    """The parameters of a template that set what a violation is about, in words; empty where there are none."""
    record, finding = ruling.record, ruling.finding
    if finding.verdict is not Verdict.VIOLATION or not finding.path:
        return ""
    found = record.setters(finding.path)
    text = setters_in_words(found, hidden=record.shown(finding.path) == SECRET)
    return setters_in_words(found, hidden=True) if record.reveals(text) else text


def property_of(ruling: Ruling, language: Language | None = None) -> str:
    """The property as ARM writes it, and as the program does: `properties.a.oneB (in the program: a.one_b)`.

    Where the language is not known, Python's names are given beside the schema's.
    """
    path = ruling.finding.path
    if not path or path == ruling.record.origin:
        return path
    arm = arm_path(path)
    if language is not None:
        own = own_path(ruling.record, path, language)
        return arm if own in ("", arm) else f"{arm} (in the program: {own})"
    own, python = (own_path(ruling.record, path, each) for each in (Language.CAMEL, Language.SNAKE))
    spellings = {"in the program": own, "in Python": python if python != own else arm}
    elsewhere = "; ".join(f"{where}: {spelling}" for where, spelling in spellings.items() if spelling not in ("", arm))
    return f"{arm} ({elsewhere})" if elsewhere else arm


def inside(record: Record) -> str:
    """Which resource of a template or body a record is, where that is not the resource itself."""
    return f"{record.arm_type} {record.name!r}" if record.origin and record.arm_type else ""


def _rulings(records: Iterable[Record], judged: Judged, config: Config, today: date) -> Iterator[Ruling]:
    """Report each unknown path once, under the strictest rule; a waived rule reports it besides, never instead."""
    # sorted is stable: of two rules that are equally strict, the first stays the first.
    rules = sorted(config.enabled(), key=lambda rule: config.levels[rule.id] is Level.ADVISORY)
    by_id = {rule.id: rule for rule in config.enabled()}
    order = list(by_id).index
    for record in records:
        findings = judged(record, rules)
        if config.waivers and any(finding.verdict is Verdict.UNVERIFIABLE for finding in findings):
            waived = _waived(record, rules, config, today)
            findings = [*judged(record, [rule for rule in rules if rule not in waived]), *judged(record, waived)]
        for finding in sorted(findings, key=lambda finding: order(finding.rule)):
            yield ruling(record, by_id[finding.rule], finding, config, today)


def _waived(record: Record, rules: Sequence[Rule], config: Config, today: date) -> list[Rule]:
    holding = [waiver for waiver in config.waivers if waiver.holds(today)]
    return [rule for rule in rules if waiver_for(holding, record, rule.id)]


def _level(record: Record, rule: Rule, finding: Finding, config: Config) -> Level:
    if config.levels[rule.id] is Level.ADVISORY:
        return Level.ADVISORY
    # A value that is not known in a preview is known when it is deployed; what cannot be read never will be.
    for_good = record.kind is Kind.OPAQUE and not isinstance(record.peek(CONTENT), Unknown)
    unverifiable = finding.verdict is Verdict.UNVERIFIABLE and not for_good
    return config.unverifiable if unverifiable else Level.MANDATORY
