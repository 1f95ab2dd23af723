"""Load balancers and the named parts that they are made of."""

import copy
import uuid
from collections.abc import Mapping

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.providers.network import private_addresses
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
# What is filled in, in the parts of each list; azure-rest-api-specs, the answers of LoadBalancers_CreateOrUpdate.
_DEFAULTS: Mapping[str, Json] = {
    "frontendIPConfigurations": {"privateIPAllocationMethod": "Dynamic"},
    "loadBalancingRules": {
        "idleTimeoutInMinutes": 4,
        "enableFloatingIP": False,
        "enableTcpReset": False,
        "enableConnectionTracking": False,
        "loadDistribution": "Default",
        "disableOutboundSnat": False,
    },
    "probes": {"intervalInSeconds": 15, "numberOfProbes": 2, "probeThreshold": 1},
    "outboundRules": {"allocatedOutboundPorts": 0, "enableTcpReset": False, "idleTimeoutInMinutes": 4},
}
# Which lists name a part of another list, by which member.
_NAMED_BY = {
    "frontendIPConfigurations": (
        ("loadBalancingRules", "frontendIPConfiguration"),
        ("inboundNatRules", "frontendIPConfiguration"),
        ("inboundNatPools", "frontendIPConfiguration"),
        ("outboundRules", "frontendIPConfigurations"),
    ),
    "probes": (("loadBalancingRules", "probe"),),
    "backendAddressPools": (
        ("loadBalancingRules", "backendAddressPool"),
        ("inboundNatRules", "backendAddressPool"),
        ("outboundRules", "backendAddressPool"),
    ),
}


def _prepare(change: Change) -> None:
    tagged(change)
    fill(change.body, {"sku.name": "Basic", "sku.tier": "Regional"})
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())
    for name in _PARTS:
        change.properties.setdefault(name, [])
        identify(change, name, f"{_TYPE}/{name}")
        for part in items(change.properties, name):
            for listed, _ in _NAMED_BY.get(name, ()):  # sent back with what was read
                part["properties"].pop(listed, None)
            fill(part["properties"], _DEFAULTS.get(name, {}))
    held = [_hold(change, frontend) for frontend in items(change.properties, "frontendIPConfigurations")]
    change.tx.release_addresses(change.id, keep=[one for one in held if one])


def _hold(change: Change, frontend: Json) -> tuple[str, int] | None:
    """The address of a frontend in a subnet."""
    subnet = change.tx.find(str(read(frontend, "properties.subnet.id")))
    if subnet is None:
        return None
    fill(frontend["properties"], {"privateIPAddressVersion": "IPv4"})
    return private_addresses.assign(change, "frontendIPConfigurations", frontend, subnet)


def _interfaces(act: Act) -> Json:
    """The interfaces that are in a pool of the balancer's, or behind a rule of its."""
    users = [user.lower() for user in act.tx.users(act.resource.id) if "/networkinterfaces/" in user.lower()]
    ids = dict.fromkeys(user.split("/ipconfigurations/")[0] for user in users)
    found = filter(None, map(act.tx.find, ids))
    return {"value": [{"id": one.id, "name": one.name, **one.body} for one in found]}


def _prepare_pool(change: Change) -> None:
    tagged(change)
    # The load balancer's own list comes back here with what was read from it.
    change.properties.pop("backendIPConfigurations", None)


def _prepare_nat_rule(change: Change) -> None:
    tagged(change)
    fill(change.properties, {"idleTimeoutInMinutes": 4, "enableFloatingIP": False, "enableTcpReset": False})


def _show_nat_rule(tx: Transaction, rule: Resource, shown: Json) -> None:
    users = links(tx.users(rule.id), "ipConfigurations")
    if users:
        shown["properties"]["backendIPConfiguration"] = users[0]


def _show_pool(tx: Transaction, pool: Resource, shown: Json) -> None:
    users = links(tx.users(pool.id), "ipConfigurations")
    if users:
        shown["properties"]["backendIPConfigurations"] = users
    balancer = tx.find(pool.id.rsplit("/", 2)[0])
    if balancer:
        _link_back(_parts_of(tx, balancer), "backendAddressPools", shown)


def _show(tx: Transaction, balancer: Resource, shown: Json) -> None:
    """Frontends and probes list the rules that name them."""
    parts = _parts_of(tx, balancer)
    for name in ("frontendIPConfigurations", "probes"):
        copies = copy.deepcopy(shown["properties"].get(name) or [])
        for part in copies:
            _link_back(parts, name, part)
        shown["properties"][name] = copies


def _parts_of(tx: Transaction, balancer: Resource) -> Json:
    rules = [{"id": one.id, **one.body} for one in tx.within(balancer.id, NAT_RULES)]
    return {**balancer.body["properties"], "inboundNatRules": rules}


def _link_back(parts: Json, listed: str, part: Json) -> None:
    for name, member in _NAMED_BY[listed]:
        found = [{"id": one["id"]} for one in items(parts, name) if part["id"].lower() in _named(one, member)]
        if found:
            part["properties"][name] = found


def _named(part: Json, member: str) -> set[str]:
    """The ids, in lower case, that a member of a part names: one, or several."""
    value = read(part, f"properties.{member}")
    return {str(one.get("id")).lower() for one in (value if isinstance(value, list) else [value]) if one}


TYPES = (
    # A rule names pools of its own balancer, which are stored after it: what it refers to is not checked.
    ResourceType(
        _TYPE,
        VERSIONS,
        prepare=_prepare,
        show=_show,
        keeps={"sku.name": sku_stays},
        parts=_OWN,
        views=_PARTS,
        actions={"networkInterfaces": Action(_interfaces, methods=("GET",))},
        polls=POLLS,
    ),
    ResourceType(
        NAT_RULES, VERSIONS, LocationRule.NOWHERE, prepare=_prepare_nat_rule, show=_show_nat_rule, polls=POLLS
    ),
    ResourceType(POOLS, VERSIONS, LocationRule.NOWHERE, prepare=_prepare_pool, show=_show_pool, polls=POLLS),
)
