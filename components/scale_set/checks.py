"""Which arguments of a `HotpatchScaleSet` are refused; the reasons are the domain's."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.scale_set.args import HealthProbeArgs, HotpatchScaleSetArgs
from azure_hotpatch.components.shared.arguments import Check, Problem, Shape
from azure_hotpatch.components.shared.checks import asks, one_of
from azure_hotpatch.components.virtual_machine.checks import DATA_DISK, PROFILE_CHECKS
from azure_hotpatch.domain.azure import machines
from azure_hotpatch.domain.azure.scale_sets import (
    HEALTH_PROTOCOLS,
    why_not_fault_domain_count,
    why_not_in_zones,
    why_not_request_path,
)

MOST_INSTANCES = 1000  # "Orchestration modes for Virtual Machine Scale Sets", Flexible


def _instances(count: Any) -> Iterator[Problem]:
    if count is not None and (not isinstance(count, int) or not 0 <= count <= MOST_INSTANCES):
        yield Problem("instances", f"it is not a number from 0 to {MOST_INSTANCES}", repr(count))


def _spread(zones: Any, count: Any) -> Iterator[Problem]:
    reason = why_not_fault_domain_count(count) if count is not None else None
    reason = reason or why_not_in_zones(zones or (), 1 if count is None else count)
    if reason:
        yield Problem("fault_domain_count", reason, repr(count), "1; 2 or 3 without zones")
    wrong = machines.why_not_zones(zones) if isinstance(zones, list | tuple) else zones and "it is not a list"
    if wrong:
        yield Problem("zones", wrong, repr(zones))


def _path_with_http(protocol: Any, path: Any) -> Iterator[Problem]:
    reason = why_not_request_path(protocol or "tcp", path) if protocol in (None, *HEALTH_PROTOCOLS) else None
    if reason:
        yield Problem("request_path", reason, repr(path), "http or https with a path, tcp without")


def _port(port: Any) -> Iterator[Problem]:
    if port is not None and (not isinstance(port, int) or not 1 <= port <= 65535):
        yield Problem("port", "it is not a port from 1 to 65535", repr(port))


HEALTH = Shape(
    HealthProbeArgs,
    (
        one_of("protocol", HEALTH_PROTOCOLS),
        Check(("port",), _port),
        Check(("protocol", "request_path"), _path_with_http),
    ),
)
SHAPE = Shape(
    HotpatchScaleSetArgs,
    (
        *PROFILE_CHECKS,
        Check(("instances",), _instances),
        Check(("zones", "fault_domain_count"), _spread),
        asks("computer_name_prefix", machines.why_not_computer_name_prefix),
    ),
    {"data_disks": DATA_DISK},
    {"health": HEALTH},
    why_not_name=machines.why_not_named_after,
)
