"""An update of Windows Server: its day, track, number and build, and its effect on a machine."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum

# 10:00 in Redmond, which is 17:00 UTC in summer and 18:00 in winter; the emulator has one hour for both.
RELEASE_HOUR = time(17, tzinfo=UTC)


class UpdateKind(Enum):
    """The tracks: a baseline is on both, a hotpatch and a cumulative update of the same day are alternatives."""

    BASELINE = "baseline"
    HOTPATCH = "hotpatch"
    CUMULATIVE = "cumulative"
    OUT_OF_BAND = "out-of-band"  # restarts, and takes a machine off the hotpatch track
    OUT_OF_BAND_HOTPATCH = "out-of-band hotpatch"
    POWERSHELL = "powershell"  # beside the hotpatches, without a build of its own


RESTARTING = frozenset({UpdateKind.BASELINE, UpdateKind.CUMULATIVE, UpdateKind.OUT_OF_BAND})
HOTPATCHES = frozenset({UpdateKind.HOTPATCH, UpdateKind.OUT_OF_BAND_HOTPATCH})


@dataclass(frozen=True, slots=True)
class WindowsUpdate:
    """One update of one server generation; `server` is 2022, 2025, or "" for every older one."""

    day: date
    server: str
    kind: UpdateKind
    kb: str
    build: str = ""  # 20348.3091; "" where there is none, or none is known
    classification: str = "Security"
    recorded: bool = True  # False: planned, its number and build are made up
    offered_to_hotpatch_until: date | None = None  # a restarting update that hotpatch machines were offered by mistake

    @property
    def published(self) -> datetime:
        return datetime.combine(self.day, RELEASE_HOUR)

    @property
    def order(self) -> tuple[date, int]:
        """What is newer: by day, and by revision within a day."""
        return self.day, revision(self.build)

    @property
    def restarts(self) -> bool:
        return self.kind in RESTARTING

    @property
    def name(self) -> str:
        """The title that Windows Update shows."""
        product = f"Windows Server {self.server}" if self.server else "Windows Server"
        month = f"{self.day:%Y-%m}"
        if self.kind in HOTPATCHES:
            return f"{month} Hotpatch for {product} Datacenter: Azure Edition ({self.kb})"
        if self.kind is UpdateKind.POWERSHELL:
            return f"{month} Security Update for Windows PowerShell on {product} ({self.kb})"
        return f"{month} Cumulative Update for {product} for x64-based Systems ({self.kb})"


def revision(build: str) -> int:
    return int(build.rpartition(".")[2] or 0)
