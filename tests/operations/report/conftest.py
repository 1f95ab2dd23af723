"""A small fleet that lived a year, and a report of it."""

from datetime import date

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.machine import PatchSettings
from azure_hotpatch.operations.report.build import build
from azure_hotpatch.operations.report.facts import FleetReport, PolicyFinding
from tests.operations.machines import assessed, at, installed, machine

NOW = at("2026-08-20")
# Windows Server 2025, from the baseline of April to the hotpatch of August 2026.
YEAR = (
    installed("2026-08-13", "5120228"),
    installed("2026-07-16", "5099536", reboot="Completed"),
    installed("2026-06-12", "5094125", reboot="Completed"),
    installed("2026-05-14", "5087423"),
    installed("2026-04-16", "5082063", reboot="Completed"),
)
WAIVER = "ann, until 2026-09-01: rebuilt in autumn"
FINDINGS = (
    PolicyFinding("HP011", "violation", "web-2", "The <schedule> stops patching.", "Detach it.", "", None),
    PolicyFinding("HP034", "waived", "web-1", "The image is old.", "", WAIVER, date(2026, 9, 1)),
)


def fleet():
    """On the track, behind, fallen off, without hotpatch and without a past."""
    return [
        machine("web-1", "26100.33222", installations=YEAR, assessment=assessed("2026-08-20")),
        machine("web-2", "26100.33158", installations=YEAR[1:], assessment=assessed("2026-08-20", "5120228")),
        machine("web-3", "26100.32772", assessment=assessed("2026-08-20")),
        machine("old-1", "20348.4000", settings=PatchSettings("AutomaticByOS")),
    ]


@pytest.fixture
def report() -> FleetReport:
    return build("Fleet <of> Contoso & sons", fleet(), {}, FINDINGS, NOW, CALENDAR)
