"""The security rules that are in effect on an interface: those of its own group, and of its subnet's."""

from collections.abc import Iterator

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.network import security_groups
from azure_hotpatch.emulator.arm.providers.network.attachment import subnet_of

_ALL_PORTS, _ALL_ADDRESSES = "0-65535", "0.0.0.0/0"
_SIDES = ("source", "destination")
_COPIED = ("access", "direction", "priority")


def groups(act: Act) -> Json:
    """Each group with its association and its rules, by direction and priority."""
    subnet = subnet_of(act)
    owners = (("networkInterface", act.resource), *((("subnet", subnet),) if subnet else ()))
    return {"value": [_group(act, *owner) for owner in owners if _id(owner[1])]}


def _id(owner: Resource) -> str:
    return str(read(owner.body, "properties.networkSecurityGroup.id") or "")


def _group(act: Act, kind: str, owner: Resource) -> Json:
    group = act.tx.find(_id(owner))
    rules = sorted(_rules(act, group), key=lambda rule: (rule["direction"], rule["priority"])) if group else []
    return {
        "networkSecurityGroup": {"id": group.id if group else _id(owner)},
        "association": {kind: {"id": owner.id}},
        "effectiveSecurityRules": rules,
    }


def _rules(act: Act, group: Resource) -> Iterator[Json]:
    for rule in act.tx.within(group.id, security_groups.RULES):
        yield _rule(f"securityRules/{rule.name}", rule.body["properties"])
    for default in security_groups.default_rules(group):
        yield _rule(f"defaultSecurityRules/{default['name']}", default["properties"])


def _rule(name: str, properties: Json) -> Json:
    protocol = "All" if properties["protocol"] == "*" else properties["protocol"]
    found: Json = {"name": name, "protocol": protocol, **{member: properties[member] for member in _COPIED}}
    for side in _SIDES:
        ports = [_ports(one) for one in _listed(properties, f"{side}PortRange", f"{side}PortRanges")]
        prefix = f"{side}AddressPrefix"
        addresses = [_addresses(one) for one in _listed(properties, prefix, f"{prefix}es")]
        found |= {f"{side}PortRange": (ports or [_ALL_PORTS])[0], f"{side}PortRanges": ports}
        found |= {prefix: (addresses or [_ALL_ADDRESSES])[0], f"{prefix}es": addresses}
    return found


def _listed(properties: Json, one: str, several: str) -> list[str]:
    return [str(value) for value in properties.get(several) or filter(None, [properties.get(one)])]


def _ports(text: str) -> str:
    if text == "*":
        return _ALL_PORTS
    return text if "-" in text else f"{text}-{text}"


def _addresses(text: str) -> str:
    """An address as a prefix; a service tag stays one, and what it stands for is not known here."""
    if text == "*":
        return _ALL_ADDRESSES
    return f"{text}/32" if text.replace(".", "").isdigit() else text
