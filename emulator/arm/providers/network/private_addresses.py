"""The private addresses that interfaces and load balancers hold in their subnets."""

from ipaddress import ip_address

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, items, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.providers.network import prefixes


def assign(change: Change, listed: str, configuration: Json, subnet: Resource) -> tuple[str, int] | None:
    """Give an item of the list `listed` its address in a subnet, and say which one is held; None for none of IPv4."""
    properties = configuration["properties"]
    prefix = next((one for one in prefixes.prefixes_of(subnet) if one.version == 4), None)
    if prefix is None or properties["privateIPAddressVersion"] != "IPv4":
        return None
    if properties["privateIPAllocationMethod"].lower() == "static":
        address = properties.get("privateIPAddress")
        if not address:
            raise BadRequest(
                f"IP configuration {configuration['id']} has static allocation method, but no IP address specified.",
                code="StaticIPConfigurationMissingIPAddress",  # wording not published
            )
        prefixes.take_this(change.tx, subnet.key, prefix, change.id, address)
    else:
        kept = _kept(change, listed, configuration, subnet)
        address = kept or prefixes.take(change.tx, subnet.key, prefix, change.id)
        properties["privateIPAddress"] = address
    return subnet.key, int(ip_address(address))


def _kept(change: Change, listed: str, configuration: Json, subnet: Resource) -> str | None:
    """The address that the configuration had in this subnet already."""
    for old in items(change.previous, listed):
        there = str(read(old, "properties.subnet.id")).lower() == subnet.key
        if there and old["name"].lower() == configuration["name"].lower():
            return str(old["properties"]["privateIPAddress"]) if "privateIPAddress" in old["properties"] else None
    return None
