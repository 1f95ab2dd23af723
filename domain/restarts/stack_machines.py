"""The machines of a stack's settings, as far as their restarts are concerned."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.image_names import generation_of
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.restarts.machine import GuestTime, PatchedMachine, Patcher
from azure_hotpatch.domain.settings import AzureLocalGroup, GroupPolicy, MachineGroup, Schedule, SConfig, StackSettings

_PATCHERS = {
    PatchingMode.HOTPATCH: Patcher.AZURE,
    PatchingMode.AZURE_MANAGED: Patcher.AZURE,
    PatchingMode.CUSTOMER_MANAGED_SCHEDULE: Patcher.SCHEDULE,
    PatchingMode.PAUSED: Patcher.NOBODY,
}
# "Configure Server Core with SConfig": automatic updates are looked for and installed every day at 03:00.
_SCONFIG_HOUR = 3


def machines_of(settings: StackSettings) -> tuple[PatchedMachine, ...]:
    """Every machine of a stack, each scale set as one."""
    return (*_machines(settings), *_scale_sets(settings), *_azure_local(settings))


def _machines(settings: StackSettings) -> Iterator[PatchedMachine]:
    for group in settings.fleet.machines:
        mode = settings.mode(group)
        for index, name in enumerate(group.machine_names(settings.naming.digits)):
            yield PatchedMachine(
                name,
                group.name,
                generation_of(group.named_image(settings.images)),
                _PATCHERS[mode],
                mode is PatchingMode.HOTPATCH,
                settings.location_of(group),
                settings.reboot_setting(group),
                group.zone(index),
                _schedule(settings, group),
            )


def _schedule(settings: StackSettings, group: MachineGroup) -> Schedule | None:
    scheduled = settings.mode(group) is PatchingMode.CUSTOMER_MANAGED_SCHEDULE
    return settings.maintenance.schedule if scheduled else None


def _scale_sets(settings: StackSettings) -> Iterator[PatchedMachine]:
    for group in settings.fleet.scale_sets:
        yield PatchedMachine(
            group.name,
            group.name,
            generation_of(group.named_image(settings.images)),
            Patcher.AZURE,
            hotpatch=True,
            location=settings.location_of(group),
            reboot_setting=settings.reboot_setting(group),
        )


def _azure_local(settings: StackSettings) -> Iterator[PatchedMachine]:
    for group in settings.fleet.azure_local:
        time = _guest_time(group)
        for name in group.machine_names(settings.naming.digits):
            yield PatchedMachine(
                name,
                group.name,
                generation_of(group.named_image(settings.images)),
                Patcher.GUEST if time else Patcher.PERSON,
                hotpatch=True,
                location=settings.location_of(group),
                guest_time=time,
            )


def _guest_time(group: AzureLocalGroup) -> GuestTime | None:
    """When Windows installs by itself; None where a person or an update server decides."""
    by = group.orchestration
    if isinstance(by, GroupPolicy) and by.automatic_update == "downloadAndSchedule":
        return GuestTime(by.install_hour, "" if by.install_day == "daily" else by.install_day)
    if isinstance(by, SConfig) and by.update_setting == "automatic":
        return GuestTime(_SCONFIG_HOUR)
    return None
