"""The report that code scanning reads: SARIF 2.1.0, with each finding at the program's line where that is known."""

from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from azure_hotpatch import __version__
from azure_hotpatch.cli.check_report import CheckReport, FindingOutcome, ReportEntry
from azure_hotpatch.cli.json_output import json_text
from azure_hotpatch.cli.pages import page
from azure_hotpatch.domain.judging.rule import Rule, Severity
from azure_hotpatch.domain.printable import one_line

_LEVELS = {
    FindingOutcome.VIOLATION: "error",
    FindingOutcome.UNVERIFIED: "warning",
    FindingOutcome.ADVICE: "note",
    FindingOutcome.WAIVED: "note",
}
_DEFAULT_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def write(report: CheckReport) -> str:
    rules = {entry.rule.id: entry.rule for entry in report.entries}
    run = {
        "tool": {
            "driver": {
                "name": "hotpatch",
                "semanticVersion": __version__,
                "rules": [_rule(rules[id_]) for id_ in sorted(rules)],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": report.exit_code,
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": _unlinked(note)}} for note in _notes(report)
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, sorted(rules), report.source_root) for entry in report.entries],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(log) + "\n"


def _notes(report: CheckReport) -> list[str]:
    half = [f"{document.name}: {document.incomplete}" for document in report.documents if document.incomplete]
    return [*half, *report.notes]


def _rule(rule: Rule) -> dict[str, Any]:
    text = page(rule.id)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.remedy, **({"markdown": text} if text else {})},
        "defaultConfiguration": {"level": _DEFAULT_LEVELS[rule.severity]},
        "properties": {"tags": ["azure", "hotpatch", "windows-server"]},
    }


def _result(entry: ReportEntry, ids: list[str], source_root: str) -> dict[str, Any]:
    return {
        "ruleId": entry.rule.id,
        "ruleIndex": ids.index(entry.rule.id),
        "level": _LEVELS[entry.outcome],
        "message": {"text": _message(entry)},
        "locations": [{"physicalLocation": _physical(entry, source_root), "logicalLocations": [_logical(entry)]}],
        "partialFingerprints": {"hotpatchFinding/v1": _fingerprint(entry)},
        "properties": {"outcome": entry.outcome.value},
        **({"suppressions": [_suppression(entry)]} if entry.outcome is FindingOutcome.WAIVED else {}),
    }


def _message(entry: ReportEntry) -> str:
    finding = entry.finding
    where = f" ({entry.arm}{f'; in the program {entry.own}' if entry.own else ''})" if entry.arm else ""
    by = f" Set by {entry.set_by}." if entry.set_by else ""
    allowed = f" Allowed: {finding.allowed}." if finding.allowed else ""
    remedy = f" {finding.remedy}" if finding.remedy else ""
    return _unlinked(f"{entry.record.name}: {finding.message}{where}.{by}{allowed}{remedy}")


def _unlinked(text: str) -> str:
    """A message without links: SARIF reads `[words](address)` as one, and what a name holds is no link of ours."""
    return one_line(text).replace("](", "] (")


def _physical(entry: ReportEntry, source_root: str) -> dict[str, Any]:
    position = entry.located.position
    if position:
        return _at(PurePosixPath(source_root, position.file).as_posix(), position.line)
    return _at(entry.document.name, entry.located.line)


def _at(file: str, line: int) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(file)}, "region": {"startLine": line}}


def _uri(file: str) -> str:
    """Relative to where the check ran, as code scanning wants it, if the file lies below."""
    path = Path(file)
    if not path.is_absolute():
        return quote(path.as_posix(), errors="surrogateescape")  # a name may hold bytes that are no character
    here = Path.cwd()
    return (
        quote(path.relative_to(here).as_posix(), errors="surrogateescape")
        if path.is_relative_to(here)
        else path.as_uri()
    )


def _logical(entry: ReportEntry) -> dict[str, Any]:
    record = entry.record
    whole = record.urn or f"{record.arm_type or record.type}/{record.name}"
    return {
        "name": record.name,
        "fullyQualifiedName": f"{whole}#{entry.arm}" if entry.arm else whole,
        "kind": "resource",
    }


def _fingerprint(entry: ReportEntry) -> str:
    """The same finding in the next run, though lines have moved."""
    record = entry.record
    parts = (entry.rule.id, record.urn or record.name, record.origin, entry.finding.path, entry.finding.verdict)
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _suppression(entry: ReportEntry) -> dict[str, str]:
    return {"kind": "external", "status": "accepted", "justification": _unlinked(entry.waiver)}
