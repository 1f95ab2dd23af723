"""The named types that say where something is: region, zone, address prefix, id of a resource."""

from functools import cache
from ipaddress import IPv4Network

from azure_hotpatch.domain.azure.machines import ZONES
from azure_hotpatch.domain.azure.networks import why_not_prefix
from azure_hotpatch.domain.azure.regions import REGION_PATTERN, nearest_region, why_not_region, why_unknown_region
from azure_hotpatch.domain.azure.resource_ids import why_not_resource_id
from azure_hotpatch.domain.azure.tags import why_not_tags
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of


def _without_host_bits(text: str) -> str:
    """The prefix of which an address is written, or a netmask instead of a length; an address alone says no length."""
    try:
        return str(IPv4Network(text, strict=False)) if "/" in text else ""
    except ValueError:
        return ""


REGION = NamedType(
    "region", why_not_region, nearest_region, schema={"pattern": REGION_PATTERN}, why_doubted=why_unknown_region
)
ZONE = one_of("zone", ZONES)
ADDRESS_PREFIX = NamedType("address prefix", why_not_prefix, _without_host_bits)


@cache
def resource_id(resource_type: str) -> NamedType:
    """The type of the whole id of a resource of `resource_type` ("Microsoft.Network/virtualNetworks/subnets")."""
    return NamedType(
        f"id of a {resource_type}",
        lambda value: why_not_resource_id(value, resource_type),
        schema={"pattern": "^/subscriptions/"},
    )


TAGS = NamedType("tags", why_not_tags)
