"""Which arguments of a `HotpatchNetwork` are refused; the reasons are the domain's."""

from azure_hotpatch.components.network.args import HotpatchNetworkArgs
from azure_hotpatch.components.shared.arguments import Shape
from azure_hotpatch.components.shared.checks import asks, resource_id
from azure_hotpatch.domain.azure import resource_ids
from azure_hotpatch.domain.vocabulary.network_checks import NETWORK_CHECKS
from azure_hotpatch.domain.vocabulary.place_types import ADDRESS_PREFIX, REGION, TAGS

SHAPE = Shape(
    HotpatchNetworkArgs,
    (
        asks("location", REGION),
        asks("tags", TAGS),
        asks("address_space", ADDRESS_PREFIX),
        asks("subnet_prefix", ADDRESS_PREFIX),
        *NETWORK_CHECKS,
        resource_id("network_id", resource_ids.NETWORK),
        resource_id("route_table_id", resource_ids.ROUTE_TABLE),
    ),
)
