"""The arguments of a `MaintenanceSchedule`, and its spec: the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.maintenance.updates import Classification, TagOperator
from azure_hotpatch.domain.azure.patching import PatchingModeName, RebootSetting


class ScheduledMachineArgs(TypedDict):
    """A machine that is patched in the window."""

    virtual_machine_id: pulumi.Input[str]
    """Required. The machine's resource id."""
    patching_mode: pulumi.Input[PatchingModeName]
    """Required. The machine's patching mode, which must be customerManagedSchedule: no other mode runs a schedule."""


class DynamicScopeArgs(TypedDict):
    """A dynamic scope: Azure selects the machines at each run. It must not match a machine with hotpatch."""

    resource_groups: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Only machines in these resource groups. Default all of the subscription."""
    locations: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Only machines in these regions. Default that of the schedule."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[str]]]]]]
    """Optional. Only machines with these tags, each with the values that are accepted."""
    tag_operator: NotRequired[pulumi.Input[TagOperator]]
    """Optional. Whether a machine must have All of the tags or Any of them. Default All."""


class MaintenanceScheduleArgs(TypedDict):
    """The arguments of a MaintenanceSchedule."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the maintenance configuration."""
    start: pulumi.Input[str]
    """Required. When the window begins to recur: YYYY-MM-DD hh:mm in the time zone."""
    recurrence: pulumi.Input[str]
    """Required. saturdayAfterPatchTuesday, saturdayAfterBaseline, or Azure's grammar: Month Second Tuesday Offset4."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region, which is that of its machines. Default that of the resource group."""
    configuration_name: NotRequired[pulumi.Input[str]]
    """Optional. The configuration's name in Azure. Default the component's name and a random suffix."""
    duration: NotRequired[pulumi.Input[str]]
    """Optional. How long the window is open: HH:mm, from 01:30 to 03:55. Default 03:00."""
    time_zone: NotRequired[pulumi.Input[str]]
    """Optional. A Windows time zone, such as W. Europe Standard Time. Default UTC."""
    expires: NotRequired[pulumi.Input[str]]
    """Optional. When the window stops recurring: YYYY-MM-DD hh:mm. Default never."""
    classifications: NotRequired[pulumi.Input[Sequence[pulumi.Input[Classification]]]]
    """Optional. The classes of updates that are installed. Default Critical, Security and UpdateRollup."""
    kbs_to_include: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Updates that are installed whatever their class, such as KB5034129."""
    kbs_to_exclude: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Updates that are never installed."""
    exclude_kbs_requiring_reboot: NotRequired[pulumi.Input[bool]]
    """Optional. Whether updates that may restart the machine are left out. Default false."""
    reboot_setting: NotRequired[pulumi.Input[RebootSetting]]
    """Optional. Whether an update may restart a machine; the machine's own setting wins. Default IfRequired."""
    machines: NotRequired[Mapping[str, ScheduledMachineArgs]]
    """Optional. The machines that are patched in the window, each under a stable name. Default none."""
    dynamic_scope: NotRequired[DynamicScopeArgs]
    """Optional. A dynamic scope: machines selected by region, group and tags. Default none."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledMachineSpec:
    """A machine that is patched in the window."""

    virtual_machine_id: pulumi.Input[str]
    patching_mode: pulumi.Input[PatchingModeName]


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicScopeSpec:
    """A dynamic scope with the defaults filled in; None where there is no value."""

    resource_groups: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None
    locations: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None
    tags: pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[str]]]]] | None = None
    tag_operator: pulumi.Input[TagOperator] = defaults.TAG_OPERATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSpec:
    """The arguments of a MaintenanceSchedule with the defaults filled in; None where there is no value."""

    resource_group_name: pulumi.Input[str]
    start: pulumi.Input[str]
    recurrence: pulumi.Input[str]
    location: pulumi.Input[str] | None = None
    configuration_name: pulumi.Input[str] | None = None
    duration: pulumi.Input[str] = defaults.DURATION
    time_zone: pulumi.Input[str] = defaults.TIME_ZONE
    expires: pulumi.Input[str] | None = None
    classifications: pulumi.Input[Sequence[pulumi.Input[Classification]]] = defaults.CLASSIFICATIONS
    kbs_to_include: pulumi.Input[Sequence[pulumi.Input[str]]] = ()
    kbs_to_exclude: pulumi.Input[Sequence[pulumi.Input[str]]] = ()
    exclude_kbs_requiring_reboot: pulumi.Input[bool] | None = None
    reboot_setting: pulumi.Input[RebootSetting] = defaults.REBOOT_SETTING
    machines: Mapping[str, ScheduledMachineSpec] = field(default_factory=dict)
    dynamic_scope: DynamicScopeSpec | None = None
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None
