"""The report that a person reads in a terminal."""

from collections.abc import Iterator

from azure_hotpatch.cli.check_report import CheckReport, Prospect, ReportEntry
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.domain.printable import line


def write(report: CheckReport) -> str:
    return "\n".join(map(line, _lines(report))) + "\n"


def _lines(report: CheckReport) -> Iterator[str]:
    for document in report.documents:
        yield f"{document.name}: {document.kind}, {counted(len(document.located), 'resource')} judged"
        if document.incomplete:
            yield f"  incomplete: {document.incomplete}"
    for entry in report.entries:
        yield ""
        yield from lines_of(entry)
    if report.prospects:
        yield ""
        yield "Which machines can become hotpatchable:"
        for prospect in report.prospects:
            yield from _prospect(prospect)
    if report.notes:
        yield ""
        yield from (f"note: {note}" for note in report.notes)
    yield ""
    yield report.summary


def _prospect(prospect: Prospect) -> Iterator[str]:
    answer = prospect.answer
    yield f"  {prospect.located.record.name}: {answer.adoption.value}; {answer.why}"
    yield from (f"    {finding.rule} {finding.message}" for finding in answer.findings)


def lines_of(entry: ReportEntry) -> Iterator[str]:
    rule, record = entry.rule, entry.record
    yield f"{entry.outcome.upper()} {rule.id} {rule.name}"
    for label, value in (
        ("on", f"{record.name} ({record.type})" if record.type else record.name),
        ("in", line_of_source(entry)),
        ("property", entry.arm),
        ("in program", entry.own),
        ("problem", entry.finding.message),
        ("found", entry.finding.found),
        ("set by", entry.set_by),
        ("allowed", entry.finding.allowed),
        ("do", entry.finding.remedy),
        ("waived", entry.waiver),
    ):
        if value:
            yield f"  {label:<11}{value}"
    yield f"  {'read':<11}hotpatch explain {rule.id}"


def line_of_source(entry: ReportEntry) -> str:
    """Where the resource is: the line of the file, and the line of the program if the file knows it."""
    position, inside = entry.located.position, entry.record.origin
    program = f", made at {position.file}:{position.line}" if position else ""
    return f"{entry.document.name}:{entry.located.line}{f' {inside}' if inside else ''}{program}"
