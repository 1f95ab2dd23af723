"""The report that a program reads: version 1 of its shape, to which keys may be added."""

from typing import Any

from azure_hotpatch import __version__
from azure_hotpatch.cli.check_report import CheckReport, FindingOutcome, Prospect, ReportEntry
from azure_hotpatch.cli.json_output import json_text
from azure_hotpatch.domain.judging.record import arm_path


def write(report: CheckReport) -> str:
    """One object: `version`, `tool`, `exitCode`, `files`, `findings`, `notes`, `adoption`, `summary`."""
    counts = report.counts
    whole = {
        "version": 1,
        "tool": f"hotpatch {__version__}",
        "exitCode": report.exit_code,
        "summary": {"resources": report.judged, **{outcome.value: counts[outcome] for outcome in FindingOutcome}},
        "files": [
            {"name": item.name, "kind": item.kind, "resources": len(item.located), "incomplete": item.incomplete}
            for item in report.documents
        ],
        "findings": [_finding(entry) for entry in report.entries],
        "notes": list(report.notes),
        "adoption": [_prospect(prospect) for prospect in report.prospects],
    }
    return json_text(whole) + "\n"


def _finding(entry: ReportEntry) -> dict[str, Any]:
    finding, record, position = entry.finding, entry.record, entry.located.position
    return {
        "rule": entry.rule.id,
        "name": entry.rule.name,
        "outcome": entry.outcome.value,
        "message": finding.message,
        "found": finding.found,
        "setBy": entry.set_by,
        "allowed": finding.allowed,
        "remedy": finding.remedy,
        "waiver": entry.waiver,
        "resource": {"name": record.name, "type": record.type, "urn": record.urn, "origin": record.origin},
        "property": {"arm": entry.arm, "program": entry.own},
        "file": {"name": entry.document.name, "line": entry.located.line},
        "madeAt": {"file": position.file, "line": position.line} if position else None,
    }


def _prospect(prospect: Prospect) -> dict[str, Any]:
    record, answer = prospect.located.record, prospect.answer
    return {
        "resource": {"name": record.name, "type": record.type, "urn": record.urn, "origin": record.origin},
        "file": {"name": prospect.document.name, "line": prospect.located.line},
        "adoption": answer.adoption.value,
        "why": answer.why,
        "inTheWay": [
            {
                "rule": finding.rule,
                "property": arm_path(finding.path),
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in answer.findings
        ],
    }
