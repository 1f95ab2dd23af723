"""What a stack says of a machine in Azure: its size, place, disks, licence and identity."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from azure_hotpatch.images import Image
from azure_hotpatch.patching import PatchingMode
from azure_hotpatch.settings.images import ImageSettings, Pinned, named_image
from azure_hotpatch.settings.maintenance import RebootSetting
from azure_hotpatch.settings.tags import Tags
from azure_hotpatch.settings.value import (
    ComputerName,
    ComputerNamePrefix,
    DiskSizeGB,
    GroupName,
    IdentityId,
    LocationName,
    Settings,
    SubnetId,
    VmSize,
    as_text,
    wrong,
)

Zone = Annotated[
    Literal["1", "2", "3"], BeforeValidator(as_text, json_schema_input_type=Literal["1", "2", "3", 1, 2, 3])
]
DiskType = Literal[
    "Premium_LRS", "PremiumV2_LRS", "Premium_ZRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Standard_LRS", "UltraSSD_LRS"
]
OsDiskType = Literal["Premium_LRS", "Premium_ZRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Standard_LRS"]
_MOST = 1000


class OsDisk(Settings):
    """The size and the storage of the disk that Windows is on."""

    size_gb: Annotated[int, Field(ge=30, le=4095, alias="sizeGB")] = 128
    """Size in GiB; also of a smalldisk image, which would leave a baseline little room."""
    type: OsDiskType = "Premium_LRS"
    """The disk's storage."""


class DataDisk(Settings):
    """A further disk, at the unit number of its place in the list."""

    size_gb: Annotated[DiskSizeGB, Field(alias="sizeGB")]
    """Size in GiB."""
    type: DiskType = "Premium_LRS"
    """The disk's storage."""
    caching: Literal["None", "ReadOnly", "ReadWrite"] = "None"
    """The host's cache."""


class AzureMachine(Pinned):
    """What machines and scale sets have in common."""

    name: GroupName
    """The group's name, from which its machines' names are made."""
    size: VmSize = "Standard_D2s_v5"
    """A size that runs generation 2 images: Standard_D2s_v5."""
    location: LocationName | None = None
    """The region; default: the stack's."""
    zones: tuple[Zone, ...] = ()
    """Availability zones over which the machines are spread."""
    os_disk: OsDisk = OsDisk()
    """The disk that Windows is on."""
    data_disks: Annotated[tuple[DataDisk, ...], Field(max_length=64)] = ()
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

    def named_image(self, images: ImageSettings) -> Image:
        """The group's image with its version."""
        image = named_image(self.image or images.default)
        return Image(image.publisher, image.offer, image.sku, self.image_version or images.version)

    @model_validator(mode="after")
    def _zones_once(self) -> Self:
        if len(set(self.zones)) != len(self.zones):
            raise wrong("zones names a zone twice", allowed="1, 2, 3, each once")
        return self


class MachineGroup(AzureMachine):
    """One machine called `name`, `count` machines called `name-01` and on, or those of `names`."""

    count: Annotated[int, Field(ge=1, le=_MOST)] | None = None
    """How many machines; also 1 makes `name-01`. Default: one, called `name`."""
    names: tuple[ComputerName, ...] = ()
    """The machines' names, instead of a count."""
    patching_mode: PatchingMode | None = None
    """How this group is patched; default: maintenance.mode."""
    reboot_setting: RebootSetting | None = None
    """Default: maintenance.rebootSetting."""
    availability_set: bool = False
    """Whether the group's machines share an availability set; not with zones."""

    def machine_names(self, digits: int = 2) -> tuple[str, ...]:
        """The machines' names, which are their computer names too."""
        if self.names:
            return self.names
        if self.count is None:
            return (self.name,)
        return tuple(f"{self.name}-{number:0{digits}}" for number in range(1, self.count + 1))

    def zone(self, index: int) -> str | None:
        """The zone of the machine at `index`, in turn."""
        return self.zones[index % len(self.zones)] if self.zones else None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.names and self.count is not None:
            raise wrong("count and names both say how many machines there are", allowed="count or names, not both")
        if self.availability_set and self.zones:
            raise wrong(
                "a machine in a zone cannot be in an availability set", allowed="zones or availabilitySet, not both"
            )
        return self


class HealthProbe(Settings):
    """How the application health extension asks an instance whether it is well: patches wait for the answer."""

    protocol: Literal["tcp", "http", "https"] = "tcp"
    """How it is asked."""
    port: Annotated[int, Field(ge=1, le=65535)] = 3389
    """Where."""
    request_path: str | None = None
    """The path that is asked, for http and https only."""

    @model_validator(mode="after")
    def _path_with_http(self) -> Self:
        if (self.protocol == "tcp") == (self.request_path is not None):
            what = "has no requestPath" if self.protocol == "tcp" else "needs a requestPath"
            raise wrong(f"protocol {self.protocol} {what}", allowed="requestPath with http or https, not with tcp")
        return self


class ScaleSetGroup(AzureMachine):
    """A scale set with Flexible orchestration; hotpatch can never be off in it."""

    instances: Annotated[int, Field(ge=0, le=_MOST)] = 2
    """How many instances."""
    fault_domain_count: Annotated[int, Field(ge=1, le=3)] = 1
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
    def _consistent(self) -> Self:
        if self.zones and self.fault_domain_count != 1:
            raise wrong("a scale set in zones has faultDomainCount 1", allowed="zones, or faultDomainCount 2 or 3")
        return self
