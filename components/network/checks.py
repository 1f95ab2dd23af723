"""Validate the arguments of a `HotpatchNetwork`, with the domain's predicates."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.network.args import HotpatchNetworkArgs, SecurityRuleArgs
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check, Problem
from azure_hotpatch.components.shared.checks import each, resource_id, valid
from azure_hotpatch.domain.azure import defaults, resource_ids
from azure_hotpatch.domain.vocabulary import rule_types as types
from azure_hotpatch.domain.vocabulary.network_checks import NETWORK_CHECKS
from azure_hotpatch.domain.vocabulary.place_types import ADDRESS_PREFIX, REGION, TAGS


def _rules_differ(rules: Any) -> Iterator[Problem]:
    said = {
        index: (rule.get("name"), rule.get("direction", defaults.RULE_DIRECTION), rule.get("priority"))
        for index, rule in enumerate(rules or ())
    }
    return types.rules_differ("security_rules", said)


SECURITY_RULE = ArgumentSet(
    SecurityRuleArgs,
    (
        valid("priority", types.PRIORITY),
        valid("access", types.ACCESS),
        valid("direction", types.DIRECTION),
        valid("protocol", types.PROTOCOL),
        each("ports", types.PORTS),
    ),
)
SHAPE = ArgumentSet(
    HotpatchNetworkArgs,
    (
        valid("location", REGION),
        valid("tags", TAGS),
        valid("address_space", ADDRESS_PREFIX),
        valid("subnet_prefix", ADDRESS_PREFIX),
        *NETWORK_CHECKS,
        resource_id("network_id", resource_ids.NETWORK),
        resource_id("route_table_id", resource_ids.ROUTE_TABLE),
        Check(("security_rules",), _rules_differ),
    ),
    {"security_rules": SECURITY_RULE},
)
