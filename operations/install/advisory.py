"""Advice on a bad update: since when it is bad, what fixes it, and what excluding it costs."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import AwareDatetime, Field

from azure_hotpatch.domain.azure.calendar import Calendar, PatchEvent
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.install.model import Model
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.text import Kb

# Of the signatures: one that was made for something else does not count, and who may stop need not be let lift.
NAMESPACE = "hotpatch-stop"
LIFT_NAMESPACE = "hotpatch-lift"


class Advisory(Model):
    """A stop file. `fixes` are updates that repair what the bad one broke, installed over it.

    At `expires` the stop ends by itself; without it, it holds until it is lifted.
    """

    kb: Kb
    bad_since: AwareDatetime
    reason: str = Field(min_length=1, max_length=1000)
    fixes: tuple[Kb, ...] = ()
    expires: AwareDatetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.expires is None or now < self.expires


class Lift(Model):
    """A file that takes a stop back. `superseded_by` is the update that is installed in place of the bad one."""

    kb: Kb
    lifted_since: AwareDatetime
    reason: str = Field(min_length=1, max_length=1000)
    superseded_by: Kb | None = None


def why_not_lifted(lift: Lift, stop: Advisory | None, now: datetime) -> str | None:
    """Why a stop is not lifted by this file, or None.

    It must be younger than the stop: an old file, used again, would lift what was stopped anew since.
    """
    if stop is None:
        return f"KB{lift.kb} is not stopped in this store, or no longer"
    if lift.lifted_since <= stop.bad_since:
        return (
            f"liftedSince: {lift.lifted_since:%Y-%m-%d %H:%M} UTC is not after badSince of the stop, "
            f"{stop.bad_since:%Y-%m-%d %H:%M} UTC: have a file signed that lifts this stop"
        )
    if lift.lifted_since > now:
        return f"liftedSince: {lift.lifted_since:%Y-%m-%d %H:%M} UTC is still to come: lift it then"
    return None


def order_with(order: Order, advisories: Sequence[Advisory]) -> Order:
    """The order without the bad updates, with their fixes where the bad update would have been installed."""
    if not advisories:
        return order
    bad = tuple(one.kb for one in advisories)
    return order.without(bad, tuple(fix for one in advisories for fix in one.fixes if fix not in bad))


def advice(advisory: Advisory, machines: int, today: date, calendar: Calendar) -> list[str]:
    """What to do, and what protection is lost meanwhile; `machines` is how many of the stopped waves were to get it."""
    lines = [
        f"KB{advisory.kb} is bad since {advisory.bad_since:%Y-%m-%d %H:%M} UTC: {advisory.reason}",
        f"It is excluded from now on; the stopped waves had it planned for {counted(machines, 'machine')}.",
    ]
    kb = f"KB{advisory.kb}"
    event = next((one for one in calendar.events if kb in (one.kb, one.cumulative_kb)), None)
    lines.append(_lost(event, today))
    if advisory.fixes:
        fixes = ", ".join(f"KB{fix}" for fix in advisory.fixes)
        lines.append(
            f"Install {fixes} instead, on machines that carry it too: updates are cumulative, and nothing need be "
            "uninstalled first. `hotpatch wave resume` installs it where Azure offers it."
        )
    else:
        lines.append(
            "No fix is named. Uninstall it only where it does harm: what it protects from is lost then as well."
        )
    return [*lines, *(_restarts(event, kb) if event else ())]


def _restarts(event: PatchEvent, kb: str) -> list[str]:
    """Which machines the bad update restarts, and what else those that lack it do not get."""
    server = f"Windows Server {event.generation}"
    if event.release.is_monthly and event.release.restarts:
        return [
            f"{kb} restarts every machine with {server} that installs it: it is a baseline, and without it a machine "
            "gets none of the hotpatches that are built on it."
        ]
    if event.release.restarts or kb == event.cumulative_kb:
        return [
            f"{kb} restarts every machine with {server} that installs it, and takes one on the hotpatch track off it "
            "until the next baseline."
        ]
    return []


def _lost(event: PatchEvent | None, today: date) -> str:
    if event is None:
        return "Which fixes are lost with it is in no record of ours: read the update's page."
    ago = counted((today - event.day).days, "day")
    return (
        f"Without it a machine lacks the security fixes of {event.day:%B %Y} (published {event.day}, {ago} ago, "
        f"Windows Server {event.generation}, {event.release}), until a later update brings them."
    )
