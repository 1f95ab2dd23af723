"""Which operating system runs on a machine: everything that says so, in one place."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.image_reference import REFERENCE, image_parts
from azure_hotpatch.domain.judging.program_images import system_of_image
from azure_hotpatch.domain.judging.record import Record, Unknown

OS_TYPE = "storageProfile.osDisk.osType"
LICENSE = "licenseType"
EXTENSIONS = "extensionProfile.extensions"

CUSTOM_DATA = "osProfile.customData"

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
# How scripts and configurations for cloud-init begin, which is on Linux alone, as they are and in base64.
# Source: cloud-init, "User-data formats".
_CLOUD_INIT = ("#!", "#cloud-config", "IyE", "I2Nsb3VkLWNvbmZpZ")


def operating_system(record: Record, images: Iterable[Record] = ()) -> str | None:
    """Windows or Linux, or None where it is unknown; `images` are those that the program makes itself.

    Where a record says both, Windows, so that it is judged.
    """
    if _says_windows(record):
        return "Windows"
    return "Linux" if _says_linux(record) else system_of_image(record, images)


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
        or _runs_cloud_init(record)
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


def _runs_cloud_init(record: Record) -> bool:
    data = record.peek_machine(CUSTOM_DATA)
    return isinstance(data, str) and data.startswith(_CLOUD_INIT)


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
