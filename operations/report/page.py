"""The report as one self-contained HTML page: no script, no font, no picture from elsewhere."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from statistics import median

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.report import charts
from azure_hotpatch.operations.report.facts import FleetReport, Row
from azure_hotpatch.operations.report.findings import waived
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.report import image_of
from azure_hotpatch.operations.status.track import Standing

MOST_ROWS = 300  # of a table; a longer one is for the CSV file
_BUCKETS = ((0, "0 days"), (7, "1 to 7"), (14, "8 to 14"), (30, "15 to 30"), (10**6, "more than 30"))


def page_of(report: FleetReport) -> str:
    """The page, whole. The same facts give the same bytes."""
    behind = sorted(_behind(report.rows), key=lambda row: (-(row.open_days or 0), row.name))
    return _template().render(
        report=report,
        today=report.at.date(),
        tiles=_tiles(report),
        behind=behind[:MOST_ROWS],
        behind_left_out=len(behind[MOST_ROWS:]),
        unknown=[row for row in report.rows if row.status.track.standing is Standing.UNKNOWN][:MOST_ROWS],
        past=charts.past_chart(report),
        coming=charts.coming_chart(report),
        exposure=_exposure(report.rows),
        groups=_groups(report.rows),
        rows=report.rows[:MOST_ROWS],
        rows_left_out=len(report.rows[MOST_ROWS:]),
        waivers=waived(report.findings or ()),
        image_of=image_of,
        remedy_of=_remedy,
    )


def _behind(rows: Iterable[Row]) -> Iterable[Row]:
    """The machines that lack something of their track, or have left it."""
    return (row for row in rows if row.status.track.standing is Standing.BEHIND or row.status.track.returns)


def _remedy(row: Row) -> str:
    """What to do first: where nobody installs updates, waiting for them is no advice."""
    remedies = {one.cause: one.remedy for one in row.status.findings}
    return remedies.get(Cause.NOBODY_PATCHES) or next(iter(remedies.values()), "")


def _tiles(report: FleetReport) -> list[tuple[str, str, str]]:
    """What stands at the top: a number, what it counts, and what it has to be read with."""
    known = [row.past.exposed_days for row in report.rows if row.past.exposed_days is not None]
    foreseen = [row.forecast for row in report.rows if row.forecast]
    days = {one.released for each in foreseen for one in each.restarts if one.certain}
    following = min((day for day in days if day >= report.at.date()), default=None)
    due = sum(1 for each in foreseen if each.machine.due and each.restarts)
    behind, twins = len(list(_behind(report.rows))), report.restarts + report.avoided
    return [
        (str(len(report.rows)), "machines", f"{report.standing(Standing.CURRENT)} have the newest of their track"),
        (str(behind), "behind or off their track", f"{report.standing(Standing.UNKNOWN)} not known"),
        (str(report.avoided), "restarts avoided", f"{report.restarts} happened, {twins} without hotpatch"),
        (f"{median(known):g}" if known else "-", "exposed days, median", f"of the {len(known)} machines that tell"),
        (
            f"{following:%d %b %Y}" if following else "-",
            "next planned restart",
            f"the day of the release; due on {counted(due, 'machine')} already" if due else "the day of the release",
        ),
    ]


def _exposure(rows: Sequence[Row]) -> list[tuple[str, int, float]]:
    """How many machines were exposed for how long, with the width of a bar in hundredths of the widest."""
    known = [row.past.exposed_days for row in rows if row.past.exposed_days is not None]
    counts = Counter(next(name for most, name in _BUCKETS if days <= most) for days in known)
    widest = max(counts.values(), default=1)
    return [(name, counts[name], round(100 * counts[name] / widest, 1)) for _, name in _BUCKETS]


def _groups(rows: Iterable[Row]) -> list[tuple[str, str, str, int]]:
    """How many machines there are of each image, patcher and track."""
    counts = Counter(
        (image_of(row.status.machine), str(row.status.patcher), str(row.status.track.name)) for row in rows
    )
    return [(*kind, count) for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


@cache
def _template() -> Template:
    loader = PackageLoader("azure_hotpatch.templates", "")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report_page.html.j2")
