"""How a place is written: "West Europe" is westeurope."""


def normalised(location: str) -> str:
    return location.replace(" ", "").lower()


# A part of Azure's regions, for the list of a subscription's locations; any name is taken for a location.
REGIONS = {
    "eastus": "East US",
    "eastus2": "East US 2",
    "westus2": "West US 2",
    "westus3": "West US 3",
    "centralus": "Central US",
    "westcentralus": "West Central US",
    "northeurope": "North Europe",
    "westeurope": "West Europe",
    "uksouth": "UK South",
    "swedencentral": "Sweden Central",
    "germanywestcentral": "Germany West Central",
    "switzerlandnorth": "Switzerland North",
    "francecentral": "France Central",
    "eastasia": "East Asia",
    "southeastasia": "Southeast Asia",
    "japaneast": "Japan East",
    "australiaeast": "Australia East",
}
