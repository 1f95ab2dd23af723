"""What a `MaintenanceSchedule` is asked for."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi


class ScheduledMachineArgs(TypedDict):
    """A machine that is patched in the window."""

    virtual_machine_id: pulumi.Input[str]
    """Required. The machine's resource id."""
    patching_mode: pulumi.Input[str]
    """Required. The machine's mode, which must be customerManagedSchedule: no other is patched in a window."""


class DynamicScopeArgs(TypedDict):
    """Machines that Azure finds by itself each time the window opens; never let it reach a machine with hotpatch."""

    resource_groups: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Only machines in these resource groups. Default all of the subscription."""
    locations: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Only machines in these regions. Default that of the schedule."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[str]]]]]]
    """Optional. Only machines with these tags, each with the values that are accepted."""
    tag_operator: NotRequired[pulumi.Input[str]]
    """Optional. Whether a machine must have All of the tags or Any of them. Default All."""


class MaintenanceScheduleArgs(TypedDict):
    """The arguments of a MaintenanceSchedule."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the maintenance configuration."""
    start: pulumi.Input[str]
    """Required. From when on the window recurs: YYYY-MM-DD hh:mm in the time zone."""
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
    """Optional. When the window ends to recur: YYYY-MM-DD hh:mm. Default never."""
    classifications: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. The classes of updates that are installed. Default Critical, Security and UpdateRollup."""
    kbs_to_include: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Updates that are installed whatever their class, such as KB5034129."""
    kbs_to_exclude: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. Updates that are never installed."""
    exclude_kbs_requiring_reboot: NotRequired[pulumi.Input[bool]]
    """Optional. Whether updates that may restart the machine are left out. Default false."""
    reboot_setting: NotRequired[pulumi.Input[str]]
    """Optional. Whether an update may restart a machine; the machine's own setting wins. Default IfRequired."""
    machines: NotRequired[Mapping[str, ScheduledMachineArgs]]
    """Optional. Machines that are patched in the window, each under a name that stays. Default none."""
    dynamic_scope: NotRequired[DynamicScopeArgs]
    """Optional. Machines that Azure finds by region, group and tags. Default none."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of the configuration."""
