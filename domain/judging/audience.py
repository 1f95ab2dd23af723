"""Which rules a machine meets: what runs on it, and whether it states how it is patched."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.image_reference import REFERENCE, image_parts
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Audience, Context, MachineScope

CREATE_OPTION = "storageProfile.osDisk.createOption"
# Microsoft.Compute, DiskCreateOptionTypes: an operating system that comes from a disk, not from an image.
FROM_A_DISK = frozenset({"attach", "copy", "restore", "empty"})

_WINDOWS_PUBLISHERS = frozenset(
    {"microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftsqlserver", "microsoftvisualstudio"}
)
# Publishers of the endorsed distributions, and of the others that the public examples use.
_LINUX_PUBLISHERS = frozenset(
    """
    almalinux canonical cloudlinux coreos credativ debian erockyenterprisesoftwarefoundationinc1653071250513 flatcar
    kinvolk microsoft-azure-linux microsoftcblmariner openlogic oracle redhat resf suse
    """.split()  # noqa: SIM905 - sixteen quoted lines say no more
)
# SQL Server comes on both systems, and its offers say which ("sql2022-ws2022", "sql2022-ubuntu2204").
_LINUX_OFFERS = ("ubuntu", "-rhel", "-sles", "debian", "centos", "oracle-linux")

_ALL = frozenset(Audience)
_NOT_CONFIGURED = frozenset({Audience.EVERY, Audience.WINDOWS})
_EVERY = frozenset({Audience.EVERY})


def audiences(record: Record, context: Context) -> frozenset[Audience]:
    """The audiences that a record belongs to."""
    if record.kind not in MACHINES:
        return _ALL
    if record.kind is Kind.SCALE_SET and record.peek("virtualMachineProfile") is None:
        return _EVERY  # a Flexible set without a profile: its machines are judged by themselves
    if context.scope is not MachineScope.ALL and operating_system(record) == "Linux":
        return _EVERY
    return _ALL if _is_configured(record) else _NOT_CONFIGURED


def operating_system(record: Record) -> str | None:
    """Windows or Linux, or None where it cannot be told. Where a record says both, Windows: it is judged."""
    if _says_windows(record):
        return "Windows"
    return "Linux" if _says_linux(record) else None


def comes_from_a_disk(record: Record) -> bool:
    """Whether the operating system is known to come from a disk, so that nothing about it can be asserted."""
    return as_word(record.peek_machine(CREATE_OPTION)) in FROM_A_DISK


def _is_configured(record: Record) -> bool:
    # Azure takes no osProfile with an attached disk, so patch settings cannot be asked of it.
    return not comes_from_a_disk(record) or record.peek_machine("osProfile") is not None


def _says_windows(record: Record) -> bool:
    publisher, offer, _ = (as_word(part) for part in image_parts(record))
    return (
        (publisher in _WINDOWS_PUBLISHERS and not _is_linux_offer(offer))
        or _is_object(record.peek_machine("osProfile.windowsConfiguration"))
        or as_word(record.peek_machine("storageProfile.osDisk.osType")) == "windows"
    )


def _says_linux(record: Record) -> bool:
    publisher, offer, _ = (as_word(part) for part in image_parts(record))
    return (
        publisher in _LINUX_PUBLISHERS
        or _is_linux_offer(offer)
        or _is_object(record.peek_machine("osProfile.linuxConfiguration"))
        or (as_word(record.peek_machine("storageProfile.osDisk.osType")) == "linux" and not _may_be_any_image(record))
    )


def _may_be_any_image(record: Record) -> bool:
    """Whether the image is not known yet: once it is, it says what runs, whatever the disk was said to hold."""
    named = (image_parts(record)[0], record.peek_machine(f"{REFERENCE}.id"))
    return any(isinstance(name, Unknown) for name in named)


def _is_linux_offer(offer: str) -> bool:
    return any(name in offer for name in _LINUX_OFFERS)


def _is_object(value: Any) -> bool:
    return isinstance(value, Mapping)
