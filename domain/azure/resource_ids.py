"""Validate the ids of Azure resources, by resource type."""

import re
from typing import Any

_ID = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)/resourceGroups/(?P<group>[^/]+)/providers/(?P<rest>.+)", re.IGNORECASE
)
# "Resource naming rules": up to 90 letters, digits, underscores, hyphens, parentheses and dots, no dot last.
_GROUP_NAME = re.compile(r"[\w().-]{0,89}[\w()-]")
_GROUP_ID = re.compile(rf"/subscriptions/[^/]+/resourceGroups/{_GROUP_NAME.pattern}", re.IGNORECASE)
SUBNET = "Microsoft.Network/virtualNetworks/subnets"
NETWORK = "Microsoft.Network/virtualNetworks"
NETWORK_INTERFACE = "Microsoft.Network/networkInterfaces"
IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities"
AVAILABILITY_SET = "Microsoft.Compute/availabilitySets"
PROXIMITY_PLACEMENT_GROUP = "Microsoft.Compute/proximityPlacementGroups"
VIRTUAL_MACHINE = "Microsoft.Compute/virtualMachines"
DISK = "Microsoft.Compute/disks"
DISK_ENCRYPTION_SET = "Microsoft.Compute/diskEncryptionSets"
ROUTE_TABLE = "Microsoft.Network/routeTables"
MAINTENANCE_CONFIGURATION = "Microsoft.Maintenance/maintenanceConfigurations"
CUSTOM_LOCATION = "Microsoft.ExtendedLocation/customLocations"
LOGICAL_NETWORK = "Microsoft.AzureStackHCI/logicalNetworks"
GALLERY_IMAGE = "Microsoft.AzureStackHCI/galleryImages"
MARKETPLACE_GALLERY_IMAGE = "Microsoft.AzureStackHCI/marketplaceGalleryImages"
STORAGE_CONTAINER = "Microsoft.AzureStackHCI/storageContainers"


def why_not_resource_id(value: Any, resource_type: str) -> str | None:
    """Say why `value` is not the id of a `resource_type` ("Microsoft.Network/virtualNetworks/subnets"), or None."""
    namespace, *types = resource_type.split("/")
    match = _ID.fullmatch(value) if isinstance(value, str) else None
    parts = match["rest"].split("/") if match else []
    kind = "/".join((*parts[:1], *parts[1::2])).lower()
    if len(parts) == 1 + 2 * len(types) and all(parts) and kind == resource_type.lower():
        return None
    form = "/".join(f"{kind}/<name>" for kind in types)
    return f"is not the id of a {resource_type}: /subscriptions/…/resourceGroups/…/providers/{namespace}/{form}"


def why_not_resource_group(value: Any) -> str | None:
    """Say why `value` is neither the name of a resource group nor its id, or None."""
    text = value if isinstance(value, str) else ""
    if _GROUP_ID.fullmatch(text) or _GROUP_NAME.fullmatch(text):
        return None
    return f"{value!r} is neither the name of a resource group nor its id: /subscriptions/…/resourceGroups/…"


def resource_group_name(name_or_id: str) -> str:
    """The name of a resource group that is given by its name or its id."""
    return name_or_id.rpartition("/")[2]


def group_and_name(resource_id: str) -> tuple[str, str]:
    """The resource group and the last name in an id; raises ValueError for what is not one."""
    match = _ID.fullmatch(resource_id)
    if match is None:
        raise ValueError(f"{resource_id!r} is not the id of an Azure resource")
    return match["group"], match["rest"].rsplit("/", 1)[-1]
