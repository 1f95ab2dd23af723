"""Validate the arguments of a `MaintenanceSchedule`, with the domain's predicates."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.maintenance_schedule.args import (
    DynamicScopeArgs,
    MaintenanceScheduleArgs,
    ScheduledMachineArgs,
)
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check, Problem
from azure_hotpatch.components.shared.checks import each, resource_id, valid
from azure_hotpatch.domain.azure.maintenance import why_not_names
from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_schedulable
from azure_hotpatch.domain.azure.resource_ids import VIRTUAL_MACHINE
from azure_hotpatch.domain.vocabulary import maintenance_types as types
from azure_hotpatch.domain.vocabulary.machine_types import PATCHING_MODE, REBOOT_SETTING
from azure_hotpatch.domain.vocabulary.maintenance_checks import SCHEDULE_CHECKS
from azure_hotpatch.domain.vocabulary.place_types import REGION, TAGS
from azure_hotpatch.domain.vocabulary.problem import printed


def _names_are_short_enough(group: Any, name: Any) -> Iterator[Problem]:
    reason = why_not_names(group, name) if group and name else None
    if reason:
        yield Problem("configuration_name", reason, printed(name), "a shorter name, of this or of the group")


def _mode_takes_a_schedule(mode: Any) -> Iterator[Problem]:
    if mode is None or PATCHING_MODE.why_not(mode):
        return
    reason = why_not_schedulable(PatchingMode(mode))
    if reason:
        choice = "customerManagedSchedule on the machine (which gives hotpatch up), or the machine left out"
        yield Problem("patching_mode", reason, printed(mode), choice)


SCHEDULED_MACHINE = ArgumentSet(
    ScheduledMachineArgs,
    (
        resource_id("virtual_machine_id", VIRTUAL_MACHINE),
        valid("patching_mode", PATCHING_MODE),
        Check(("patching_mode",), _mode_takes_a_schedule),
    ),
)
DYNAMIC_SCOPE = ArgumentSet(DynamicScopeArgs, (each("locations", REGION), valid("tag_operator", types.TAG_OPERATOR)))
SHAPE = ArgumentSet(
    MaintenanceScheduleArgs,
    (
        valid("location", REGION),
        valid("tags", TAGS),
        valid("start", types.START),
        valid("recurrence", types.RECURRENCE),
        valid("duration", types.DURATION),
        valid("time_zone", types.TIME_ZONE),
        valid("expires", types.MOMENT),
        each("classifications", types.CLASSIFICATION),
        each("kbs_to_include", types.KB_NUMBER),
        each("kbs_to_exclude", types.KB_NUMBER),
        *SCHEDULE_CHECKS,
        Check(("resource_group_name", "configuration_name"), _names_are_short_enough),
        valid("reboot_setting", REBOOT_SETTING),
    ),
    {"machines": SCHEDULED_MACHINE},
    {"dynamic_scope": DYNAMIC_SCOPE},
)
