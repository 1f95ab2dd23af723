"""The report that a build server reads: a test suite a file, a test case a resource or a finding on it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from azure_hotpatch.cli.check_report import CheckReport, FindingOutcome, ReportEntry
from azure_hotpatch.cli.documents import Document
from azure_hotpatch.cli.reports.text import lines_of
from azure_hotpatch.domain.printable import line

# Characters that XML 1.0 cannot hold, not even escaped.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = {
    FindingOutcome.VIOLATION: "failure",
    FindingOutcome.UNVERIFIED: "error",
    FindingOutcome.WAIVED: "skipped",
    FindingOutcome.ADVICE: "system-out",
}
_COUNTED = {"failures": FindingOutcome.VIOLATION, "errors": FindingOutcome.UNVERIFIED, "skipped": FindingOutcome.WAIVED}


def write(report: CheckReport) -> str:
    """A violation is a failure, what could not be verified an error, what is waived skipped; advice passes."""
    root = Element("testsuites", name="hotpatch check")
    for document in report.documents:
        root.append(_suite(document, [entry for entry in report.entries if entry.document is document]))
    if report.notes:  # a form without a place for the whole run: each note names the file that it is about
        SubElement(root[0], "system-out").text = "\n".join(_spoken(f"note: {note}") for note in report.notes)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(document: Document, entries: list[ReportEntry]) -> Element:
    cases = list(_cases(document, entries))
    counts = {name: sum(1 for e in entries if e.outcome is outcome) for name, outcome in _COUNTED.items()}
    if document.incomplete:
        counts["errors"] += 1
    attributes = {"name": document.name, "tests": len(cases), **counts, "time": 0}
    suite = Element("testsuite", {key: _spoken(str(value)) for key, value in attributes.items()})
    suite.extend(cases)
    return suite


def _cases(document: Document, entries: list[ReportEntry]) -> Iterator[Element]:
    if document.incomplete:
        case = Element("testcase", classname="hotpatch", name="the file is complete", time="0")
        SubElement(case, "error", message=_spoken(document.incomplete), type="incomplete")
        yield case
    of_record = defaultdict(list)
    for entry in entries:
        of_record[id(entry.record)].append(entry)
    for located in document.located:
        record = located.record
        found = of_record.get(id(record))
        if not found:
            yield Element("testcase", classname=_spoken(record.type), name=_spoken(record.name), time="0")
        yield from map(_case, found or ())


def _case(entry: ReportEntry) -> Element:
    rule, record = entry.rule, entry.record
    name = f"{record.name}: {rule.id} {rule.name}"
    case = Element("testcase", classname=_spoken(record.type), name=_spoken(name), time="0")
    tag = _TAGS[entry.outcome]
    about = {} if tag == "system-out" else {"message": _spoken(entry.waiver or entry.finding.message)}
    if tag in ("failure", "error"):
        about["type"] = rule.id
    SubElement(case, tag, about).text = "\n".join(map(_spoken, lines_of(entry)))
    return case


def _spoken(text: str) -> str:
    """Text as XML can hold it, and as the other reports show it: on one line, without a command for a log."""
    return _UNSPEAKABLE.sub("\ufffd", line(text))
