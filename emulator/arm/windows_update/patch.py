"""An update as Azure's patch operations describe it: its number, classification and reboot behaviour."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.releases import HOTPATCHES, RELEASE_HOUR, UpdateKind, WindowsUpdate

NEVER, ALWAYS, PERHAPS = "NeverReboots", "AlwaysRequiresReboot", "CanRequestReboot"
SECURITY = ("Critical", "Security")
# How long an update takes is published nowhere; these are the order of magnitude, and a restart takes five minutes.
_MINUTES = {**dict.fromkeys(HOTPATCHES, 3), UpdateKind.POWERSHELL: 2}
_CUMULATIVE_MINUTES = 10


@dataclass(frozen=True, slots=True, eq=False)
class OfferedPatch:
    """An update as an assessment lists it. `release` is set for an update of the system itself.

    Thousands of machines are offered the same patches: there is one object of each, and it is equal to itself alone.
    """

    kb: str  # KB5049983; "" for a driver
    name: str
    classification: str
    reboot: str
    published: date
    minutes: int
    release: WindowsUpdate | None = None

    @property
    def number(self) -> str:
        """The KB number without its letters, as Azure's answers have it."""
        return self.kb.removeprefix("KB")

    @property
    def published_at(self) -> datetime:
        return datetime.combine(self.published, RELEASE_HOUR)


@cache
def of(release: WindowsUpdate) -> OfferedPatch:
    """The patch that a release is."""
    return OfferedPatch(
        release.kb,
        release.name,
        release.classification,
        ALWAYS if release.restarts else NEVER,
        release.day,
        _MINUTES.get(release.kind, _CUMULATIVE_MINUTES),
        release,
    )


@lru_cache(maxsize=4096)
def assessed(patch: OfferedPatch) -> Json:
    """A patch as assessPatches lists it; for reading alone."""
    published = stamp(patch.published_at)
    return {
        "patchId": identifier(patch),
        "name": patch.name,
        "version": "",
        "kbId": patch.number,
        "classifications": [patch.classification],
        "rebootBehavior": patch.reboot,
        "activityId": str(uuid.uuid5(uuid.NAMESPACE_OID, f"activity {identifier(patch)}")),
        "publishedDate": published,
        "lastModifiedDateTime": published,
        "assessmentState": "Available",
    }


@lru_cache(maxsize=32768)
def installed(patch: OfferedPatch, state: str) -> Json:
    """A patch as installPatches lists it, with what became of it; for reading alone."""
    return {
        "patchId": identifier(patch),
        "name": patch.name,
        "version": "",
        "kbId": patch.number,
        "classifications": [patch.classification],
        "installationState": state,
    }


def identifier(patch: OfferedPatch) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{patch.name} {patch.published}"))
