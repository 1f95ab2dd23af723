"""Machines on Azure Local: from a shared marketplace image, and from an image that was installed from an ISO."""

import pulumi
from pulumi_azure_native.azurestackhci import GalleryImage, LogicalNetwork
from pulumi_azure_native.resources import ResourceGroup

from azure_hotpatch.components import AzureLocalImage, AzureLocalVirtualMachine

group = ResourceGroup("store", location="westeurope")
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
LOCATION = f"{SUBSCRIPTION}/resourceGroups/edge/providers/Microsoft.ExtendedLocation/customLocations/store"
custom_location = {"type": "CustomLocation", "name": LOCATION}
network = LogicalNetwork("lan", resource_group_name=group.name, extended_location=custom_location)
from_iso = GalleryImage(
    "from-iso", resource_group_name=group.name, extended_location=custom_location, os_type="Windows"
)
place = {"resource_group_name": group.name, "custom_location_id": LOCATION}
guest = {
    **place,
    "logical_network_id": network.id,
    "admin_password": pulumi.Config().require_secret("password"),
}

image = AzureLocalImage("core", {**place, "image": "2022-core"})
AzureLocalVirtualMachine(
    "till", {**guest, "image": "2022-core", "gallery_image_id": image.gallery_image_id, "install_day": "Sunday"}
)
AzureLocalVirtualMachine(
    "kiosk",
    {
        **guest,
        "installed_from_iso": True,
        "gallery_image_id": from_iso.id,
        "update_tool": "thirdParty",
        "wsus_server": "https://wsus.contoso.com:8531",
    },
)
