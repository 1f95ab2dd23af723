"""What a rule is: data, one question, and the context in which it is asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from azure_hotpatch.finding import Finding
from azure_hotpatch.images import CATALOGUE_2022, Catalogue
from azure_hotpatch.record import Kind, Record


class Severity(StrEnum):
    """How bad a violation is; the pack's default enforcement follows from it (error: mandatory, else advisory)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Scope(StrEnum):
    """Which machines the image and patch rules judge."""

    WINDOWS = "windows"  # Windows machines, and those whose operating system cannot be told
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule needs besides the record. The domain has no clock: `today` is given."""

    today: date
    catalogue: Catalogue = CATALOGUE_2022
    scope: Scope = Scope.WINDOWS


RecordCheck = Callable[[Record, Context], Iterator[Finding]]
FleetCheck = Callable[[Sequence[Record], Context], Iterator[tuple[Record, Finding]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, whole. `check` judges one record; `check_fleet` judges records that refer to each other.

    `kinds` are the records that `check` is asked about. Ids are never reused.
    """

    id: str  # "HP001"
    name: str  # states what should be so: "image-is-hotpatchable"
    summary: str
    remedy: str
    severity: Severity = Severity.ERROR
    kinds: frozenset[Kind] = field(default_factory=frozenset)
    check: RecordCheck | None = None
    check_fleet: FleetCheck | None = None
