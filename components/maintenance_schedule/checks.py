"""Which arguments of a `MaintenanceSchedule` are refused; the reasons are the domain's."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from azure_hotpatch.components.maintenance_schedule.args import (
    DynamicScopeArgs,
    MaintenanceScheduleArgs,
    ScheduledMachineArgs,
)
from azure_hotpatch.components.shared.arguments import Check, Problem, Shape
from azure_hotpatch.components.shared.checks import asks, one_of, resource_id, why_not_among
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.maintenance import (
    REBOOT_SETTINGS,
    why_not_classification,
    why_not_duration,
    why_not_expiration,
    why_not_kb_number,
    why_not_moment,
    why_not_recurrence,
    why_not_start,
    why_not_time_zone,
    why_nothing_to_install,
)
from azure_hotpatch.domain.azure.maintenance.named import NAMED_RECURRENCES, named_recurrence, why_not_baseline_start
from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_schedulable
from azure_hotpatch.domain.azure.resource_ids import VIRTUAL_MACHINE

MODES = tuple(mode.value for mode in PatchingMode)


def _each(argument: str, why_not: Callable[[str], str | None]) -> Check:
    def ask(values: Sequence[str] | None) -> Iterator[Problem]:
        for index, value in enumerate(values or ()):
            reason = why_not(value)
            if reason:
                yield Problem(f"{argument}[{index}]", reason, repr(value))

    return Check((argument,), ask)


def _start_suits_the_recurrence(start: Any, recurrence: Any) -> Iterator[Problem]:
    reason = why_not_baseline_start(recurrence, start) if start and recurrence else None
    if reason:
        yield Problem("start", reason, repr(start))


def _expires_after_the_start(expires: Any, start: Any) -> Iterator[Problem]:
    reason = why_not_expiration(expires, start) if expires and start else None
    if reason:
        yield Problem("expires", reason, repr(expires))


def _something_to_install(classifications: Any, included: Any) -> Iterator[Problem]:
    reason = why_nothing_to_install(
        defaults.CLASSIFICATIONS if classifications is None else classifications, included or ()
    )
    if reason:
        yield Problem("classifications", reason, repr(classifications))


def _mode_takes_a_schedule(mode: Any) -> Iterator[Problem]:
    reason = mode and (why_not_among(mode, MODES) or why_not_schedulable(PatchingMode(mode)))
    if reason:
        choice = "customerManagedSchedule on the machine (which gives hotpatch up), or the machine left out"
        yield Problem("patching_mode", reason, repr(mode), choice)


SCHEDULED_MACHINE = Shape(
    ScheduledMachineArgs,
    (resource_id("virtual_machine_id", VIRTUAL_MACHINE), Check(("patching_mode",), _mode_takes_a_schedule)),
)
DYNAMIC_SCOPE = Shape(DynamicScopeArgs, (one_of("tag_operator", ("All", "Any")),))
SHAPE = Shape(
    MaintenanceScheduleArgs,
    (
        asks("start", why_not_start),
        asks("recurrence", lambda text: why_not_recurrence(named_recurrence(text)), ", ".join(NAMED_RECURRENCES)),
        Check(("start", "recurrence"), _start_suits_the_recurrence),
        asks("duration", why_not_duration),
        asks("time_zone", why_not_time_zone),
        asks("expires", why_not_moment),
        Check(("expires", "start"), _expires_after_the_start),
        _each("classifications", why_not_classification),
        _each("kbs_to_include", why_not_kb_number),
        _each("kbs_to_exclude", why_not_kb_number),
        Check(("classifications", "kbs_to_include"), _something_to_install),
        one_of("reboot_setting", REBOOT_SETTINGS),
    ),
    {"machines": SCHEDULED_MACHINE},
    {"dynamic_scope": DYNAMIC_SCOPE},
)
