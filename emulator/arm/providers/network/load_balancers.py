"""Load balancers and the named parts that they are made of."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.providers.network.parts import POLLS, VERSIONS, identify, links, sku_stays, tagged

_TYPE = "Microsoft.Network/loadBalancers"
POOLS = f"{_TYPE}/backendAddressPools"
NAT_RULES = f"{_TYPE}/inboundNatRules"
_OWN = {"backendAddressPools": POOLS, "inboundNatRules": NAT_RULES}  # parts that can be put by themselves, too
_PARTS = (
    "frontendIPConfigurations",
    "loadBalancingRules",
    "probes",
    "outboundRules",
    "inboundNatPools",
)
_RULE_DEFAULTS = {
    "idleTimeoutInMinutes": 4,
    "enableFloatingIP": False,
    "loadDistribution": "Default",
    "disableOutboundSnat": False,
}


def _prepare(change: Change) -> None:
    tagged(change)
    fill(change.body, {"sku.name": "Basic", "sku.tier": "Regional"})
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())
    for name in _PARTS:
        change.properties.setdefault(name, [])
        identify(change, name, f"{_TYPE}/{name}")
    for frontend in items(change.properties, "frontendIPConfigurations"):
        fill(frontend["properties"], {"privateIPAllocationMethod": "Dynamic"})
    for rule in items(change.properties, "loadBalancingRules"):
        fill(rule["properties"], _RULE_DEFAULTS)
    for probe in items(change.properties, "probes"):
        fill(probe["properties"], {"intervalInSeconds": 15, "numberOfProbes": 2})


def _prepare_pool(change: Change) -> None:
    tagged(change)
    # The load balancer's own list comes back here with what was read from it.
    change.properties.pop("backendIPConfigurations", None)


def _prepare_nat_rule(change: Change) -> None:
    tagged(change)
    fill(change.properties, {"idleTimeoutInMinutes": 4, "enableFloatingIP": False, "enableTcpReset": False})


def _show_pool(tx: Transaction, pool: Resource, shown: Json) -> None:
    users = links(tx.users(pool.id), "ipConfigurations")
    if users:
        shown["properties"]["backendIPConfigurations"] = users
    balancer = tx.find(pool.id.rsplit("/", 2)[0])
    rules = items(balancer.body["properties"], "loadBalancingRules") if balancer else iter(())
    mine = [{"id": rule["id"]} for rule in rules if _names(rule, pool)]
    if mine:
        shown["properties"]["loadBalancingRules"] = mine


def _names(rule: Json, pool: Resource) -> bool:
    return str(read(rule, "properties.backendAddressPool.id")).lower() == pool.key


TYPES = (
    # A rule names pools of its own balancer, which are stored after it: what it refers to is not checked.
    ResourceType(_TYPE, VERSIONS, prepare=_prepare, keeps={"sku.name": sku_stays}, parts=_OWN, polls=POLLS),
    ResourceType(NAT_RULES, VERSIONS, LocationRule.NOWHERE, prepare=_prepare_nat_rule, polls=POLLS),
    ResourceType(POOLS, VERSIONS, LocationRule.NOWHERE, prepare=_prepare_pool, show=_show_pool, polls=POLLS),
)
