"""Validate the arguments of a `HotpatchScaleSet`, with the domain's predicates."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.scale_set.args import HealthProbeArgs, HotpatchScaleSetArgs, ScaleSetExtensionArgs
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check, Problem
from azure_hotpatch.components.shared.checks import valid
from azure_hotpatch.components.virtual_machine.checks import DATA_DISK, PROFILE_CHECKS
from azure_hotpatch.domain.azure import machines
from azure_hotpatch.domain.vocabulary import extension_checks, machine_checks
from azure_hotpatch.domain.vocabulary import machine_types as types
from azure_hotpatch.domain.vocabulary.machine_types import HANDLER_VERSION


def _extensions_differ(extensions: Any) -> Iterator[Problem]:
    said = {index: _said(extension) for index, extension in enumerate(extensions or ())}
    yield from extension_checks.extensions_differ("extensions", said)
    yield from extension_checks.not_the_health_extension("extensions", said)


def _said(extension: Any) -> extension_checks.Said:
    name, publisher, kind = (
        value if isinstance(value, str) else None for value in map(extension.get, ("name", "publisher", "type"))
    )
    return name, publisher, kind


EXTENSION = ArgumentSet(ScaleSetExtensionArgs, (valid("version", HANDLER_VERSION),))
HEALTH = ArgumentSet(
    HealthProbeArgs,
    (
        valid("protocol", types.HEALTH_PROTOCOL),
        valid("port", types.PORT),
        Check(("protocol", "request_path"), machine_checks.path_with_http),
    ),
)
SHAPE = ArgumentSet(
    HotpatchScaleSetArgs,
    (
        *PROFILE_CHECKS,
        valid("instances", types.INSTANCES),
        valid("fault_domain_count", types.FAULT_DOMAINS),
        Check(("zones",), machine_checks.zones_exist),
        Check(("zones", "fault_domain_count"), machine_checks.zones_or_fault_domains),
        valid("computer_name_prefix", types.COMPUTER_NAME_PREFIX),
        Check(("extensions",), _extensions_differ),
    ),
    {"data_disks": DATA_DISK, "extensions": EXTENSION},
    {"health": HEALTH},
    why_not_name=machines.why_not_named_after,
)
