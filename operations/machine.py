"""A running machine as Azure reports it: its place, patch settings, last assessment and installations.

Sources are Resource Graph rows and instance views; a value that Azure does not report is None, which is never read as
false. Times are aware datetimes in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MachineType(StrEnum):
    """Which service a machine belongs to, by its ARM type."""

    VIRTUAL_MACHINE = "Microsoft.Compute/virtualMachines"  # instances of Flexible scale sets among them
    ARC = "Microsoft.HybridCompute/machines"
    AZURE_LOCAL = "Microsoft.AzureStackHCI/virtualMachineInstances"


@dataclass(frozen=True, slots=True)
class ImageName:
    """The image a machine was made from, as its resource names it."""

    publisher: str
    offer: str
    sku: str
    version: str = ""
    exact_version: str = ""  # what "latest" was when the machine was made


@dataclass(frozen=True, slots=True)
class PatchSettings:
    """`osProfile.windowsConfiguration.patchSettings`, and the agent and updates switch beside it."""

    patch_mode: str | None = None  # AutomaticByPlatform, AutomaticByOS, Manual
    assessment_mode: str | None = None  # AutomaticByPlatform, ImageDefault
    enable_hotpatching: bool | None = None
    bypass_platform_safety_checks: bool | None = None  # on a user's schedule
    reboot_setting: str | None = None
    provision_vm_agent: bool | None = None
    enable_automatic_updates: bool | None = None
    allow_extension_operations: bool | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """One update of an assessment or an installation."""

    kb: str  # its digits: "5070881"; empty where the update has none
    name: str
    classifications: tuple[str, ...] = ()
    state: str = ""  # Available; or Installed, Failed, Pending, NotSelected, Excluded
    reboot_behavior: str = ""  # NeverReboots, AlwaysRequiresReboot, CanRequestReboot
    severity: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The last assessment of a machine. Azure keeps it 7 days."""

    status: str  # Succeeded, InProgress, Failed, CompletedWithWarnings, NotStarted
    at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)  # by classification: {"critical": 0, "security": 1}
    reboot_pending: bool | None = None
    patches: tuple[Patch, ...] | None = None  # None where they were not asked for
    error: str = ""
    started_by: str = ""  # User, Platform
    support: str = ""  # Supported, Unsupported, UnableToDetermine, Unknown


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation run. Azure keeps it 30 days."""

    id: str
    status: str  # Succeeded, InProgress, Failed, CompletedWithWarnings, NotStarted
    started: datetime
    ended: datetime | None = None
    patches: tuple[Patch, ...] | None = None
    reboot_status: str = ""  # NotNeeded, Required, Started, Failed, Completed
    window_exceeded: bool = False
    error: str = ""
    started_by: str = ""
    maintenance_run: str = ""  # the id of the run of a schedule, empty where there was none


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine that runs."""

    id: str
    type: MachineType
    name: str
    resource_group: str
    subscription: str
    location: str
    image: ImageName | None = None
    settings: PatchSettings = PatchSettings()
    schedules: tuple[str, ...] = ()  # ids of the maintenance configurations that it is assigned to, dynamic scopes too
    tags: Mapping[str, str] = field(default_factory=dict)
    zone: str | None = None
    availability_set: str | None = None
    scale_set: str | None = None
    power: str | None = None  # running, deallocated, stopped …
    os_version: str | None = None  # as the agent reports it: "10.0.20348.2113"
    hotpatch_state: str | None = None  # of an Arc machine: its enablement status
    assessment: Assessment | None = None
    installations: tuple[Installation, ...] = ()  # newest first
    read: datetime | None = None  # when Azure was asked
    os_type: str | None = None  # Windows, Linux
    image_id: str | None = None  # of an image that is not of the marketplace
    version_source: str = ""  # who says os_version: Resource Graph, instance view, Arc agent
    edition: str | None = None  # of an Arc machine: serverdatacenter, serverstandard …
    licence: str | None = None  # of an Arc machine: the state of its licence's hotpatch feature, Enabled or Disabled
    agent_ready: bool | None = None  # None where the instance view was not asked
    configuration: str = ""  # what the instance view says of the patch mode, where it is not ready
    viewed: datetime | None = None  # when the instance view was asked
