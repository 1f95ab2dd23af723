"""Which inputs a network, its subnet and its way out are registered with, from checked arguments."""

from collections.abc import Mapping, Sequence
from typing import Any

from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, first_subnet
from azure_hotpatch.domain.azure.resource_ids import group_and_name

Args = Mapping[str, Any]

# Azure writes the gateway into its address, which is no change of the address.
SET_BY_THE_NAT_GATEWAY = ("natGateway",)


def placed(args: Args) -> dict[str, Any]:
    """The resource group, the region and the tags, as far as they are given."""
    return {key: args[key] for key in ("resource_group_name", "location", "tags") if key in args}


def public_ip_addresses(args: Args) -> list[dict[str, Any]]:
    """The inputs of the address from which machines go out, none without a NAT gateway."""
    if not args.get("nat_gateway", True):
        return []
    return [{**placed(args), "sku": {"name": "Standard"}, "public_ip_allocation_method": "Static"}]


def nat_gateway(args: Args, address_id: Any) -> dict[str, Any]:
    """The inputs of the NAT gateway."""
    return {**placed(args), "sku": {"name": "Standard"}, "public_ip_addresses": [{"id": address_id}]}


def virtual_networks(args: Args) -> list[dict[str, Any]]:
    """The inputs of the network that is made, none where there is one already."""
    if "network_id" in args:
        return []
    return [{**placed(args), "address_space": {"address_prefixes": [args.get("address_space", ADDRESS_SPACE)]}}]


def existing_or_made(args: Args, made: Sequence[Any]) -> dict[str, Any]:
    """The id, the resource group and the name of the network that holds the subnet."""
    if made:
        return {"id": made[0].id, "group": args["resource_group_name"], "name": made[0].name}
    existing = args["network_id"]
    return {
        "id": existing,
        "group": mapped(lambda known: group_and_name(known)[0], existing),
        "name": mapped(lambda known: group_and_name(known)[1], existing),
    }


def subnet(args: Args, network: Args, security_group_id: Any, gateways: Sequence[Any]) -> dict[str, Any]:
    """The inputs of the subnet; without a gateway of its own it keeps what its network does by default."""
    inputs: dict[str, Any] = {
        "resource_group_name": network["group"],
        "virtual_network_name": network["name"],
        "address_prefix": args.get("subnet_prefix") or mapped(first_subnet, args.get("address_space", ADDRESS_SPACE)),
        "network_security_group": {"id": security_group_id},
    }
    if gateways:
        inputs |= {"nat_gateway": {"id": gateways[0].id}, "default_outbound_access": False}
    if "route_table_id" in args:
        inputs["route_table"] = {"id": args["route_table_id"]}
    return inputs
