"""The updates that a machine has and those that wait for its restart, and its build; stored as hidden data."""

from datetime import date, datetime
from typing import Any

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.patch import OfferedPatch
from azure_hotpatch.emulator.arm.windows_update.releases import HOTPATCHES, UpdateKind, WindowsUpdate, revision

# hidden: "packages" [{kb, name, day, kind, build, on}] in order, "waiting" the same with "remove" for a removal,
# "rebootPending" for what requires a restart without being a package of the system.
_KEPT = 24  # older packages are superseded, and servicing cleans them up


class Packages:
    """The packages of one machine. `born` is the baseline of its image, which counts until anything is installed."""

    def __init__(self, machine: Resource, born: WindowsUpdate | None) -> None:
        self._machine = machine
        self._born = [_package(born.kb, born.name, born, born.day)] if born else []

    def of(self, machine: Resource) -> "Packages":
        """Those of another copy of the machine."""
        found = Packages(machine, None)
        found._born = self._born
        return found

    @property
    def installed(self) -> list[Json]:
        found: list[Json] = self._machine.hidden.get("packages", self._born)
        return found

    @property
    def waiting(self) -> list[Json]:
        found: list[Json] = self._machine.hidden.get("waiting", [])
        return found

    def has(self, patch: OfferedPatch) -> bool:
        """Whether a patch is installed or waits; the same number is released again each month, or each day."""
        return any(one["name"] == patch.name and one["day"] == _day(patch) for one in (*self.installed, *self.waiting))

    def cumulative(self) -> Json | None:
        """The last update that stands for itself: a baseline, a cumulative or an out-of-band one."""
        return next((one for one in reversed(self.installed) if one["kind"] in _RESTARTING), None)

    def hotpatch(self) -> Json | None:
        """The last hotpatch on top of it."""
        for one in reversed(self.installed):
            if one["kind"] in _HOTPATCHES:
                return one
            if one["kind"] in _RESTARTING:
                return None
        return None

    def strayed_by(self) -> str:
        """The number of the first update after the last baseline that is not a hotpatch of it; "" where none is."""
        first = ""
        for one in reversed(self.installed):
            if one["kind"] == UpdateKind.BASELINE.value:
                return first
            if one["kind"] in _RESTARTING:
                first = str(one["kb"])
        return first

    @property
    def build(self) -> str:
        """20348.3091; "" where none is known."""
        top = self.hotpatch() or self.cumulative()
        return str(top["build"]) if top else ""

    @property
    def reboot_pending(self) -> bool:
        return bool(self.waiting or self._machine.hidden.get("rebootPending"))

    def add(self, patch: OfferedPatch, now: datetime, *, waits: bool) -> None:
        """Install a patch; one that waits is not in force before the restart."""
        package = _package(patch.kb, patch.name, patch.release, patch.published, now)
        if waits:
            self._write("waiting", [*self.waiting, package])
        else:
            self._write("packages", [*self.installed, package][-_KEPT:])

    def remove(self, kb: str) -> bool:
        """Uninstall a package at the next restart; whether there was one."""
        found = next((one for one in reversed(self.installed) if one["kb"] == kb), None)
        if found:
            self._write("waiting", [*self.waiting, {**found, "remove": True}])
        return found is not None

    def ask_for_restart(self) -> None:
        self._write("rebootPending", True)

    def restart(self) -> None:
        """What waited is in force from here on."""
        gone = [one["kb"] for one in self.waiting if one.get("remove")]
        new = [one for one in self.waiting if not one.get("remove")]
        if gone or new:
            kept = [one for one in self.installed if one["kb"] not in gone]
            self._write("packages", [*kept, *new][-_KEPT:])
        for name in ("waiting", "rebootPending"):
            self._machine.hidden.pop(name, None)
        if self._machine.hidden.get("unhealthy") in gone:
            del self._machine.hidden["unhealthy"]

    def _write(self, name: str, value: Any) -> None:
        self._machine.hidden[name] = value


_RESTARTING = tuple(kind.value for kind in (UpdateKind.BASELINE, UpdateKind.CUMULATIVE, UpdateKind.OUT_OF_BAND))
_HOTPATCHES = tuple(kind.value for kind in HOTPATCHES)


def order(package: Json) -> tuple[date, int]:
    """As WindowsUpdate.order."""
    return date.fromisoformat(package["day"]), revision(package["build"])


def _package(kb: str, name: str, release: WindowsUpdate | None, day: date, now: datetime | None = None) -> Json:
    return {
        "kb": kb,
        "name": name,
        "day": day.isoformat(),
        "kind": release.kind.value if release else "",
        "build": release.build if release else "",
        "on": (now.date() if now else day).isoformat(),
    }


def _day(patch: OfferedPatch) -> str:
    return patch.published.isoformat()
