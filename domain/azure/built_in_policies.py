"""Azure's built-in policies that conflict with hotpatch, and what each does to a machine with it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A policy definition of Azure's own, by its id, and the consequence of assigning it."""

    id: str
    title: str
    consequence: str


_BYPASS = (
    "it sets bypassPlatformSafetyChecksOnUserSchedule to true on every Windows Server machine, hotpatch or not; "
    "Azure refuses that with hotpatch, so its remediation fails on each of them"
)
# Azure/azure-policy, built-in-policies/policyDefinitions, as of 2026-04-29.
CONFLICTING = (
    BuiltIn(
        "9905ca54-1471-49c6-8291-7582c04cd4d4",
        "Set prerequisite for Scheduling recurring updates on Azure virtual machines",
        _BYPASS,
    ),
    BuiltIn(
        "ba0df93e-e4ac-479a-aac2-134bbae39a1a",
        "Schedule recurring updates using Azure Update Manager",
        f"{_BYPASS}; and where the schedule is attached all the same, nothing patches the machine any more",
    ),
    BuiltIn(
        "6d02d2f7-e38b-4bdc-96f3-adc0a8726abc",
        "Hotpatch should be enabled for Windows Server Azure Edition VMs",
        "it requires hotpatch on 2022-datacenter-azure-edition and its smalldisk, which cannot have it (with Deny they "
        "cannot be made at all), and never looks at 2022-…-hotpatch, any 2025 image or a scale set; Azure Landing "
        "Zones assign it as Deny-Windows-Vm-HotPatch",
    ),
)

# An id without a scope is built in ("Azure Policy initiative definition structure"); no such set is known to hold one.
# Its name is a GUID, as in Azure/azure-policy; resourceId() of a template that is read here has no scope either.
_BUILT_IN_SET = re.compile(
    r"/providers/microsoft\.authorization/policysetdefinitions/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


def conflicting_policy(definition_id: str) -> BuiltIn | None:
    """The built-in that conflicts with hotpatch and has this definition id, whole or its last part, or None."""
    last = definition_id.strip().rstrip("/").rsplit("/", 1)[-1].lower()
    return next((policy for policy in CONFLICTING if policy.id == last), None)


def is_own_set(definition_id: str) -> bool:
    """Whether a definition id is that of an initiative (a policy set) that is not one of Azure's own."""
    path = definition_id.strip().lower()
    return "/policysetdefinitions/" in path and not _BUILT_IN_SET.match(path)
