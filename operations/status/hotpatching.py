"""Whether hotpatch can work on a machine: the portal's status, who patches the machine, and why not."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from azure_hotpatch.domain.azure import patching
from azure_hotpatch.domain.azure.coercion import as_one_of, as_word
from azure_hotpatch.domain.azure.images import (
    WHOLE_CATALOGUE,
    Image,
    image_of_id,
    why_not_hotpatchable,
    why_not_image_id,
)
from azure_hotpatch.operations.machine import Machine, MachineType
from azure_hotpatch.operations.status.release_history import BUILDS, Generation

# The portal's query of machines: editions of Windows Server 2025 that Arc can hotpatch.
_EDITIONS = frozenset(
    f"server{name}{kind}" for name in ("standard", "datacenter") for kind in ("", "eval", "core", "evalcore")
)
_SERVER_2025 = BUILDS["2025"]


class PortalStatus(StrEnum):
    """The portal's column "Hotpatch status"."""

    ENABLED = "Enabled"
    DISABLED = "Disabled"
    NOT_AVAILABLE = "Not Available"
    PENDING_EVALUATION = "Pending Evaluation"
    NOT_ENROLLED = "Not Enrolled"  # of Arc machines, as are the rest
    PENDING = "Pending"
    ACTION_REQUIRED = "Action Required"
    CANCELED = "Canceled"


class Installer(StrEnum):
    """Who installs updates on a machine."""

    AZURE = "Azure"
    SCHEDULE = "a schedule"
    GUEST = "Windows itself"
    NOBODY = "nobody"


def generation_of(machine: Machine) -> Generation | None:
    """Which Windows Server runs, by the build that it reports, else by its image; None for another system."""
    parts = build_of(machine)
    if parts:
        return next((name for name, build in BUILDS.items() if build == parts[0]), None)
    sku = machine.image.sku if machine.image else ""
    return next((name for name in BUILDS if sku.startswith(f"{name}-")), None)


def build_of(machine: Machine) -> tuple[int, int | None] | None:
    """Build and revision of "10.0.20348.2113"; the revision is None where an old agent leaves it out or says 0."""
    text = (machine.os_version or "").rpartition(" ")[2]  # old agents: "Microsoft Windows NT 10.0.14393.0"
    parts = text.split(".")
    if len(parts) < 3 or not all(part.isdecimal() for part in parts):
        return None
    revision = int(parts[3]) if len(parts) > 3 else 0
    return int(parts[2]), revision or None


def is_windows(machine: Machine) -> bool:
    return as_word(machine.os_type) in {"", "windows"}


def word_of(machine: Machine) -> PortalStatus:
    """The portal's "Hotpatch status".

    A virtual machine: not one of the hotpatch images, "Not Available"; without an assessment, "Pending Evaluation";
    else what enableHotpatching says. An Arc machine: by its licence and its enablement status.
    """
    if machine.type is not MachineType.VIRTUAL_MACHINE:
        return _word_of_arc(machine)
    if not is_windows(machine) or why_not_image(machine):
        return PortalStatus.NOT_AVAILABLE
    if machine.assessment is None:
        return PortalStatus.PENDING_EVALUATION
    return PortalStatus.ENABLED if machine.settings.enable_hotpatching else PortalStatus.DISABLED


def _word_of_arc(machine: Machine) -> PortalStatus:
    if why_not_arc(machine):
        return PortalStatus.NOT_AVAILABLE
    licence = as_word(machine.licence)
    if licence == "disabled":
        return PortalStatus.CANCELED
    if licence != "enabled":
        return PortalStatus.NOT_ENROLLED
    words = {
        "enabled": PortalStatus.ENABLED,
        "pendingevaluation": PortalStatus.PENDING,
        "actionrequired": PortalStatus.ACTION_REQUIRED,
    }
    return words.get(as_word(machine.hotpatch_state), PortalStatus.DISABLED)


def is_enrolled(machine: Machine) -> bool:
    """Whether hotpatch is on, so that the machine is judged by the hotpatch track.

    On a hotpatch image Azure fills true in where enableHotpatching is absent. On Azure Local the image alone decides.
    """
    if machine.type is MachineType.VIRTUAL_MACHINE:
        return not why_not_image(machine) and machine.settings.enable_hotpatching is not False
    if machine.type is MachineType.AZURE_LOCAL and machine.image:
        return not why_not_image(machine)
    return word_of(machine) is PortalStatus.ENABLED


def why_not_image(machine: Machine) -> str | None:
    """Say why the image of a machine rules hotpatch out, or None."""
    if machine.image_id and image_of_id(machine.image_id) is None:
        return why_not_image_id(machine.image_id)
    if machine.image is None:
        return "it has no marketplace image"
    image = machine.image
    return why_not_hotpatchable(Image(image.publisher, image.offer, image.sku), WHOLE_CATALOGUE)


def why_not_arc(machine: Machine) -> str | None:
    """Say why an Arc machine cannot be hotpatched, or None: Windows Server 2025 Standard or Datacenter can."""
    build = build_of(machine)
    if not is_windows(machine):
        return "it does not run Windows"
    if build is None or build[0] < _SERVER_2025:
        return "hotpatch of an Arc machine needs Windows Server 2025, build 26100"
    edition = as_word(machine.edition)
    if edition and edition not in _EDITIONS and "azure" not in edition:
        return f"edition {machine.edition} has no hotpatch; Standard and Datacenter have"
    return None


def patcher_of(machine: Machine) -> Installer:
    """Who patches a machine: the table of "Scheduled patching prerequisites" of Azure Update Manager."""
    settings, scheduled = machine.settings, bool(machine.schedules)
    if machine.type is not MachineType.VIRTUAL_MACHINE:
        return Installer.SCHEDULE if scheduled else Installer.GUEST
    mode = as_one_of(settings.patch_mode, patching.PATCH_MODES) or "AutomaticByOS"
    if mode != "AutomaticByPlatform":
        return (
            Installer.GUEST if mode == "AutomaticByOS" and settings.enable_automatic_updates is not False else _NOBODY
        )
    if settings.bypass_platform_safety_checks:
        return Installer.SCHEDULE if scheduled else _NOBODY
    return _NOBODY if scheduled else Installer.AZURE


_NOBODY = Installer.NOBODY


def why_not_patched(machine: Machine) -> str | None:
    """Say why nobody installs updates on a machine, or None where somebody does."""
    if patcher_of(machine) is not Installer.NOBODY:
        return None
    if machine.settings.bypass_platform_safety_checks:
        return "updates are left to a schedule, and no schedule is attached"
    if machine.schedules and as_word(machine.settings.patch_mode) == "automaticbyplatform":
        return (
            f"schedule {machine.schedules[0].rpartition('/')[2]} is attached, and "
            "bypassPlatformSafetyChecksOnUserSchedule is not true: neither Azure nor the schedule installs"
        )
    return f"patchMode is {machine.settings.patch_mode}, and nothing else installs"


def why_not_working(machine: Machine) -> tuple[str, ...]:
    """Every reason for which hotpatch cannot work on a machine as it is; empty where it can."""
    return tuple(_reasons(machine))


def _reasons(machine: Machine) -> Iterator[str]:
    if not is_windows(machine):
        yield "it does not run Windows"
        return
    if machine.type is MachineType.VIRTUAL_MACHINE:
        yield from _of_virtual_machine(machine)
        return
    found = why_not_image(machine) if machine.image else why_not_arc(machine)
    if found:
        yield found
    elif not is_enrolled(machine):
        yield f"hotpatch is {word_of(machine).lower()} for this Arc machine"


def _of_virtual_machine(machine: Machine) -> Iterator[str]:
    image = why_not_image(machine)
    if image:
        yield image  # what else is set does not matter, as Azure refuses hotpatch there
        return
    settings = machine.settings
    asked: tuple[tuple[Callable[[object], str | None], object], ...] = (
        (patching.why_not_hotpatching, settings.enable_hotpatching),
        (patching.why_not_patch_mode, settings.patch_mode),
        (patching.why_not_vm_agent, settings.provision_vm_agent),
        (patching.why_not_extension_operations, settings.allow_extension_operations),
        (patching.why_not_bypass_with_hotpatch, settings.bypass_platform_safety_checks),
        (patching.why_not_restarting, settings.reboot_setting),
    )
    yield from (reason for why_not, value in asked if (reason := why_not(value)))
    if machine.schedules and not settings.bypass_platform_safety_checks:
        yield "a schedule is attached, which stops Azure's own patching"
