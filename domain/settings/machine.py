"""What a stack says of a machine in Azure: its size, place, disks, licence and identity."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.machines import (
    LARGEST_DATA_DISK_GB,
    LARGEST_OS_DISK_GB,
    MOST_DATA_DISKS,
    SMALLEST_SMALLDISK_GB,
    Caching,
    DiskType,
    OsDiskType,
    ZoneName,
    why_not_in_availability_set,
    why_not_zones,
)
from azure_hotpatch.domain.azure.patching import PatchingMode, RebootSetting
from azure_hotpatch.domain.azure.scale_sets import HealthProtocol, why_not_in_zones, why_not_request_path
from azure_hotpatch.domain.azure.sizes import nearest_size, why_not_premium_disks
from azure_hotpatch.domain.settings.group import MOST, Numbered
from azure_hotpatch.domain.settings.images import Pinned
from azure_hotpatch.domain.settings.tags import Tags
from azure_hotpatch.domain.settings.value import (
    ComputerNamePrefix,
    GroupName,
    IdentityId,
    LocationName,
    Settings,
    SubnetId,
    VmSize,
    as_text,
    wrong,
)

Zone = Annotated[ZoneName, BeforeValidator(as_text, json_schema_input_type=Literal[ZoneName, 1, 2, 3])]


def _zones(zones: tuple[str, ...]) -> tuple[str, ...]:
    reason = why_not_zones(zones)
    if reason:
        raise wrong(reason, allowed="1, 2, 3, each once")
    return zones


class OsDisk(Settings):
    """The size and the storage of the disk that Windows is on."""

    size_gb: Annotated[int, Field(ge=SMALLEST_SMALLDISK_GB, le=LARGEST_OS_DISK_GB)] | None = Field(
        default=None, alias="sizeGB"
    )
    """Size in GiB; default 128, of a smalldisk image 64, which leaves a baseline room."""
    type: OsDiskType = defaults.DISK_TYPE
    """The disk's storage."""


class DataDisk(Settings):
    """A further disk, at the unit number of its place in the list."""

    size_gb: Annotated[int, Field(ge=1, le=LARGEST_DATA_DISK_GB, alias="sizeGB")]
    """Size in GiB."""
    type: DiskType = defaults.DISK_TYPE
    """The disk's storage."""
    caching: Caching = defaults.CACHING
    """The host's cache."""


class AzureMachine(Pinned):
    """What machines and scale sets have in common."""

    size: VmSize = defaults.SIZE
    """A size that runs generation 2 images: Standard_D2s_v5."""
    location: LocationName | None = None
    """The region; default: the stack's."""
    zones: Annotated[tuple[Zone, ...], AfterValidator(_zones)] = ()
    """Availability zones over which the machines are spread."""
    os_disk: OsDisk = OsDisk()
    """The disk that Windows is on."""
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
    tags: Tags = Field(default_factory=dict)
    """Tags of this group's machines, besides the stack's."""

    @model_validator(mode="after")
    def _disks_fit_the_size(self) -> Self:
        reason = why_not_premium_disks(self.size)
        types = {"osDisk": self.os_disk.type} | {f"dataDisks[{n}]": disk.type for n, disk in enumerate(self.data_disks)}
        premium = [f"{place} is {kind}" for place, kind in types.items() if kind.startswith(("Premium", "Ultra"))]
        if reason and premium:
            allowed = "a size with an s, or disks of type StandardSSD_LRS"
            raise wrong(
                f"{reason}, and {premium[0]}", at="size", allowed=allowed, nearest=nearest_size(self.size) or ""
            )
        return self


class MachineGroup(Numbered, AzureMachine):
    """A group of virtual machines: one, `count`, or those of `names`."""

    patching_mode: PatchingMode | None = None
    """How this group is patched; default: maintenance.mode."""
    reboot_setting: RebootSetting | None = None
    """Default: maintenance.rebootSetting."""
    availability_set: bool = False
    """Whether the group's machines share an availability set; not with zones."""

    def zone(self, index: int) -> ZoneName | None:
        """The zone of the machine at `index`, in turn."""
        return self.zones[index % len(self.zones)] if self.zones else None

    @model_validator(mode="after")
    def _zones_or_availability_set(self) -> Self:
        reason = why_not_in_availability_set(self.zones) if self.availability_set else None
        if reason:
            raise wrong(reason, at="availabilitySet", allowed="zones or availabilitySet, not both")
        return self


class HealthProbe(Settings):
    """How the application health extension asks an instance whether it is well: patches wait for the answer."""

    protocol: HealthProtocol = defaults.HEALTH_PROTOCOL
    """How it is asked."""
    port: Annotated[int, Field(ge=1, le=65535)] = defaults.HEALTH_PORT
    """Where."""
    request_path: str | None = None
    """The path that is asked, for http and https only."""

    @model_validator(mode="after")
    def _path_with_http(self) -> Self:
        reason = why_not_request_path(self.protocol, self.request_path)
        if reason:
            raise wrong(reason, at="requestPath", allowed="requestPath with http or https, not with tcp")
        return self


class ScaleSetGroup(AzureMachine):
    """A scale set with Flexible orchestration; hotpatch can never be off in it."""

    name: GroupName
    """The scale set's name."""
    instances: Annotated[int, Field(ge=0, le=MOST)] = defaults.INSTANCES
    """How many instances."""
    fault_domain_count: Annotated[int, Field(ge=1, le=3)] = defaults.FAULT_DOMAIN_COUNT
    """1 spreads as far as possible and is the only value with zones; 2 or 3 within a region."""
    computer_name_prefix: ComputerNamePrefix | None = None
    """At most 9 characters; default: the name."""
    patching_mode: Literal["hotpatch"] | None = None
    """hotpatch, said explicitly where maintenance.mode is another: a scale set can have no other."""
    reboot_setting: RebootSetting | None = None
    """Default: maintenance.rebootSetting."""
    load_balancer: bool = False
    """Whether a load balancer is put in front."""
    health: HealthProbe = HealthProbe()
    """How an instance's health is asked."""

    @property
    def prefix(self) -> str:
        """The computer name prefix."""
        return self.computer_name_prefix or self.name

    @model_validator(mode="after")
    def _zones_or_fault_domains(self) -> Self:
        reason = why_not_in_zones(self.zones, self.fault_domain_count)
        if reason:
            raise wrong(reason, at="faultDomainCount", allowed="zones, or faultDomainCount 2 or 3")
        return self
