"""What a rule is: data, one check, and the context of the check."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE, Catalogue
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.modes import NOTHING_DECLARED, DeclaredModes
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record, Unknown
from azure_hotpatch.domain.printable import SECRET


class Severity(StrEnum):
    """How bad a violation is; the pack's default enforcement follows from it (error: mandatory, else advisory)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class MachineScope(StrEnum):
    """Which machines the image and patch rules judge."""

    WINDOWS = "windows"  # Windows machines, and those whose operating system is unknown
    ALL = "all"


class Audience(StrEnum):
    """Which machines a rule checks; records that are not machines are always checked."""

    EVERY = "every"
    WINDOWS = "windows"  # those in the scope of the stack
    CONFIGURED = "configured"  # of those, the ones that have an osProfile to state


class Requirement(StrEnum):
    """Whether the property that a rule requires can still be changed on an existing machine."""

    FIXED = "fixed"  # when the machine is made: image, disk, mode of a set, agent
    CHANGEABLE = "changeable"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule needs besides the record. The domain has no clock: `today` is given."""

    today: date
    catalogue: Catalogue = DEFAULT_CATALOGUE
    scope: MachineScope = MachineScope.WINDOWS
    calendar: Calendar = CALENDAR
    images: tuple[Record, ...] = ()  # that the program makes itself
    initiatives: tuple[Record, ...] = ()  # that the program defines itself
    modes: DeclaredModes = NOTHING_DECLARED
    schedules_seen: bool = True  # whether a machine to which no schedule is attached here has none


RecordCheck = Callable[[Record, Context], Iterator[Finding]]
LinksCheck = Callable[[Record, Links, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, whole. `check` judges a record by itself; `check_links` judges it beside the records it refers to.

    `kinds` and `audience` are the records that it checks. Ids are never reused.
    """

    id: str  # "HP001"
    name: str  # states what should be so: "image-is-hotpatchable"
    summary: str
    remedy: str
    severity: Severity = Severity.ERROR
    kinds: frozenset[Kind] = MACHINES
    audience: Audience = Audience.CONFIGURED
    hotpatch_requires: Requirement | None = None  # None where hotpatch works without it
    check: RecordCheck | None = None
    check_links: LinksCheck | None = None

    @property
    def page(self) -> str:
        return f"docs/rules/{self.id}.md"

    def violation(
        self,
        record: Record,
        path: str,
        message: str,
        allowed: str = "",
        found: str | None = None,
        remedy: str = "",
    ) -> Finding:
        """A finding on `path` of `record`, without any secret value.

        `remedy` is what to do about this very value, where the rule's own says less.
        """
        secret = record.shown(path) == SECRET or record.reveals(message)
        shown = record.shown(path) if found is None or secret else found
        return Finding(
            rule=self.id,
            path=path,
            message=self.summary if secret else message,
            found=SECRET if record.reveals(shown) else shown,
            allowed=allowed,
            remedy=self.remedy if secret or not remedy else remedy,
        )

    def unverifiable(self, path: str, why: str, remedy: str = "") -> Finding:
        return Finding(
            rule=self.id,
            path=path,
            message=f"{self.name} could not be verified: {why}",
            remedy=remedy or "Give the value as a literal, or judge the deployed state with `hotpatch check`.",
            verdict=Verdict.UNVERIFIABLE,
        )

    def unknowns(self, record: Record, paths: Iterable[str]) -> Iterator[Finding]:
        """One unverifiable finding for each of `paths` whose value is not known."""
        for path in paths:
            value = record.peek(path)
            if isinstance(value, Unknown):
                yield self.unverifiable(record.where(path), f"the value is {value.why}")
