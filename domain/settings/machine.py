"""The settings of machines in Azure: size, region, zones, disks, licence and identity."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.machines import MOST_DATA_DISKS, Caching, DiskType, OsDiskType, ZoneName
from azure_hotpatch.domain.azure.patching import PatchingMode, RebootSetting
from azure_hotpatch.domain.azure.scale_sets import HealthProtocol
from azure_hotpatch.domain.settings.group import Numbered
from azure_hotpatch.domain.settings.images import Pinned
from azure_hotpatch.domain.settings.management import Extension
from azure_hotpatch.domain.settings.tags import Tags
from azure_hotpatch.domain.settings.value import (
    ComputerName,
    ComputerNamePrefix,
    DiskEncryptionSetId,
    DiskId,
    GroupName,
    IdentityId,
    LocationName,
    PlacementGroupId,
    SecretName,
    SubnetId,
    TimeZoneName,
    VmSize,
    Zone,
)
from azure_hotpatch.domain.vocabulary import extension_checks, machine_checks
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.machine_types import (
    CACHING,
    DATA_DISK_GB,
    DISK_TYPE,
    FAULT_DOMAINS,
    HEALTH_PROTOCOL,
    INSTANCES,
    OS_DISK_GB,
    OS_DISK_TYPE,
    PATCHING_MODE,
    PORT,
    REBOOT_SETTING,
)
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.problem import Problem

Mode = Annotated[PatchingMode, PATCHING_MODE]
Reboot = Annotated[RebootSetting, REBOOT_SETTING]


def _disks_of_the_size(size: Any, os_disk: Any, data_disks: Any) -> Iterator[Problem]:
    kinds = {"osDisk": os_disk.type} | {f"dataDisks[{number}]": disk.type for number, disk in enumerate(data_disks)}
    return machine_checks.disks_of_the_size(size, kinds)


def _no_disk_is_left_behind(replaced: Any, data_disks: Any) -> Iterator[Problem]:
    kept = {str(unit): bool(disk.separate or disk.disk_ids) for unit, disk in enumerate(data_disks)}
    return machine_checks.no_disk_is_left_behind(replaced, "data_disks", kept, "diskIds")


def _said(extensions: Any) -> dict[int, extension_checks.Said]:
    return {index: (each.name, each.publisher, each.type) for index, each in enumerate(extensions)}


def _extensions_differ(extensions: Any) -> Iterator[Problem]:
    return extension_checks.extensions_differ("extensions", _said(extensions))


def _no_second_health_extension(extensions: Any) -> Iterator[Problem]:
    return extension_checks.not_the_health_extension("extensions", _said(extensions))


class OsDisk(Settings):
    """The size and the storage type of the operating system's disk."""

    size_gb: Annotated[int, OS_DISK_GB] | None = Field(default=None, alias="sizeGB")
    """Size in GiB; default 128, of a smalldisk image 64, which leaves a baseline room."""
    type: Annotated[OsDiskType, OS_DISK_TYPE] = defaults.DISK_TYPE
    """The disk's storage type."""


class DataDisk(Settings):
    """A data disk; its position in the list is its logical unit number."""

    size_gb: Annotated[int, DATA_DISK_GB] = Field(alias="sizeGB")
    """Size in GiB."""
    type: Annotated[DiskType, DISK_TYPE] = defaults.DISK_TYPE
    """The disk's storage type."""
    caching: Annotated[Caching, CACHING] = defaults.CACHING
    """The host's cache."""


class MachineDataDisk(DataDisk):
    """A data disk of a machine: created with it, created as a separate resource, or existing."""

    separate: bool = False
    """Whether it is a separate resource, which is kept when its machine is replaced."""
    disk_ids: dict[ComputerName, DiskId] = Field(default_factory=dict)
    """The ids of existing disks to attach, by machine name, instead of new ones."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("disk_ids", "separate"), machine_checks.disk_is_there_or_separate),)


class AzureMachine(Pinned):
    """The settings that machines and scale sets share."""

    resource_group: GroupName | None = None
    """The resource group that it is in, made if it is new; default: the stack's, fleet."""
    admin_password_secret: SecretName | None = None
    """The name of the secret that holds the administrator's password; default: adminPassword."""
    size: VmSize = defaults.SIZE
    """A size that runs generation 2 images: Standard_D2s_v5."""
    location: LocationName | None = None
    """The region; default: the stack's."""
    zones: tuple[Zone, ...] = ()
    """Availability zones over which the machines are spread."""
    os_disk: OsDisk = OsDisk()
    """The operating system's disk."""
    data_disks: Annotated[tuple[DataDisk, ...], Field(max_length=MOST_DATA_DISKS)] = ()
    """Further disks."""
    azure_hybrid_benefit: bool = False
    """Whether a Windows Server licence with Software Assurance is used instead of paying by the hour."""
    encryption_at_host: bool = False
    """Whether temporary disks and caches are encrypted; the subscription must have the feature."""
    subnet_id: SubnetId | None = None
    """An existing subnet for this group; default: the region's network."""
    identity_ids: tuple[IdentityId, ...] = ()
    """User-assigned identities; a machine has its own besides, a scale set only these."""
    disk_encryption_set_id: DiskEncryptionSetId | None = None
    """The disk encryption set whose key encrypts all disks; default: a key of Azure's."""
    proximity_placement_group_id: PlacementGroupId | None = None
    """The proximity placement group; Azure changes it of deallocated machines. Default: none."""
    time_zone: TimeZoneName | None = None
    """The Windows time zone, in which Azure counts off-peak hours: W. Europe Standard Time. Default: UTC."""
    replace_on_change: bool = False
    """Whether a change of what Azure fixes, such as the image, replaces this group; default: it is refused."""
    extensions: tuple[Extension, ...] = ()
    """Extensions of every machine or instance: domain join, the monitor agent."""
    tags: Tags = Field(default_factory=dict)
    """Tags of this group's machines, besides the stack's."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("zones",), machine_checks.zones_exist),
        Check(("size", "os_disk", "data_disks"), _disks_of_the_size),
        Check(("extensions",), _extensions_differ),
    )


class MachineGroup(Numbered, AzureMachine):
    """A group of virtual machines: one, `count`, or those of `names`."""

    patching_mode: Mode | None = None
    """How this group is patched; default: maintenance.mode."""
    data_disks: Annotated[tuple[MachineDataDisk, ...], Field(max_length=MOST_DATA_DISKS)] = ()
    """Further disks."""
    reboot_setting: Reboot | None = None
    """Default: maintenance.rebootSetting."""
    availability_set: bool = False
    """Whether the group's machines share an availability set; not with zones."""

    checks: ClassVar[tuple[Check, ...]] = (
        *Numbered.checks,
        *AzureMachine.checks,
        Check(("zones", "availability_set"), machine_checks.zones_or_availability_set),
        Check(("replace_on_change", "data_disks"), _no_disk_is_left_behind),
    )

    def zone(self, index: int) -> ZoneName | None:
        """The zone of the machine at `index`, in turn."""
        return self.zones[index % len(self.zones)] if self.zones else None


class HealthProbe(Settings):
    """How the application health extension probes an instance: patches wait until it reports healthy."""

    protocol: Annotated[HealthProtocol, HEALTH_PROTOCOL] = defaults.HEALTH_PROTOCOL
    """The protocol of the probe."""
    port: Annotated[int, PORT] = defaults.HEALTH_PORT
    """Where."""
    request_path: str | None = None
    """The request path, for http and https only."""

    checks: ClassVar[tuple[Check, ...]] = (Check(("protocol", "request_path"), machine_checks.path_with_http),)


class ScaleSetGroup(AzureMachine):
    """A scale set with Flexible orchestration; hotpatch can never be off in it."""

    name: GroupName
    """The scale set's name."""
    instances: Annotated[int, INSTANCES] = defaults.INSTANCES
    """How many instances."""
    fault_domain_count: Annotated[int, FAULT_DOMAINS] = defaults.FAULT_DOMAIN_COUNT
    """1 spreads as far as possible and is the only value with zones; 2 or 3 within a region."""
    computer_name_prefix: ComputerNamePrefix | None = None
    """At most 9 characters; default: the name."""
    patching_mode: Literal["hotpatch"] | None = None
    """hotpatch, the only mode of a scale set; required if maintenance.mode is another."""
    reboot_setting: Reboot | None = None
    """Default: maintenance.rebootSetting."""
    load_balancer: bool = False
    """Whether a load balancer is put in front."""
    health: HealthProbe = HealthProbe()
    """How an instance's health is probed."""

    checks: ClassVar[tuple[Check, ...]] = (
        *AzureMachine.checks,
        Check(("extensions",), _no_second_health_extension),
        Check(("zones", "fault_domain_count"), machine_checks.zones_or_fault_domains),
    )

    @property
    def prefix(self) -> str:
        """The computer name prefix."""
        return self.computer_name_prefix or self.name
