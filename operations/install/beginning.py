"""Decide whether a machine may be started now, from its instance view and the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Next(Enum):
    """What to do with a machine."""

    START = "start"
    WAIT = "wait"  # an installation is under way: nothing is started, its end is waited for
    DONE = "done"  # something was installed on it since the plan was made: nothing is started
    REFUSE = "refuse"
    LOOK_AGAIN = "look again"  # a request of ours may not show yet
    LOST = "lost"  # a request of ours left, has no answer and does not show: it may come yet, and is not repeated


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step for a machine, and the reason."""

    next: Next
    reason: str = ""
    summary: Mapping[str, Any] | None = None


def next_step(
    power: str | None,
    last: Mapping[str, Any] | None,
    known: str | None,
    since_attempt: float | None,
    settle: float,
    *,
    is_lost: bool = False,
) -> NextStep:
    """What to do with a machine.

    `last` is its lastPatchInstallationSummary, `known` the id of the one that the plan saw; ids are compared and not
    times, as clocks differ. `since_attempt` is how many seconds ago we sent a request whose answer we do not have, and
    `settle` how long such a one may take to show. `is_lost` says that it has left for certain: of one whose sender was
    killed that is not known, and it is sent again.
    """
    if last and last.get("status") == "InProgress":
        return NextStep(Next.WAIT, "an installation is under way", last)
    if last and last.get("installationActivityId") != known:
        return NextStep(Next.DONE, "", last)
    if since_attempt is not None and since_attempt < settle:
        return NextStep(Next.LOOK_AGAIN)
    if is_lost:
        return NextStep(Next.LOST)
    if power not in (None, "running"):
        return NextStep(Next.REFUSE, f"it is {power}: start it, and plan again")
    return NextStep(Next.START)
