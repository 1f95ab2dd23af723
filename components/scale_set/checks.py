"""Validate the arguments of a `HotpatchScaleSet`, with the domain's predicates."""

from azure_hotpatch.components.scale_set.args import HealthProbeArgs, HotpatchScaleSetArgs
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check
from azure_hotpatch.components.shared.checks import valid
from azure_hotpatch.components.virtual_machine.checks import DATA_DISK, PROFILE_CHECKS
from azure_hotpatch.domain.azure import machines
from azure_hotpatch.domain.vocabulary import machine_checks
from azure_hotpatch.domain.vocabulary import machine_types as types

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
    ),
    {"data_disks": DATA_DISK},
    {"health": HEALTH},
    why_not_name=machines.why_not_named_after,
)
