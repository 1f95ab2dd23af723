"""Which rules apply to a machine: by its operating system, and by whether it states its patch settings."""

import re
from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.image_reference import REFERENCE, image_parts
from azure_hotpatch.domain.judging.program_images import system_of_image
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Audience, Context, MachineScope

CREATE_OPTION = "storageProfile.osDisk.createOption"
OS_TYPE = "storageProfile.osDisk.osType"
# Microsoft.Compute, DiskCreateOptionTypes: an operating system that comes from a disk, not from an image.
FROM_A_DISK = frozenset({"attach", "copy", "restore", "empty"})

LICENSE = "licenseType"
EXTENSIONS = "extensionProfile.extensions"

_WINDOWS_PUBLISHERS = frozenset({"microsoftwindowsserver", "microsoftwindowsdesktop", "microsoftvisualstudio"})
_PUBLISHER_OF_BOTH = "microsoftsqlserver"
# Publishers of Linux alone whose name does not say so; the words below find all others.
_LINUX_PUBLISHERS = frozenset(
    (
        *("canonical", "credativ", "erockyenterprisesoftwarefoundationinc1653071250513", "kinvolk"),
        *("microsoftcblmariner", "openlogic", "oracle", "resf"),
    )
)
# Names of distributions, one of which is in the publisher's name, the offer or the SKU ("sql2022-ubuntu2204").
_LINUX_WORDS = re.compile(
    r"linux|ubuntu|debian|centos|red-?hat|(?<![a-z])rhel|suse|(?<![a-z])sles|flatcar|coreos|mariner|(?<![a-z])fedora"
)
# Microsoft.Compute, licenseType: the others are Windows_Client and Windows_Server.
_LINUX_LICENSES = ("rhel", "sles", "ubuntu")

# Handlers of extensions that Azure has for Linux alone: a publisher of them only, or a type of one that has both.
# Source: "Virtual machine extensions and features for Linux". What reports health is judged, and not believed here.
_LINUX_HANDLERS = re.compile(
    r"microsoft\.ostcextensions/.*|microsoft\.azure\.extensions/customscript"
    r"|microsoft\.azure\.monitor/azuremonitorlinuxagent|microsoft\.enterprisecloud\.monitoring/omsagentforlinux"
)

_ALL = frozenset(Audience)
_NOT_CONFIGURED = frozenset({Audience.EVERY, Audience.WINDOWS})
_EVERY = frozenset({Audience.EVERY})


def audiences(record: Record, context: Context) -> frozenset[Audience]:
    """The audiences that a record belongs to."""
    if record.kind not in MACHINES:
        return _ALL
    if record.kind is Kind.SCALE_SET and record.peek("virtualMachineProfile") is None:
        return _EVERY  # a Flexible set without a profile: its machines are judged by themselves
    runs = operating_system(record) or system_of_image(record, context.images)
    if context.scope is not MachineScope.ALL and runs == "Linux":
        return _EVERY
    return _ALL if _is_configured(record) else _NOT_CONFIGURED


def operating_system(record: Record) -> str | None:
    """Windows or Linux, or None where it is unknown. Where a record says both, Windows, so that it is judged."""
    if _says_windows(record):
        return "Windows"
    return "Linux" if _says_linux(record) else None


def comes_from_a_disk(record: Record) -> bool:
    """Whether the operating system is known to come from a disk, so that nothing about it can be asserted."""
    return as_word(record.peek_machine(CREATE_OPTION)) in FROM_A_DISK


def _is_configured(record: Record) -> bool:
    # Azure takes no osProfile with an attached disk, so patch settings cannot be required of it.
    return not comes_from_a_disk(record) or record.peek_machine("osProfile") is not None


def _says_windows(record: Record) -> bool:
    publisher, *rest = (as_word(part) for part in image_parts(record))
    return (
        publisher in _WINDOWS_PUBLISHERS
        or (publisher == _PUBLISHER_OF_BOTH and not _names_linux(*rest))
        or _is_object(record.peek_machine("osProfile.windowsConfiguration"))
        or as_word(record.peek_machine(OS_TYPE)) == "windows"
        or _license(record).startswith("windows")
    )


def _says_linux(record: Record) -> bool:
    parts = [as_word(part) for part in image_parts(record)]
    return (
        parts[0] in _LINUX_PUBLISHERS
        or _names_linux(*parts)
        or _is_object(record.peek_machine("osProfile.linuxConfiguration"))
        or _license(record).startswith(_LINUX_LICENSES)
        or (
            (as_word(record.peek_machine(OS_TYPE)) == "linux" or _has_linux_handler(record))
            and not _may_be_any_image(record)
        )
    )


def _has_linux_handler(record: Record) -> bool:
    """Whether a scale set's own profile installs an extension that runs on Linux only."""
    inline = record.peek_machine(EXTENSIONS)
    count = len(inline) if isinstance(inline, list | tuple) else 0
    paths = [f"{EXTENSIONS}[{index}]" for index in range(count)]
    words = [[as_word(record.peek_machine(f"{at}.{part}")) for part in ("publisher", "type")] for at in paths]
    return any(_LINUX_HANDLERS.fullmatch("/".join(each)) for each in words)


def _license(record: Record) -> str:
    return as_word(record.peek_machine(LICENSE))


def _may_be_any_image(record: Record) -> bool:
    """Whether the image is not known yet: once it is, it says what runs, whatever the disk was said to hold."""
    named = (image_parts(record)[0], record.peek_machine(f"{REFERENCE}.id"))
    return any(isinstance(name, Unknown) for name in named)


def _names_linux(*parts: str) -> bool:
    return any(_LINUX_WORDS.search(part) for part in parts)


def _is_object(value: Any) -> bool:
    return isinstance(value, Mapping)
