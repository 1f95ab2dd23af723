"""What a rule reports about a record: a violation, or that a value it needs is unknown."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The answers that are reported; a record that is fine, or that a rule does not concern, gives none."""

    VIOLATION = "violation"
    UNVERIFIABLE = "unverifiable"  # the value is not known, or cannot be read
    CRASHED = "crashed"  # the rule itself failed, which counts as a violation


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one rule on one path of one record.

    `path` is as `Record.read` takes it. `found` is safe to print. `allowed` and `remedy` are sentences for people.
    """

    rule: str  # the rule's id
    path: str
    message: str  # what is wrong, in one sentence
    found: str = ""
    allowed: str = ""
    remedy: str = ""
    verdict: Verdict = Verdict.VIOLATION
