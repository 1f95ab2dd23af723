"""The files beside a report's page: CSV for a spreadsheet, JUnit for a build server."""

import csv
import io
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from azure_hotpatch.operations.report.facts import FleetReport, Row
from azure_hotpatch.operations.status.report import image_of
from azure_hotpatch.operations.status.track import Standing

_HEADS = (
    *("id", "machine", "resource group", "region", "image", "patched by", "track", "standing", "lacks", "days open"),
    *("restarts", "avoided", "exposed days", "longest days", "known since", "planned restarts", "to", "causes"),
)
# Characters that XML 1.0 cannot hold, not even escaped.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = "-"  # in a table; in a spreadsheet that is an empty cell
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(report: FleetReport) -> str:
    """A line a machine. A cell that a spreadsheet would compute begins with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_HEADS)
    writer.writerows([_safe(cell) for cell in _cells(row)] for row in report.rows)
    return written.getvalue()


def junit_of(report: FleetReport) -> str:
    """A test a machine: a failure for one that is behind or off its track, an error where that is not known."""
    cases = [_case(row) for row in report.rows]
    counts = {kind: sum(case.find(kind) is not None for case in cases) for kind in ("failure", "error")}
    about = {"tests": len(cases), "failures": counts["failure"], "errors": counts["error"], "time": 0}
    root = Element("testsuites", name="hotpatch report")
    attributes = {"name": _spoken(report.title), **{key: str(value) for key, value in about.items()}}
    SubElement(root, "testsuite", attributes).extend(cases)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _cells(row: Row) -> Iterable[object]:
    machine, track, past = row.status.machine, row.status.track, row.past
    yield from (machine.id, machine.name, machine.resource_group, machine.location, image_of(machine))
    yield from (row.status.patcher, track.name, track.standing, f"KB{track.missing.kb}" if track.missing else "")
    yield from (row.open_days, len(past.restarts), len(past.avoided), past.exposed_days, past.longest, past.since)
    yield from (row.forecast.now.least, row.forecast.now.most) if row.forecast else (None, None)
    yield ", ".join(sorted(row.status.causes))


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    if text == _NOTHING:
        return ""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _case(row: Row) -> Element:
    machine, track = row.status.machine, row.status.track
    case = Element("testcase", classname=_spoken(machine.resource_group), name=_spoken(machine.name), time="0")
    lines = "\n".join(f"{one.cause}: {one.detail}. {one.remedy}" for one in row.status.findings)
    if track.standing is Standing.BEHIND or track.returns:
        message = f"lacks {track.missing}" if track.missing else str(track.name)
        SubElement(case, "failure", message=_spoken(message), type="behind").text = _spoken(lines)
    elif track.standing is Standing.UNKNOWN:
        SubElement(case, "error", message=_spoken(track.reason), type="unknown").text = _spoken(lines)
    return case


def _spoken(text: str) -> str:
    return _UNSPEAKABLE.sub("\ufffd", text)
