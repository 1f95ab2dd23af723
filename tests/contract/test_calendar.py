"""Domain and emulator have the same record of releases, each in a copy of its own."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.calendar import EVENTS, PatchEvent, Release
from azure_hotpatch.emulator.arm.windows_update.calendar import recorded
from azure_hotpatch.emulator.arm.windows_update.releases import UpdateKind

KINDS = {
    Release.BASELINE: {UpdateKind.BASELINE},
    Release.UNPLANNED_BASELINE: {UpdateKind.BASELINE},
    Release.HOTPATCH: {UpdateKind.HOTPATCH},
    Release.OUT_OF_BAND: {UpdateKind.OUT_OF_BAND},
    Release.OUT_OF_BAND_HOTPATCH: {UpdateKind.OUT_OF_BAND_HOTPATCH, UpdateKind.POWERSHELL},
}
EMULATED = {release.kb: release for release in recorded()}
# The baselines on which the first hotpatches build; the record of hotpatch machines begins after them.
BEFORE = {"KB5006699", "KB5044284"}


def test_every_release_is_in_both() -> None:
    ours = {kb for event in EVENTS for kb in (event.kb, event.cumulative_kb) if kb}
    assert ours == EMULATED.keys() - BEFORE


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kb)
def test_a_release(event: PatchEvent) -> None:
    found: Any = EMULATED[event.kb]
    assert found.server == event.generation
    assert found.kind in KINDS[event.release]
    assert not event.day_known or found.day == event.day
    assert found.build == event.build or found.kind is UpdateKind.POWERSHELL


@pytest.mark.parametrize(
    "event", [event for event in EVENTS if event.cumulative_kb], ids=lambda event: event.cumulative_kb
)
def test_the_cumulative_update_of_its_day(event: PatchEvent) -> None:
    found = EMULATED[event.cumulative_kb]
    assert (found.kind, found.day, found.build) == (UpdateKind.CUMULATIVE, event.day, event.cumulative_build)


def test_the_record_ends_on_the_same_day() -> None:
    assert max(event.day for event in EVENTS) == max(release.day for release in EMULATED.values()) == date(2026, 9, 14)
