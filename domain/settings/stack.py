"""The settings of one stack: everything under azure-hotpatch in its file, except the password."""

from typing import Annotated, Literal

from pydantic import Field

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.images import Catalogue
from azure_hotpatch.domain.azure.patching import PatchingMode, RebootSetting
from azure_hotpatch.domain.azure.resource_names import composed
from azure_hotpatch.domain.settings.azure_local import AzureLocalGroup
from azure_hotpatch.domain.settings.events import CalendarSettings
from azure_hotpatch.domain.settings.images import ImageSettings
from azure_hotpatch.domain.settings.machine import MachineGroup, ScaleSetGroup
from azure_hotpatch.domain.settings.maintenance import MaintenanceSettings
from azure_hotpatch.domain.settings.management import RoleAssignment
from azure_hotpatch.domain.settings.naming import Naming
from azure_hotpatch.domain.settings.network import NetworkSettings, RegionNetwork
from azure_hotpatch.domain.settings.tags import Tags
from azure_hotpatch.domain.settings.value import GroupName, LocationName, ResourceGroupRef
from azure_hotpatch.domain.vocabulary.machine_types import ADMIN_USERNAME
from azure_hotpatch.domain.vocabulary.model import Settings

# The resource group of what names none.
RESOURCE_GROUP = "fleet"


class Fleet(Settings):
    """The stack's machines, by group."""

    machines: tuple[MachineGroup, ...] = ()
    """Virtual machines."""
    scale_sets: tuple[ScaleSetGroup, ...] = ()
    """Scale sets with Flexible orchestration."""
    azure_local: tuple[AzureLocalGroup, ...] = ()
    """Machines on Azure Local."""


class StackSettings(Settings):
    """The settings of one stack."""

    location: LocationName = "westeurope"
    """The default region."""
    admin_username: Annotated[str, ADMIN_USERNAME] = defaults.ADMIN_USERNAME
    """The machines' administrator; the password is the secret adminPassword."""
    network: NetworkSettings = NetworkSettings()
    """The networks, one for each region."""
    maintenance: MaintenanceSettings = MaintenanceSettings()
    """How machines are patched."""
    images: ImageSettings = ImageSettings()
    """Which images they may have."""
    existing_resource_groups: dict[GroupName, ResourceGroupRef] = Field(default_factory=dict)
    """Resource groups that exist, by name or id, under what resourceGroup calls them; fleet is the stack's own."""
    fleet: Fleet = Fleet()
    """The machines."""
    calendar: CalendarSettings = CalendarSettings()
    """Past and announced releases that the built-in record does not have."""
    tags: Tags = Field(default_factory=dict)
    """Tags of every resource."""
    naming: Naming = Naming()
    """How resources are named."""
    lock: Literal["CanNotDelete"] | None = None
    """CanNotDelete: every resource group has a lock, and nothing in it can be deleted until the lock is removed."""
    role_assignments: tuple[RoleAssignment, ...] = ()
    """Roles on every resource group."""

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys of a stack's file, without the namespace."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @property
    def catalogue(self) -> Catalogue:
        """The images that the stack accepts."""
        return self.images.catalogue

    def mode(self, group: MachineGroup) -> PatchingMode:
        """How a group of machines is patched."""
        return group.patching_mode or self.maintenance.mode

    def reboot_setting(self, group: MachineGroup | ScaleSetGroup) -> RebootSetting:
        """What happens to a group's machines after an update that needs a restart."""
        return group.reboot_setting or self.maintenance.reboot_setting

    def location_of(self, group: MachineGroup | ScaleSetGroup | AzureLocalGroup) -> str:
        """The region of a group."""
        return group.location or self.location

    def networks(self) -> dict[str, RegionNetwork]:
        """The network of each region in which the region's network is used, the stack's location first."""
        groups: tuple[MachineGroup | ScaleSetGroup, ...] = (*self.fleet.machines, *self.fleet.scale_sets)
        used = dict.fromkeys(self.location_of(group) for group in groups if group.subnet_id is None)
        ordered = sorted(used, key=lambda location: location != self.location)
        return {location: self.network_in(location) for location in ordered}

    def network_in(self, location: str) -> RegionNetwork:
        """The network of a region; raises KeyError for one that has none, which `parse_settings` refuses."""
        if location == self.location:
            return self.network
        return self.network.regions[location]

    def tags_of(self, group: MachineGroup | ScaleSetGroup | AzureLocalGroup) -> dict[str, str]:
        """The stack's tags with the group's own."""
        return {**self.tags, **group.tags}

    def resource_group_of(self, group: MachineGroup | ScaleSetGroup | AzureLocalGroup) -> str:
        """The key of the resource group that a group is in."""
        return group.resource_group or RESOURCE_GROUP

    def resource_groups(self) -> dict[str, str]:
        """The region of each resource group that is made, by its key; that of the stack comes first."""
        found = {RESOURCE_GROUP: self.location}
        groups: tuple[MachineGroup | ScaleSetGroup | AzureLocalGroup, ...] = (
            *self.fleet.machines,
            *self.fleet.scale_sets,
            *self.fleet.azure_local,
        )
        for group in groups:
            found.setdefault(self.resource_group_of(group), self.location_of(group))
        return {key: place for key, place in found.items() if key not in self.existing_resource_groups}

    def azure_name(self, pattern: str | None, **parts: str) -> str | None:
        """The name of a resource in Azure; None if it gets a random suffix."""
        return None if pattern is None else composed(pattern, {"prefix": self.naming.prefix, **parts})

    def resource_name(self, name: str) -> str:
        """A resource's name with the stack's prefix."""
        return f"{self.naming.prefix}{name}"
