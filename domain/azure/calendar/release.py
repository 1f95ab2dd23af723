"""One recorded release of updates to hotpatch machines: its day, generation of Windows Server and kind."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from azure_hotpatch.domain.azure.server_generations import SERVER_GENERATIONS, Generation

# The first number of a build, and of a platform image's version.
BUILDS: dict[Generation, int] = {generation.year: generation.build for generation in SERVER_GENERATIONS}


class Release(StrEnum):
    """The kind of a release, by what it does to a machine on the hotpatch track."""

    BASELINE = "baseline"
    UNPLANNED_BASELINE = "unplanned baseline"  # in the place of a hotpatch
    HOTPATCH = "hotpatch"
    OUT_OF_BAND = "out-of-band update"  # between two months; restarts, and takes a machine off the hotpatch track
    OUT_OF_BAND_HOTPATCH = "out-of-band hotpatch"  # between two months, without a restart

    @property
    def restarts(self) -> bool:
        return self not in (Release.HOTPATCH, Release.OUT_OF_BAND_HOTPATCH)

    @property
    def is_baseline(self) -> bool:
        return self in (Release.BASELINE, Release.UNPLANNED_BASELINE)

    @property
    def is_monthly(self) -> bool:
        """Whether it is the release of a month's second Tuesday."""
        return self not in (Release.OUT_OF_BAND, Release.OUT_OF_BAND_HOTPATCH)


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Where a record was read, and when: such pages change."""

    title: str
    read: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class PatchEvent:
    """One release. `revision` is the second number of the build ("20348.2227": 2227), None where it is not known.

    A month of a hotpatch has a second update with another KB and build, the cumulative one for machines that are not
    on the hotpatch track. A baseline is the cumulative update itself.
    """

    day: date  # the month's second Tuesday where `day_known` is False
    generation: Generation
    release: Release
    source: ReleaseSource
    revision: int | None = None
    kb: str = ""
    note: str = ""
    cumulative_revision: int | None = None
    cumulative_kb: str = ""
    day_known: bool = True

    @property
    def build(self) -> str:
        """ "20348.2227", or an empty string where the revision is not known."""
        return self._build(self.revision)

    @property
    def cumulative_build(self) -> str:
        """The build of the cumulative update of the same day, or an empty string where it is not known."""
        return self._build(self.cumulative_revision)

    def _build(self, revision: int | None) -> str:
        return f"{BUILDS[self.generation]}.{revision}" if revision is not None else ""
