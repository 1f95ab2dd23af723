"""When hotpatch machines restart: planned and recorded releases, and whether a pinned image is behind them."""

from azure_hotpatch.domain.azure.calendar.days import (
    BASELINE_MONTHS,
    last_planned_baseline,
    month_after,
    next_planned_baseline,
    patch_day,
    planned_release,
    saturday_after_patch_tuesday,
)
from azure_hotpatch.domain.azure.calendar.image_version import ImageVersion, parse_image_version, why_stale
from azure_hotpatch.domain.azure.calendar.incidents import INCIDENTS, Incident
from azure_hotpatch.domain.azure.calendar.likelihood import Unplanned, unplanned_baselines
from azure_hotpatch.domain.azure.calendar.months import CALENDAR, Calendar, Certainty, PatchMonth
from azure_hotpatch.domain.azure.calendar.recorded_releases import EVENTS, FIRST_MONTH
from azure_hotpatch.domain.azure.calendar.release import BUILDS, PatchEvent, Release, ReleaseSource
from azure_hotpatch.domain.azure.server_generations import Generation

__all__ = [
    "BASELINE_MONTHS",
    "BUILDS",
    "CALENDAR",
    "EVENTS",
    "FIRST_MONTH",
    "INCIDENTS",
    "Calendar",
    "Certainty",
    "Generation",
    "ImageVersion",
    "Incident",
    "PatchEvent",
    "PatchMonth",
    "Release",
    "ReleaseSource",
    "Unplanned",
    "last_planned_baseline",
    "month_after",
    "next_planned_baseline",
    "parse_image_version",
    "patch_day",
    "planned_release",
    "saturday_after_patch_tuesday",
    "unplanned_baselines",
    "why_stale",
]
