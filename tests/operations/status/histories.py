"""Machines with histories that are made up, release by release, and what is true of them by construction.

The rules here are those of a machine and not of the judgement: an update is put on or not, one with a restart takes a
machine off the hotpatch track, a baseline brings it back. The judgement sees what Azure would show of it.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from azure_hotpatch.domain.azure.calendar import CALENDAR, FIRST_MONTH, Generation, PatchEvent, Release
from azure_hotpatch.operations.status.track import Evidence

KEPT = timedelta(days=30)


@dataclass
class History:
    """A machine at a day. `revision` is what it reports; `strays` are what it took beside baselines, with a restart."""

    generation: Generation
    enrolled: bool
    today: date
    build_moves: bool  # whether a hotpatch changes the build that is reported: nobody knows
    revision: int = 0
    has: int = 0  # the revision that it really has
    baseline: PatchEvent | None = None
    strays: list[tuple[date, str]] = field(default_factory=list)
    installed: list[tuple[date, str]] = field(default_factory=list)
    hotpatch: PatchEvent | None = None
    content: date = date.min  # the day of the last update with a restart that it has, which brings all before it

    def evidence(self, *, build: bool = True, installations: bool = True, assessed: bool = True) -> Evidence:
        """What Azure shows: the build, the installations of 30 days, and an assessment of today."""
        since = self.today - KEPT
        offered = self.offered()
        return Evidence(
            enrolled=self.enrolled,
            revision=self.revision if build else None,
            installed=frozenset(kb for day, kb in self.installed if day >= since) if installations else frozenset(),
            offered=frozenset(offered) if assessed else None,
            pending=len(offered) if assessed else None,
            assessed=self.today if assessed else None,
        )

    # What is true.

    @property
    def current(self) -> PatchEvent:
        """The baseline of today."""
        return baseline_on(self.generation, self.today)

    @property
    def due(self) -> PatchEvent | None:
        """The baseline of today, where the machine has neither it nor anything later with a restart."""
        return self.current if self.content < self.current.day else None

    @property
    def took(self) -> list[str]:
        """The updates that keep it off the track of today, in order."""
        return [kb for day, kb in self.strays if day > self.current.day]

    @property
    def is_off(self) -> bool:
        """Off the track: it took a stray update, or the baseline that it lacks has hotpatches on it already."""
        return self.enrolled and (bool(self.took) or (self.due is not None and bool(self.months)))

    @property
    def missing(self) -> str:
        """The monthly update that it lacks on the track where it is; "" where it lacks none."""
        if self.due and not self.months:
            return self.due.kb
        if not self.months:
            return ""
        newest = self.months[-1]
        if self.enrolled and not self.is_off:
            return "" if self.hotpatch == newest else newest.kb
        return "" if self.content >= newest.day else newest.cumulative_kb

    @property
    def months(self) -> list[PatchEvent]:
        """The months with a hotpatch since the baseline of today."""
        found = released(self.generation, self.today)
        return [one for one in found if one.day > self.current.day and one.release is Release.HOTPATCH]

    def offered(self) -> list[str]:
        return [_digits(self.missing)] if self.missing else []

    # What happens to it.

    def meet(self, event: PatchEvent, chance: random.Random) -> None:
        """Live through one release, and perhaps install it a few days later."""
        day = event.day + timedelta(days=chance.randint(0, 20))
        if chance.random() < 0.25 or day > self.today:
            return
        if event.release.is_baseline:
            self._baseline(event, day)
        elif event.release is Release.HOTPATCH:
            self._month(event, day)
        elif event.note == "Windows PowerShell":
            self._put_on(event.kb, None, day, moves=False)
        elif event.release is Release.OUT_OF_BAND and (event.revision or 0) > self.has and chance.random() < 0.3:
            self._stray(event, event.kb, event.revision, day)
        elif event.release is Release.OUT_OF_BAND_HOTPATCH and self._is_on(event) and chance.random() < 0.3:
            self._put_on(event.kb, event.revision, day, moves=self.build_moves)

    def _baseline(self, event: PatchEvent, day: date) -> None:
        self.baseline, self.hotpatch, self.content = event, None, event.day
        self._put_on(event.kb, event.revision, day)

    def _month(self, event: PatchEvent, day: date) -> None:
        if self._is_on(event):
            self.hotpatch = event
            self._put_on(event.kb, event.revision, day, moves=self.build_moves)
        elif event.cumulative_kb:
            self._stray(event, event.cumulative_kb, event.cumulative_revision, day)

    def _is_on(self, event: PatchEvent) -> bool:
        """Hotpatches are for a machine whose last update with a restart is the current baseline itself."""
        current = baseline_on(self.generation, event.day)
        return self.enrolled and self.baseline == current and self.content == current.day

    def _stray(self, event: PatchEvent, kb: str, revision: int | None, day: date) -> None:
        """Put on a cumulative update, which brings everything before it."""
        self.strays.append((event.day, _digits(kb)))
        self.content = event.day
        self._put_on(kb, revision, day)

    def _put_on(self, kb: str, revision: int | None, day: date, *, moves: bool = True) -> None:
        self.installed.append((day, _digits(kb)))
        self.has = max(self.has, revision or 0)
        if moves:
            self.revision = self.has


@cache
def histories(count: int, seed: int) -> tuple[History, ...]:
    """So many machines, each with a generation, a day, an image and luck of its own."""
    chance = random.Random(seed)  # noqa: S311 - luck that can be repeated, no secret
    return tuple(history(chance) for _ in range(count))


def history(chance: random.Random) -> History:
    generation: Generation = chance.choice(("2022", "2025"))
    first, last = FIRST_MONTH[generation], CALENDAR.known_until(generation) + timedelta(days=20)
    today = first + timedelta(days=chance.randint(120, (last - first).days))
    found = History(generation, chance.random() < 0.75, today, chance.random() < 0.5)
    born = chance.choice([one for one in released(generation, today) if one.release.is_baseline])
    found._baseline(born, born.day)
    found.installed.clear()  # it came with the image
    for event in released(generation, today):
        if event.day > born.day:
            found.meet(event, chance)
    return found


@cache
def baseline_on(generation: Generation, day: date) -> PatchEvent:
    return [one for one in released(generation, day) if one.release.is_baseline][-1]


@cache
def released(generation: Generation, today: date) -> list[PatchEvent]:
    """What was out on a day, in order."""
    events = (*CALENDAR.monthly(generation), *CALENDAR.out_of_band(generation))
    return sorted((one for one in events if one.day <= today), key=lambda one: one.day)


def _digits(kb: str) -> str:
    return kb.removeprefix("KB")
