"""The positions of a chart's marks, in the units of its picture; the template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from azure_hotpatch.operations.report.facts import FleetReport

HEIGHT, WIDTH = 132, 624  # of the part that the columns fill, and of the whole
_LEFT, _TOP = 40, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of a group; `kind` is the class by which it is drawn, and never the only thing that tells it apart."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    value: int


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one month, and the label below them."""

    label: str
    middle: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Groups of columns beside an axis with `ticks`, [(y, value)]."""

    groups: tuple[Group, ...]
    ticks: tuple[tuple[float, int], ...]
    base: float
    width: int = WIDTH


def past_chart(report: FleetReport) -> Chart:
    """Restarts by month, of the fleet and of its twins."""
    return _chart([(one.first, (("own", one.restarts), ("twin", one.twins))) for one in report.months])


def coming_chart(report: FleetReport) -> Chart:
    """The restarts that are planned, that are possible, and those of the twins."""
    return _chart(
        [(one.first, (("own", one.planned), ("possible", one.possible), ("twin", one.twins))) for one in report.coming]
    )


def _chart(months: Sequence[tuple[date, tuple[tuple[str, int], ...]]]) -> Chart:
    top = _rounded(max((value for _, values in months for _, value in values), default=0))
    step = (WIDTH - _LEFT) / max(len(months), 1)
    groups = tuple(_group(number, month, values, step, top) for number, (month, values) in enumerate(months))
    ticks = tuple((_y(value, top), value) for value in sorted({0, top // 2, top}))
    return Chart(groups, ticks, _y(0, top))


def _group(number: int, month: date, values: tuple[tuple[str, int], ...], step: float, top: int) -> Group:
    left, width = _LEFT + number * step, (step - 8) / len(values)
    bars = tuple(
        Bar(kind, round(left + 4 + place * width, 1), _y(value, top), round(width - 1, 1), _tall(value, top), value)
        for place, (kind, value) in enumerate(values)
    )
    return Group(f"{month:%b} {month:%y}", round(left + step / 2, 1), bars)


def _tall(value: int, top: int) -> float:
    return round(HEIGHT * value / top, 1) if top else 0.0


def _y(value: int, top: int) -> float:
    return round(_TOP + HEIGHT - _tall(value, top), 1)


def _rounded(value: int) -> int:
    """The next even number that is easy to read: 2, 4, 10, 20, 40, 100 …"""
    scale = 1
    while value > 10 * scale:
        scale *= 10
    return next((step * scale for step in (2, 4, 6, 8, 10) if value <= step * scale), 10 * scale) if value else 0
