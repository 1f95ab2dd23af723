"""Subscriptions and tenants; every well-formed subscription id is taken to exist."""

import re

from azure_hotpatch.emulator.arm.hierarchy.locations import REGIONS
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import InvalidSubscriptionId
from azure_hotpatch.emulator.arm.protocol.paths import GROUP_TYPE

DEFAULT = "00000000-0000-0000-0000-000000000000"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def check(subscription: str) -> None:
    if not _ID.fullmatch(subscription):
        raise InvalidSubscriptionId(subscription)


def list_all(request: Request) -> Reply:
    """The default subscription, and each that has a resource group."""
    used = {group.id.split("/")[2].lower() for group in request.tx.within("", GROUP_TYPE)}
    return _listing(request, [_shown(subscription) for subscription in sorted(used | {DEFAULT})], "subscriptions")


def get(request: Request) -> Reply:
    return Reply(200, _shown(request.parameters["subscription"]))


def tenants(request: Request) -> Reply:
    tenant = {"id": f"/tenants/{TENANT}", "tenantId": TENANT, "displayName": "Azure emulator", "tenantCategory": "Home"}
    return _listing(request, [tenant], "tenants")


def locations(request: Request) -> Reply:
    subscription = request.parameters["subscription"]
    values = [
        {
            "id": f"/subscriptions/{subscription}/locations/{name}",
            "name": name,
            "type": "Region",
            "displayName": display_name,
            "regionalDisplayName": display_name,
        }
        for name, display_name in REGIONS.items()
    ]
    return _listing(request, values, "locations")


def _listing(request: Request, values: list[Json], what: str) -> Reply:
    return Reply(200, {"value": queries.applied(request.query, values, queries.NONE, what)})


def _shown(subscription: str) -> Json:
    return {
        "id": f"/subscriptions/{subscription}",
        "subscriptionId": subscription,
        "tenantId": TENANT,
        "displayName": "Azure emulator",
        "state": "Enabled",
        "authorizationSource": "RoleBased",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    }
