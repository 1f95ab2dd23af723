"""Waivers: findings that are accepted for a reason, until a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from azure_hotpatch.domain.judging.pattern import identities, matches
from azure_hotpatch.domain.judging.record import Record


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that need not hold for the resources whose URN `urn` matches; `*` matches any text; matching ignores
    letter case.

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
        return self.rule == rule and any(matches(self.urn, name) for name in identities(record))

    def holds(self, today: date) -> bool:
        return today <= self.expires

    def __str__(self) -> str:
        return f"{self.owner}, until {self.expires}: {self.reason}"


def waiver_for(waivers: Sequence[Waiver], record: Record, rule: str) -> Waiver | None:
    """The waiver of a finding, expired or not; of several the one that lasts longest."""
    covering = (waiver for waiver in waivers if waiver.covers(record, rule))
    return max(covering, key=lambda waiver: waiver.expires, default=None)


def stale(waivers: Sequence[Waiver], used: Collection[Waiver], today: date) -> Iterator[str]:
    """The problems of the waivers themselves, a sentence each; `used` are those that covered a finding."""
    for waiver in waivers:
        named = f"the waiver of {waiver.rule} for {waiver.urn!r} ({waiver.owner})"
        if not waiver.holds(today):
            yield f"{named} expired on {waiver.expires}; renew it with a reason, or remove it"
        elif waiver not in used:
            yield f"{named} matches no finding; remove it, or correct its pattern"
