"""What a forecast needs to know of a machine: who installs updates, when, and on which track."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.patching import RebootSetting
from azure_hotpatch.domain.settings import Schedule


class Patcher(StrEnum):
    """Who installs a machine's updates, and so decides when it restarts."""

    AZURE = "Azure"  # in off-peak hours, whose hours are not published, within 30 days
    SCHEDULE = "schedule"
    GUEST = "Windows itself"  # at an hour of the day or the week
    PERSON = "a person"  # or a tool that is not known here
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class GuestTime:
    """When Windows installs by itself, in the machine's own time; `day` is empty for every day."""

    hour: int
    day: str = ""


@dataclass(frozen=True, slots=True)
class PatchedMachine:
    """A machine, or a scale set as one, and how it is patched."""

    name: str
    group: str
    generation: Generation
    patcher: Patcher
    hotpatch: bool
    location: str
    reboot_setting: RebootSetting = "IfRequired"
    zone: str | None = None
    schedule: Schedule | None = None
    guest_time: GuestTime | None = None
    off_track_until: date | None = None  # it gets cumulative updates until this day's baseline
    due: date | None = None  # of a release with a restart that is out and that it lacks
    stopped: str = ""  # the KB of a release that it lacks, where the waves of people leave it out because it is bad

    @property
    def patched_alike(self) -> object:
        """What two machines have in common whose restarts are foreseen alike."""
        own = (self.generation, self.patcher, self.hotpatch, self.location, self.reboot_setting)
        return (*own, id(self.schedule), self.guest_time, self.off_track_until, self.due)

    @property
    def never_restarts(self) -> bool:
        """Whether updates never restart it: they then wait for a person, or never come."""
        excluded = self.schedule is not None and self.schedule.exclude_kbs_requiring_reboot
        return self.patcher is Patcher.NOBODY or self.reboot_setting == "Never" or excluded
