"""The facts of a report as data, from which its page, CSV and JUnit are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from azure_hotpatch.operations.foresee.forecast import Forecast
from azure_hotpatch.operations.foresee.releases import CalendarEntry
from azure_hotpatch.operations.status.status import Status


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a machine's installations. `since` is the first of them, None where none is known."""

    since: date | None
    restarts: tuple[date, ...]
    avoided: tuple[date, ...]  # hotpatches without a restart; the twin restarts with the cumulative update of that day
    exposed_days: (
        int | None
    )  # on which a monthly security update was out and not installed; None where the installations do not tell
    longest: int | None  # days from one release to its installation


@dataclass(frozen=True, slots=True)
class Row:
    """One machine: its status, its past, and what is foreseen for it.

    `open_days` is for how long it has lacked what it is behind by; None where it lacks nothing that is recorded.
    """

    status: Status
    past: Past
    forecast: Forecast | None
    open_days: int | None

    @property
    def name(self) -> str:
        return self.status.machine.name


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """One finding of `hotpatch check`. `expires` is that of its waiver, None where it has none."""

    rule: str
    outcome: str  # violation, unverified, advice, waived
    resource: str
    message: str
    remedy: str
    waiver: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the fleet's year: restarts that happened, and those of the twins without hotpatch."""

    first: date
    restarts: int
    twins: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A month to come: how many machines restart, and how many may because of an unplanned baseline."""

    first: date
    planned: int
    possible: int
    twins: int


@dataclass(frozen=True, slots=True)
class FleetReport:
    """The report, whole. `findings` is None where no check was given."""

    title: str
    at: datetime
    rows: tuple[Row, ...]
    months: tuple[Month, ...]
    coming: tuple[Coming, ...]
    releases: tuple[CalendarEntry, ...]
    findings: tuple[PolicyFinding, ...] | None
    method: tuple[str, ...]

    @property
    def restarts(self) -> int:
        return sum(len(row.past.restarts) for row in self.rows)

    @property
    def avoided(self) -> int:
        return sum(len(row.past.avoided) for row in self.rows)

    @property
    def unknown_past(self) -> Sequence[str]:
        """The machines of which no installation is known."""
        return [row.name for row in self.rows if row.past.since is None]

    def standing(self, word: str) -> int:
        return sum(row.status.track.standing == word for row in self.rows)
