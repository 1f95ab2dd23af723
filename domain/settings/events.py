"""Releases that a stack adds to the built-in record, or corrects in it."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from azure_hotpatch.domain.azure.calendar import BUILDS, CALENDAR, Calendar, PatchEvent, Release, ReleaseSource
from azure_hotpatch.domain.settings.images import YearOfServer
from azure_hotpatch.domain.settings.value import KbNumber
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of

_RELEASES = {
    "baseline": Release.BASELINE,
    "unplannedBaseline": Release.UNPLANNED_BASELINE,
    "hotpatch": Release.HOTPATCH,
    "outOfBand": Release.OUT_OF_BAND,
    "outOfBandHotpatch": Release.OUT_OF_BAND_HOTPATCH,
}
# How Pulumi hands on, and writes back into the stack's file, a day that stands there without quotes.
_TIMESTAMP = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?: 00:00:00 \+0000 UTC|T00:00:00Z)")
_BUILD = re.compile(r"(?P<build>\d{5})\.(?P<revision>\d+)")


def _why_not_day(text: str) -> str | None:
    try:
        date.fromisoformat(text)
    except ValueError:
        return f"{text!r} is not a date"
    return None


def _why_not_build(text: str) -> str | None:
    form = _BUILD.fullmatch(text)
    return None if form and int(form["build"]) in BUILDS.values() else f"{text!r} is not a build of Windows Server"


DAY = NamedType("date", _why_not_day, allowed="YYYY-MM-DD")
_BUILD_NUMBER = NamedType(
    "build", _why_not_build, allowed=", ".join(f"{build}.<revision> for {year}" for year, build in BUILDS.items())
)
_RELEASE = one_of("release", tuple(_RELEASES))


def _day_as_text(value: object) -> object:
    """YAML reads an unquoted day as a date, and Pulumi makes a timestamp of it."""
    if isinstance(value, str):
        timestamp = _TIMESTAMP.fullmatch(value)
        return timestamp["day"] if timestamp else value
    return value.isoformat() if type(value) is date else value


class CalendarEvent(Settings):
    """One release of updates."""

    day: Annotated[str, BeforeValidator(_day_as_text), DAY]
    """When it came out, YYYY-MM-DD."""
    generation: YearOfServer
    """For which Windows Server."""
    release: Annotated[Literal["baseline", "unplannedBaseline", "hotpatch", "outOfBand", "outOfBandHotpatch"], _RELEASE]
    """What it was; all but the two hotpatches restart the machine."""
    source: str
    """Where this is known from."""
    build: Annotated[str, _BUILD_NUMBER] | None = None
    """The build of Windows after it: 20348.5256."""
    kb: KbNumber | None = None
    """Its KB number: KB5094128."""

    def event(self) -> PatchEvent:
        """The record of it."""
        revision = int(self.build.partition(".")[2]) if self.build else None
        day, release = date.fromisoformat(self.day), _RELEASES[self.release]
        return PatchEvent(day, self.generation, release, ReleaseSource(self.source), revision, self.kb or "")


class CalendarSettings(Settings):
    """Releases that are added to the built-in record; one of the same month and generation overrides it."""

    events: tuple[CalendarEvent, ...] = ()
    """The releases."""

    def extended(self, calendar: Calendar = CALENDAR) -> Calendar:
        """The record with these releases."""
        return calendar.extended(event.event() for event in self.events)
