"""Network security groups with their rules, and application security groups."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.providers.network.parts import POLLS, VERSIONS, in_use, links, required, tagged

RULES = "Microsoft.Network/networkSecurityGroups/securityRules"
_DEFAULT_RULES = (
    # name, priority, direction, access, from, to ("Network security groups", default security rules)
    ("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
    ("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
    ("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
    ("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
    ("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
    ("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
)
_DESCRIPTIONS = {
    "AllowVnetInBound": "Allow inbound traffic from all VMs in VNET",
    "AllowAzureLoadBalancerInBound": "Allow inbound traffic from azure load balancer",
    "DenyAllInBound": "Deny all inbound traffic",
    "AllowVnetOutBound": "Allow outbound traffic from all VMs to all VMs in VNET",
    "AllowInternetOutBound": "Allow outbound traffic from all VMs to Internet",
    "DenyAllOutBound": "Deny all outbound traffic",
}
_LISTS = ("sourceAddressPrefixes", "destinationAddressPrefixes", "sourcePortRanges", "destinationPortRanges")


def _prepare_group(change: Change) -> None:
    tagged(change)
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())
    change.properties.pop("defaultSecurityRules", None)


def _show_group(tx: Transaction, group: Resource, shown: Json) -> None:
    shown["properties"]["defaultSecurityRules"] = default_rules(group)
    users = tx.users(group.id)
    for name in ("subnets", "networkInterfaces"):
        found = links(users, name)
        if found:
            shown["properties"][name] = found


def default_rules(group: Resource) -> list[Json]:
    """The rules that every group has."""
    return [_default_rule(group, *rule) for rule in _DEFAULT_RULES]


def _default_rule(
    group: Resource, name: str, priority: int, direction: str, access: str, source: str, destination: str
) -> Json:
    return {
        "id": f"{group.id}/defaultSecurityRules/{name}",
        "name": name,
        "type": "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
        "etag": group.body["etag"],
        "properties": {
            "provisioningState": "Succeeded",
            "description": _DESCRIPTIONS[name],
            "protocol": "*",
            "sourcePortRange": "*",
            "destinationPortRange": "*",
            "sourceAddressPrefix": source,
            "destinationAddressPrefix": destination,
            "access": access,
            "priority": priority,
            "direction": direction,
            **{listed: [] for listed in _LISTS},
        },
    }


def _prepare_rule(change: Change) -> None:
    tagged(change)
    for name in ("protocol", "access", "direction", "priority"):
        required(change, name)
    priority = change.properties["priority"]
    if not isinstance(priority, int) or not 100 <= priority <= 4096:
        raise BadRequest(
            f"Security rule has invalid Priority. Value provided: {priority} Allowed range 100-4096.",
            code="SecurityRuleInvalidPriority",
        )
    _refuse_conflict(change)
    for name in _LISTS:
        change.properties.setdefault(name, [])


def _refuse_conflict(change: Change) -> None:
    mine = _place(change.properties)
    for other in change.tx.within(change.id.rsplit("/", 2)[0], RULES):
        if other.key != change.id.lower() and _place(other.body["properties"]) == mine:
            raise BadRequest(
                f"Security rule {change.name} conflicts with rule {other.name}. "
                "Rules cannot have the same Priority and Direction.",
                code="SecurityRuleConflict",
            )


def _place(rule: Json) -> tuple[int, str]:
    return rule["priority"], rule["direction"].lower()


TYPES = (
    ResourceType(
        "Microsoft.Network/networkSecurityGroups",
        VERSIONS,
        prepare=_prepare_group,
        show=_show_group,
        in_use=in_use(
            "InUseNetworkSecurityGroupCannotBeDeleted",
            "Network security group {id} cannot be deleted because it is in use by the following resources: {users}. "
            "In order to delete the Network security group, remove the association with the resource(s). "
            "To learn how to do this, see aka.ms/deletensg.",
        ),
        parts={"securityRules": RULES},
        views=("defaultSecurityRules",),
        polls=POLLS,
    ),
    ResourceType(RULES, VERSIONS, LocationRule.NOWHERE, prepare=_prepare_rule, checks_references=True, polls=POLLS),
    ResourceType(
        "Microsoft.Network/applicationSecurityGroups",
        VERSIONS,
        prepare=_prepare_group,
        # wording not published
        in_use=in_use(
            "ApplicationSecurityGroupInUse",
            "Application security group {id} cannot be deleted because it is in use by the following resources: "
            "{users}.",
        ),
        polls=POLLS,
    ),
)
