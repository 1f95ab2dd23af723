"""What a check found, whole: every finding with its place and its weight, and the exit code that follows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from azure_hotpatch.cli.documents import Document, Located
from azure_hotpatch.finding import Finding
from azure_hotpatch.record import Record, arm_path, python_path
from azure_hotpatch.rule import Rule

CLEAN, VIOLATIONS, UNVERIFIED = 0, 1, 2


class Outcome(StrEnum):
    """What a finding counts as, by the configuration."""

    VIOLATION = "violation"  # mandatory: the check fails
    UNVERIFIED = "unverified"  # nobody could tell
    ADVICE = "advice"  # advisory: said, and nothing more
    WAIVED = "waived"  # accepted by somebody, for a reason, until a day


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding, where it is, what it counts as, and the waiver's own words if it is waived."""

    document: Document
    located: Located
    finding: Finding
    rule: Rule
    outcome: Outcome
    waiver: str = ""

    @property
    def record(self) -> Record:
        return self.located.record

    @property
    def arm(self) -> str:
        """The property as an ARM body has it, empty where the finding is about the whole resource."""
        return arm_path(self.finding.path) if self.finding.path else ""

    @property
    def python(self) -> str:
        """The property as the program has it, empty where the resource is not a program's."""
        if not self.finding.path or not self.record.urn:
            return ""
        return python_path(self.record.spelling.get(self.finding.path, self.finding.path))


@dataclass(frozen=True, slots=True)
class Adoption:
    """Whether a machine that exists can become hotpatchable, and how."""

    located: Located
    way: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """A check of one or more files. `notes` are about the check itself: a waiver that has expired, half a preview."""

    documents: Sequence[Document]
    entries: Sequence[Entry]
    notes: Sequence[str] = ()
    adoptions: Sequence[Adoption] = ()

    @property
    def exit_code(self) -> int:
        """0 clean, 1 violations, 2 could not verify; a violation says more than a doubt."""
        counts = self.counts
        if counts[Outcome.VIOLATION]:
            return VIOLATIONS
        incomplete = any(document.incomplete for document in self.documents)
        return UNVERIFIED if counts[Outcome.UNVERIFIED] or incomplete else CLEAN

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(entry.outcome for entry in self.entries)

    @property
    def judged(self) -> int:
        """How many resources were judged."""
        return sum(len(document.located) for document in self.documents)

    @property
    def summary(self) -> str:
        """One line: `2 violations, 1 unverified, 0 advice, 0 waived in 12 resources`."""
        counts = self.counts
        plural = "s" * (counts[Outcome.VIOLATION] != 1)
        return (
            f"{counts[Outcome.VIOLATION]} violation{plural}, {counts[Outcome.UNVERIFIED]} unverified, "
            f"{counts[Outcome.ADVICE]} advice, {counts[Outcome.WAIVED]} waived "
            f"in {self.judged} resource{'s' * (self.judged != 1)}"
        )
