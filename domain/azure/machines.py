"""Validate a Windows machine's names, password, zones and disks against Azure's limits."""

import re
from collections.abc import Sequence
from typing import Literal, get_args

LONGEST_COMPUTER_NAME = 15
LONGEST_COMPUTER_NAME_PREFIX = 9
LONGEST_COMPONENT_NAME = 51
ZoneName = Literal["1", "2", "3"]
ZONES: tuple[str, ...] = get_args(ZoneName)

# Microsoft.Compute, StorageAccountTypes; an operating system cannot be on the last two.
OsDiskType = Literal["Premium_LRS", "Premium_ZRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Standard_LRS"]
DiskType = Literal[OsDiskType, "PremiumV2_LRS", "UltraSSD_LRS"]
Caching = Literal["None", "ReadOnly", "ReadWrite"]
OS_DISK_TYPES: tuple[str, ...] = get_args(OsDiskType)
DISK_TYPES: tuple[str, ...] = get_args(DiskType)
CACHING: tuple[str, ...] = get_args(Caching)
MOST_DATA_DISKS = 64

# "Expand virtual hard disks attached to a Windows VM": 4,095 GiB is the largest disk for an operating system.
LARGEST_OS_DISK_GB = 4095
LARGEST_DATA_DISK_GB = 32767
# A full Windows image is 127 GiB, a smalldisk one 30 GiB.
SMALLEST_OS_DISK_GB = 127
SMALLEST_SMALLDISK_GB = 30
OS_DISK_GB = 128
# A baseline is a cumulative update of several gigabytes, and a smalldisk image leaves it little room.
SMALLDISK_GB = 64

_COMPUTER_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_USER = re.compile(r"[^\s\\/\"\[\]:|<>+=;,?*@&]{1,20}(?<!\.)")
# virtualMachines, osProfile.adminUsername and osProfile.adminPassword: "disallowed values".
# fmt: off
_REFUSED_USERS = frozenset((
    "administrator", "admin", "user", "user1", "test", "user2", "test1", "user3", "admin1", "1", "123", "a", "actuser",
    "adm", "admin2", "aspnet", "backup", "console", "david", "guest", "john", "owner", "root", "server", "sql",
    "support", "support_388945a0", "sys", "test2", "test3", "user4", "user5",
))
_REFUSED_PASSWORDS = frozenset((
    "abc@123", "P@$$w0rd", "P@ssw0rd", "P@ssword123", "Pa$$word",
    "pass@word1", "Password!", "Password1", "Password22", "iloveyou!",
))
# fmt: on
_COMPONENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PASSWORD_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[\W_]")


def why_not_named_after(name: str) -> str | None:
    """Say why resources of Azure cannot be called after `name`, or None where they can.

    Azure takes 64 characters for a machine or a set, and eleven or thirteen are added: `-vm` or `-vmss`, and eight
    random ones.
    """
    if len(name) > LONGEST_COMPONENT_NAME:
        return f"{name!r} has {len(name)} characters; what Azure names after it leaves {LONGEST_COMPONENT_NAME} at most"
    if not _COMPONENT_NAME.fullmatch(name):
        return f"{name!r} may hold letters, digits, hyphens, dots and underscores, and begins with a letter or a digit"
    return None


def why_not_computer_name(name: str) -> str | None:
    """Say why Windows does not take `name` (at most 15 characters, not only digits), or None where it does."""
    if len(name) > LONGEST_COMPUTER_NAME:
        return f"{name!r} has {len(name)} characters; Windows takes {LONGEST_COMPUTER_NAME} at most"
    if name.isdigit():
        return f"{name!r} has only digits, which Azure refuses"
    if not _COMPUTER_NAME.fullmatch(name):
        return f"{name!r} may hold letters, digits and hyphens, and neither begins nor ends with a hyphen"
    return None


def why_not_computer_name_prefix(prefix: str) -> str | None:
    """Say why a Windows scale set does not take `prefix` (at most 9 characters, not only digits), or None."""
    if len(prefix) > LONGEST_COMPUTER_NAME_PREFIX:
        return (
            f"{prefix!r} has {len(prefix)} characters; a Windows scale set takes {LONGEST_COMPUTER_NAME_PREFIX} at most"
        )
    if prefix.isdigit():
        return f"{prefix!r} has only digits, which Azure refuses"
    if not _PREFIX.fullmatch(prefix):
        return f"{prefix!r} may hold letters, digits and hyphens, and does not begin with a hyphen"
    return None


def why_not_admin_username(name: str) -> str | None:
    """Say why Azure does not take `name` as a Windows administrator, or None where it does."""
    if name.lower() in _REFUSED_USERS:
        return f"{name!r} is one of the names that Azure refuses for an administrator"
    if not _USER.fullmatch(name):
        return f"{name!r} is not a Windows user name: 1 to 20 characters, no space, no dot at the end"
    return None


def why_not_admin_password(password: str) -> str | None:
    """Say why Azure does not accept `password`, without repeating any of it, or None if it does."""
    if not 8 <= len(password) <= 123:
        return "has fewer than 8 or more than 123 characters"
    if sum(bool(re.search(kind, password)) for kind in _PASSWORD_CLASSES) < 3:
        return "has fewer than three of: lower-case letters, upper-case letters, digits, signs"
    if password in _REFUSED_PASSWORDS:
        return "is one of the passwords that Azure refuses because everybody knows them"
    return None


def why_not_zones(zones: Sequence[str]) -> str | None:
    """Say why a machine cannot be in `zones`, or None where it can."""
    strange = [zone for zone in zones if zone not in ZONES]
    if strange:
        return f"{strange[0]!r} is not a zone; zones are the strings {', '.join(map(repr, ZONES))}"
    return "a zone is named twice" if len(set(zones)) != len(zones) else None


def why_not_in_availability_set(zones: Sequence[str]) -> str | None:
    """Say why a machine in these zones cannot be in an availability set, or None where it can."""
    return "a machine in a zone cannot be in an availability set" if zones else None


def os_disk_gb(sku: str) -> int:
    """The size of an OS disk that leaves room for baselines, in GiB."""
    return SMALLDISK_GB if _is_smalldisk(sku) else OS_DISK_GB


def why_not_os_disk_gb(size: int, sku: str) -> str | None:
    """Say why the OS disk of an image with this SKU cannot have `size` GiB, or None where it can."""
    smallest = SMALLEST_SMALLDISK_GB if _is_smalldisk(sku) else SMALLEST_OS_DISK_GB
    if smallest <= size <= LARGEST_OS_DISK_GB:
        return None
    return f"{size} GiB is not from {smallest}, the image's own size, to {LARGEST_OS_DISK_GB}"


def _is_smalldisk(sku: str) -> bool:
    """The part of the name that says so is not always the last: 2019-datacenter-smalldisk-g2."""
    return "smalldisk" in sku.lower().split("-")
