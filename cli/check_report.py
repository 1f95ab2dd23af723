"""The report of a check: every finding with its location and outcome, and the exit code."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from azure_hotpatch.cli.documents import Document, Located
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.domain.judging.adoption import Adoptable
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Record, arm_path
from azure_hotpatch.domain.judging.rule import Rule
from azure_hotpatch.policies.spelling import Language, language_of_file, own_path
from azure_hotpatch.policies.verdict import Ruling, set_by

CLEAN, VIOLATIONS, UNVERIFIED = 0, 1, 2


class FindingOutcome(StrEnum):
    """What a finding counts as, by the configuration."""

    VIOLATION = "violation"  # mandatory: the check fails
    UNVERIFIED = "unverified"  # the value is unknown
    ADVICE = "advice"  # advisory: reported only
    WAIVED = "waived"  # accepted, for a reason, until a day


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One finding with its location and outcome."""

    document: Document
    located: Located
    ruling: Ruling
    outcome: FindingOutcome

    @property
    def record(self) -> Record:
        return self.ruling.record

    @property
    def rule(self) -> Rule:
        return self.ruling.rule

    @property
    def finding(self) -> Finding:
        return self.ruling.finding

    @property
    def waiver(self) -> str:
        """Who accepted the finding, until when and why; empty if nobody did, or if the waiver has expired."""
        return str(self.ruling.waiver) if self.outcome is FindingOutcome.WAIVED else ""

    @property
    def set_by(self) -> str:
        """The parameters of a template that set the value, in words; empty where there are none."""
        return set_by(self.ruling)

    @property
    def arm(self) -> str:
        """The property as an ARM body has it, empty where the finding is about the whole resource."""
        path = self.finding.path
        return arm_path(path) if path and path != self.record.origin else path

    @property
    def own(self) -> str:
        """The property as the source has it, in its language's names for a program; empty where that is ARM's way."""
        position = self.located.position
        language = language_of_file(position.file) if position else Language.CAMEL
        own = own_path(self.record, self.finding.path, language) if self.finding.path else ""
        return "" if own == self.arm else own


@dataclass(frozen=True, slots=True)
class Prospect:
    """A machine that exists, and whether it can become hotpatchable."""

    document: Document
    located: Located
    answer: Adoptable


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A check of one or more files. `notes` are about the check itself: a waiver that has expired, half a preview."""

    documents: Sequence[Document]
    entries: Sequence[ReportEntry]
    notes: Sequence[str] = ()
    prospects: Sequence[Prospect] = ()
    source_root: str = ""  # the project's folder, which the program's lines are seen from

    @property
    def exit_code(self) -> int:
        """0 clean, 1 violations, 2 could not verify; violations take precedence."""
        counts = self.counts
        if counts[FindingOutcome.VIOLATION]:
            return VIOLATIONS
        incomplete = any(document.incomplete for document in self.documents)
        return UNVERIFIED if counts[FindingOutcome.UNVERIFIED] or incomplete else CLEAN

    @property
    def counts(self) -> Counter[FindingOutcome]:
        return Counter(entry.outcome for entry in self.entries)

    @property
    def judged(self) -> int:
        """How many resources were judged."""
        return sum(len(document.located) for document in self.documents)

    @property
    def summary(self) -> str:
        """One line: `2 violations, 1 unverified, 0 advice, 0 waived in 12 resources`."""
        counts = self.counts
        violations = counted(counts[FindingOutcome.VIOLATION], "violation")
        others = f"{counts[FindingOutcome.UNVERIFIED]} unverified, {counts[FindingOutcome.ADVICE]} advice"
        waived = f"{counts[FindingOutcome.WAIVED]} waived in {counted(self.judged, 'resource')}"
        return f"{violations}, {others}, {waived}"
