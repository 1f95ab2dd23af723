"""A year of baselines and hotpatches as a picture: SVG with a title, a description and text in every cell."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from azure_hotpatch.domain.azure.calendar import Certainty, Generation, Release
from azure_hotpatch.operations.foresee.releases import CalendarEntry

_COLUMNS, _WIDTH, _HEIGHT = 6, 168, 116
_WORDS = {Release.BASELINE: "Baseline", Release.UNPLANNED_BASELINE: "Baseline", Release.HOTPATCH: "Hotpatch"}


def year_picture(generation: Generation, year: int, entries: Sequence[CalendarEntry]) -> str:
    """The SVG of one year; readable in light and dark, on paper and by a screen reader."""
    months = [entry for entry in entries if entry.release.is_monthly]
    between = [entry for entry in entries if not entry.release.is_monthly]
    return _template().render(
        title=f"Windows Server {generation} in {year}: baselines and hotpatches",
        description=_description(year, months, between),
        cells=[_cell(index, entry) for index, entry in enumerate(months)],
        between=[{"y": 352 + 20 * index, "text": _line(entry)} for index, entry in enumerate(between)],
        height=372 + 20 * len(between) if between else 332,
    )


def _description(year: int, months: Sequence[CalendarEntry], between: Sequence[CalendarEntry]) -> str:
    restarts = [entry for entry in months if entry.restarts]
    named = f": {', '.join(f'{entry.day:%B}{_mark(entry)}' for entry in restarts)}" if restarts else ""
    extra = f" Between the months came {len(between)} out-of-band updates." if between else ""
    return f"{len(restarts)} of {len(months)} months of {year} restart a hotpatch machine{named}.{extra}"


def _mark(entry: CalendarEntry) -> str:
    unplanned = " (unplanned)" if entry.release is Release.UNPLANNED_BASELINE else ""
    return unplanned or ("" if entry.certainty is Certainty.ACTUAL else f" ({entry.certainty})")


def _cell(index: int, entry: CalendarEntry) -> dict[str, object]:
    event = entry.event
    kind = "unplanned" if entry.release is Release.UNPLANNED_BASELINE else str(entry.release)
    return {
        "x": 16 + index % _COLUMNS * _WIDTH,
        "y": 64 + index // _COLUMNS * (_HEIGHT + 12),
        "kind": kind,
        "open": entry.certainty is not Certainty.ACTUAL,
        "month": f"{entry.day:%B}",
        "day": _ordinal(entry.day),
        "word": _WORDS[entry.release],
        "effect": "restart" if entry.restarts else "no restart",
        "state": "unplanned" if kind == "unplanned" else "" if event else str(entry.certainty),
        "kb": event.kb if event else "",
        "build": event.build if event else "",
    }


def _ordinal(day: date) -> str:
    return f"Tuesday {day.day}"


def _line(entry: CalendarEntry) -> str:
    kb = entry.event.kb if entry.event else ""
    return f"{entry.day} {kb}: {entry.meaning}"


@cache
def _template() -> Template:
    loader = PackageLoader("azure_hotpatch.templates", "")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("calendar_year.svg.j2")
