"""Validate maintenance configurations for updates in the guest as Azure does."""

from azure_hotpatch.domain.azure.maintenance.named_recurrences import NAMED_RECURRENCES, named_recurrence
from azure_hotpatch.domain.azure.maintenance.occurrences import next_occurrence, occurrences
from azure_hotpatch.domain.azure.maintenance.recurrence import (
    Recurrence,
    RecurrenceError,
    Unit,
    parse_recurrence,
    why_not_recurrence,
)
from azure_hotpatch.domain.azure.maintenance.time_zones import (
    TIME_ZONES,
    in_zone,
    nearest_time_zone,
    why_not_time_zone,
)
from azure_hotpatch.domain.azure.maintenance.updates import (
    CLASSIFICATIONS,
    IN_GUEST_PATCH,
    REBOOT_SETTINGS,
    kb_digits,
    nearest_classification,
    why_not_classification,
    why_not_in_guest,
    why_not_kb_number,
    why_not_names,
    why_nothing_to_install,
)
from azure_hotpatch.domain.azure.maintenance.window import (
    NEVER_EXPIRES,
    is_over,
    nearest_start,
    parse_duration,
    parse_moment,
    why_not_duration,
    why_not_expiration,
    why_not_in_time_zone,
    why_not_moment,
    why_not_start,
)

__all__ = [
    "CLASSIFICATIONS",
    "IN_GUEST_PATCH",
    "NAMED_RECURRENCES",
    "NEVER_EXPIRES",
    "REBOOT_SETTINGS",
    "TIME_ZONES",
    "Recurrence",
    "RecurrenceError",
    "Unit",
    "in_zone",
    "is_over",
    "kb_digits",
    "named_recurrence",
    "nearest_classification",
    "nearest_start",
    "nearest_time_zone",
    "next_occurrence",
    "occurrences",
    "parse_duration",
    "parse_moment",
    "parse_recurrence",
    "why_not_classification",
    "why_not_duration",
    "why_not_expiration",
    "why_not_in_guest",
    "why_not_in_time_zone",
    "why_not_kb_number",
    "why_not_moment",
    "why_not_names",
    "why_not_recurrence",
    "why_not_start",
    "why_not_time_zone",
    "why_nothing_to_install",
]
