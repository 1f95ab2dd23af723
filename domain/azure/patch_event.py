"""What is recorded of one release of updates to hotpatch machines: when, for which Windows Server, and what it was."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Generation = Literal["2022", "2025"]
# The first number of a build, and of a platform image's version.
BUILDS: dict[Generation, int] = {"2022": 20348, "2025": 26100}


class Release(StrEnum):
    """What came out; all but a hotpatch restart the machine."""

    BASELINE = "baseline"
    UNPLANNED_BASELINE = "unplanned baseline"  # in the place of a hotpatch
    HOTPATCH = "hotpatch"
    OUT_OF_BAND = "out-of-band update"  # between two months, and off the hotpatch track

    @property
    def restarts(self) -> bool:
        return self is not Release.HOTPATCH

    @property
    def is_baseline(self) -> bool:
        return self in (Release.BASELINE, Release.UNPLANNED_BASELINE)


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Where a record was read, and when: such pages change."""

    title: str
    read: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class PatchEvent:
    """One release. `revision` is the second number of the build ("20348.2227": 2227), None where it is not known."""

    day: date
    generation: Generation
    release: Release
    source: ReleaseSource
    revision: int | None = None
    kb: str = ""
    note: str = ""

    @property
    def build(self) -> str:
        """ "20348.2227", or an empty text where the revision is not known."""
        return f"{BUILDS[self.generation]}.{self.revision}" if self.revision is not None else ""
