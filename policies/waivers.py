"""Which findings somebody has accepted, for a reason, until a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from azure_hotpatch.domain.judging.record import Record


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that need not hold for the resources whose URN `urn` matches; `*` stands for any text, case counts not.

    A machine of an ARM template is matched as `Microsoft.Compute/virtualMachines::name`, in a file as in the pack; one
    of a program's deployment also by the URN of the deployment, alone (all that it holds) or before that.
    The waiver holds on the day `expires` and no longer.
    """

    urn: str
    rule: str  # an id: "HP004"
    owner: str
    reason: str
    expires: date

    def covers(self, record: Record, rule: str) -> bool:
        """Whether it is for this rule and resource, expired or not."""
        return self.rule == rule and any(_matches(self.urn, name) for name in identities(record))

    def holds(self, today: date) -> bool:
        return today <= self.expires

    def __str__(self) -> str:
        return f"{self.owner}, until {self.expires}: {self.reason}"


def identities(record: Record) -> Iterator[str]:
    """What a waiver's pattern is compared with."""
    own = f"{record.arm_type or record.type}::{record.name}"
    if record.urn:
        yield record.urn
    if record.origin or not record.urn:
        yield own
    if record.origin and record.urn:
        yield f"{record.urn}::{own}"


def waiver_for(waivers: Sequence[Waiver], record: Record, rule: str) -> Waiver | None:
    """The waiver of a finding, expired or not; of several the one that lasts longest."""
    covering = (waiver for waiver in waivers if waiver.covers(record, rule))
    return max(covering, key=lambda waiver: waiver.expires, default=None)


def stale(waivers: Sequence[Waiver], used: Collection[Waiver], today: date) -> Iterator[str]:
    """What is wrong with the waivers themselves, a sentence each; `used` are those that covered a finding."""
    for waiver in waivers:
        named = f"the waiver of {waiver.rule} for {waiver.urn!r} ({waiver.owner})"
        if not waiver.holds(today):
            yield f"{named} expired on {waiver.expires}; renew it with a reason, or remove it"
        elif waiver not in used:
            yield f"{named} matches no finding; remove it, or correct its pattern"


def _matches(pattern: str, text: str) -> bool:
    """Whether a text has the parts between the stars one after the other: each is looked for once, from left to right.

    Not fnmatch: a resource's name may hold brackets.
    """
    first, *rest = pattern.lower().split("*")
    text = text.lower()
    if not rest:
        return first == text
    *middle, last = rest
    at, end = len(first), len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last) or at > end:
        return False
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
