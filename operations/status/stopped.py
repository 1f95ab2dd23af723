"""Updates that are stopped because they are bad, as the waves of a store leave them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.operations.machine import Machine

# Of an assessment: whatever is not installed.
_OFFERED = {"", "available", "pending", "failed", "notselected", "excluded"}


@dataclass(frozen=True, slots=True)
class StoppedUpdate:
    """A stop that is in force. KB numbers are digits; without `expires` it holds until it is lifted."""

    kb: str
    since: datetime
    reason: str
    fixes: tuple[str, ...] = ()
    expires: datetime | None = None

    def __str__(self) -> str:
        until = f"until {self.expires:%Y-%m-%d %H:%M} UTC" if self.expires else "until it is lifted"
        return f"KB{self.kb} is stopped since {self.since:%Y-%m-%d}, {until}: {self.reason}"


def pending(machine: Machine, stops: Iterable[StoppedUpdate]) -> list[StoppedUpdate]:
    """The stopped updates that a machine was offered by its last assessment."""
    found = machine.assessment
    offered = {patch.kb for patch in (found.patches if found else None) or () if as_word(patch.state) in _OFFERED}
    return [stop for stop in stops if stop.kb in offered]
