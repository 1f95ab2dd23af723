"""Run the rules over the documents of a check, by its configuration."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from azure_hotpatch.cli.check_report import CheckReport, FindingOutcome, Prospect, ReportEntry
from azure_hotpatch.cli.documents import Document
from azure_hotpatch.domain.judging.adoption import adoptable
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.config import Config, Level
from azure_hotpatch.policies.stack_modes import declared_modes
from azure_hotpatch.policies.terraform_words import in_terraform, is_azurerm
from azure_hotpatch.policies.verdict import Ruling, context_of, linked_rulings, rulings
from azure_hotpatch.policies.waivers import stale


def report_on(
    documents: Sequence[Document], config: Config, today: date, source_root: str = "", adoption: bool = False
) -> CheckReport:
    """Judge each document by itself: what refers to a resource of another file is not joined to it."""
    entries = [entry for document in documents for entry in _entries(document, _of_stack(document, config), today)]
    used = {entry.ruling.waiver for entry in entries if entry.ruling.waiver}
    return CheckReport(
        documents=documents,
        entries=entries,
        notes=(*_notes(documents), *stale(config.waivers, used, today)),
        prospects=tuple(_prospects(documents, config, today)) if adoption else (),
        source_root=source_root,
    )


def _of_stack(document: Document, config: Config) -> Config:
    urn = next((each.record.urn for each in document.located if each.record.urn), "")
    project = urn.split("::")[1] if urn.count("::") else ""
    declared = config.declaring(declared_modes(document.config, project))
    return replace(declared, schedules_seen=document.schedules_seen)


def _notes(documents: Sequence[Document]) -> Iterator[str]:
    return (f"{document.name}: {note}" for document in documents for note in document.notes)


def _entries(document: Document, config: Config, today: date) -> Iterator[ReportEntry]:
    located = {id(each.record): each for each in document.located}
    records = [each.record for each in document.located]
    for ruling in chain(rulings(records, config, today), linked_rulings(records, config, today)):
        own = replace(ruling, finding=_in_own_words(ruling.record, ruling.finding))
        yield ReportEntry(document, located[id(ruling.record)], own, _outcome(ruling, config))


def _in_own_words(record: Record, finding: Finding) -> Finding:
    return in_terraform(record, finding) if is_azurerm(record) else finding


def _outcome(ruling: Ruling, config: Config) -> FindingOutcome:
    if ruling.waived:
        return FindingOutcome.WAIVED
    if config.levels[ruling.rule.id] is Level.ADVISORY:
        return FindingOutcome.ADVICE
    return FindingOutcome.UNVERIFIED if ruling.finding.verdict is Verdict.UNVERIFIABLE else FindingOutcome.VIOLATION


def _prospects(documents: Sequence[Document], config: Config, today: date) -> Iterator[Prospect]:
    for document in documents:
        context = context_of([each.record for each in document.located], config, today)
        for located in document.located:
            answer = adoptable(located.record, RULES, context)
            if answer:
                own = tuple(_in_own_words(located.record, finding) for finding in answer.findings)
                yield Prospect(document, located, replace(answer, findings=own))
