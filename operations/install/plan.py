"""A plan: what would be installed on which machine, what would restart, and when each begins and ends."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from azure_hotpatch.operations.install.buckets import Limit, bucket_of, partition_of
from azure_hotpatch.operations.install.model import Model
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.take_back import TakeBack
from azure_hotpatch.operations.install.wave_settings import WaveSettings

ALL = "all"
VERSION: Literal[1] = 1
Restart = Literal["no", "yes", "may", "unknown"]


class PlannedPatch(Model):
    """An update that a machine was offered when it was assessed and that the order takes."""

    kb: str
    name: str
    restart: Restart


class PlannedMachine(Model):
    """One machine of a plan. `patches` is None where the machine's assessment was not read: Azure decides then."""

    id: str
    name: str
    group: str
    subscription: str
    location: str
    ring: str
    zone: str | None = None
    availability_set: str | None = None
    pair: tuple[str, ...] = ()  # the pairs that it belongs to
    last_activity: str | None = None  # the installation that was its last when the plan was made
    patches: tuple[PlannedPatch, ...] | None = None
    restart: Restart = "unknown"
    begins: AwareDatetime
    ends: AwareDatetime  # an estimate: how long an update takes is published nowhere
    take_back: TakeBack | None = None  # a roll back's part; else the plan's order is carried out

    @property
    def partition(self) -> str:
        """The subscription and region whose bucket its requests are charged to."""
        return partition_of(self.subscription, self.location)

    @property
    def bucket(self) -> tuple[str, Limit]:
        """The bucket that it draws from once, by name."""
        return bucket_of(self.subscription, self.location, self.take_back)


class Skipped(Model):
    """A selected machine that is left as it is."""

    id: str
    name: str
    reason: str


class Plan(Model):
    """A plan file. Times have a time zone."""

    version: Literal[1] = VERSION
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")
    made: AwareDatetime
    order: Order
    settings: WaveSettings
    rings: tuple[str, ...]
    machines: tuple[PlannedMachine, ...]
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    selection: str = Field("", max_length=1000)  # what was asked for; ALL where nothing narrowed it
    change: str = Field("", max_length=200)  # a change reference, carried to the record
    note: str = Field("", max_length=1000)

    def ring(self, name: str) -> tuple[PlannedMachine, ...]:
        return tuple(machine for machine in self.machines if machine.ring == name)

    @property
    def takes_back(self) -> bool:
        return any(machine.take_back for machine in self.machines)

    @property
    def begins(self) -> datetime | None:
        return min((machine.begins for machine in self.machines), default=None)

    @property
    def ends(self) -> datetime | None:
        return max((machine.ends for machine in self.machines), default=None)


def why_not_usable(plan: Plan, now: datetime, oldest_hours: int = 48) -> str | None:
    """Why a saved plan should no longer be carried out, or None."""
    if not plan.machines:
        return "the plan has no machine to install on"
    if plan.made > now:
        return f"the plan was made at {plan.made:%Y-%m-%d %H:%M} UTC, which is in the future"
    if (now - plan.made).total_seconds() > oldest_hours * 3600:
        return f"the plan is from {plan.made:%Y-%m-%d %H:%M} UTC, more than {oldest_hours} hours ago: plan again"
    unknown = sorted({machine.ring for machine in plan.machines} - set(plan.rings))
    return f"the plan has machines in the ring {unknown[0]!r}, which is not one of its rings" if unknown else None
