"""Checks across the values of a machine: zones, disks, health probe."""

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.domain.azure.machines import why_not_in_availability_set, why_not_zones
from azure_hotpatch.domain.azure.scale_sets import why_not_in_zones, why_not_request_path
from azure_hotpatch.domain.azure.sizes import nearest_size_with_premium_disks, why_not_premium_disks
from azure_hotpatch.domain.vocabulary.problem import Problem, printed

_NEEDS_PREMIUM = ("Premium", "Ultra")


def zones_exist(zones: Any) -> Iterator[Problem]:
    """Every zone exists, and is named once."""
    reason = why_not_zones(zones) if zones else None
    if reason:
        yield Problem("zones", reason, printed(zones), "1, 2, 3, each once")


def zones_or_availability_set(zones: Any, availability_set: Any) -> Iterator[Problem]:
    """A machine is in a zone or in an availability set."""
    reason = why_not_in_availability_set(zones) if zones and availability_set else None
    if reason:
        yield Problem("zones", reason, printed(zones), "zones or an availability set, not both")


def zones_or_fault_domains(zones: Any, fault_domains: Any) -> Iterator[Problem]:
    """A scale set is spread over zones or over fault domains."""
    reason = why_not_in_zones(zones or (), 1 if fault_domains is None else fault_domains)
    if reason:
        yield Problem("fault_domain_count", reason, printed(fault_domains), "1 with zones; 2 or 3 without")


def path_with_http(protocol: Any, path: Any) -> Iterator[Problem]:
    """A health probe has a path with http and https, and none with tcp."""
    reason = why_not_request_path(protocol or "tcp", path)
    if reason:
        yield Problem("request_path", reason, printed(path), "a path with http or https, none with tcp")


def disks_of_the_size(size: Any, kinds: Mapping[str, str | None]) -> Iterator[Problem]:
    """The size accepts the types of the disks; `kinds` has the type of each, by what the disk is called."""
    premium = [f"{disk} is {kind}" for disk, kind in kinds.items() if kind and kind.startswith(_NEEDS_PREMIUM)]
    reason = why_not_premium_disks(size) if size and premium else None
    if reason:
        allowed = "a size with an s, or disks of type StandardSSD_LRS"
        yield Problem(
            "size", f"{reason}, and {premium[0]}", printed(size), allowed, nearest_size_with_premium_disks(size)
        )


def disk_is_there_or_separate(disk_id: Any, separate: Any) -> Iterator[Problem]:
    """A data disk exists already, or it is made as a resource of its own."""
    if separate and disk_id is not None and disk_id != {}:
        yield Problem("separate", "the disk exists already, and is a resource of its own", "true", "one of the two")


def no_disk_is_left_behind(replaced: Any, path: str, kept: Mapping[str, bool], other: str) -> Iterator[Problem]:
    """A machine that may be replaced has data disks that its successor can be given; `kept` has a bool for each.

    `other` is what the setting is called that names a disk which exists.
    """
    for unit, is_kept in kept.items() if replaced else ():
        if not is_kept:
            yield Problem(
                f"{path}[{unit}].separate",
                "the disk is made with its machine, and a replacement would leave it behind and make an empty one",
                allowed=f"true for a new disk; {other} for one that exists; no replacement on change",
            )
