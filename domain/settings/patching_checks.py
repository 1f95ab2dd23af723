"""Checks of the patching modes against the schedule: which machines it patches, and which nobody would."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_schedulable
from azure_hotpatch.domain.settings.draft import Draft
from azure_hotpatch.domain.settings.maintenance import DynamicScope
from azure_hotpatch.domain.vocabulary.problem import Problem

_SCHEDULED = PatchingMode.CUSTOMER_MANAGED_SCHEDULE


def schedule_has_machines(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    if maintenance is None or maintenance.schedule is None or maintenance.mode is _SCHEDULED or not draft.whole:
        return
    if any(group.patching_mode is _SCHEDULED for _, group in draft.machines()):
        return
    reason = why_not_schedulable(maintenance.mode)
    yield Problem(
        "maintenance.schedule",
        f"{reason}; no machine of the stack is in mode {_SCHEDULED.value}",
        f"a schedule with mode {maintenance.mode.value}",
        f"{maintenance.mode.value} without a schedule, or maintenance.mode: {_SCHEDULED.value} without hotpatch",
    )


def machines_have_their_schedule(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    if maintenance is None or maintenance.schedule:
        return
    modes = [("maintenance.mode", maintenance.mode)]
    modes += [(f"{path}.patchingMode", group.patching_mode) for path, group in draft.machines() if group.patching_mode]
    for path, mode in modes:
        if mode is _SCHEDULED:
            yield Problem(
                path,
                f"mode {mode.value} needs a schedule: without one nothing patches the machine",
                repr(mode.value),
                "maintenance.schedule beside it, or hotpatch, azureManaged, paused",
            )


def scale_sets_say_hotpatch(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    if maintenance is None or maintenance.mode is PatchingMode.HOTPATCH:
        return
    for path, group in draft.scale_sets():
        if group.patching_mode is None:
            yield Problem(
                f"{path}.patchingMode",
                f"maintenance.mode is {maintenance.mode.value}, which a scale set on a hotpatch image cannot have: "
                "Azure never lets hotpatch be off in it",
                "",
                "patchingMode: hotpatch on the scale set, or maintenance.mode: hotpatch",
                "hotpatch",
            )


def scope_spares_hotpatch(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    scope = maintenance.schedule.dynamic_scope if maintenance and maintenance.schedule else None
    if maintenance is None or scope is None or draft.location is None or draft.tags is None:
        return
    for path, group in draft.machines():
        mode = group.patching_mode or maintenance.mode
        tags = {**draft.tags, **group.tags}
        if mode is not _SCHEDULED and _in_scope(scope, group.location or draft.location, tags):
            yield Problem(
                "maintenance.schedule.dynamicScope",
                f"it takes in {path}, whose mode is {mode.value}; {why_not_schedulable(mode)}",
                "",
                "locations and tags that only machines in mode customerManagedSchedule have",
            )


def _in_scope(scope: DynamicScope, location: str, tags: dict[str, str]) -> bool:
    if scope.locations and location not in scope.locations:
        return False
    lower = {name.lower(): value for name, value in tags.items()}
    found = [lower.get(name.lower()) in values for name, values in scope.tags.items()]
    return not found or (all(found) if scope.tag_operator == "All" else any(found))
