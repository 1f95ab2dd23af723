"""What ARM says of subscriptions and tenants; every well-formed subscription id is taken for one that exists."""

import re

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import InvalidSubscriptionId, NotFound
from azure_hotpatch.emulator.arm.http import Reply, Request, listing
from azure_hotpatch.emulator.arm.identities import TENANT
from azure_hotpatch.emulator.arm.locations import REGIONS
from azure_hotpatch.emulator.arm.paths import GROUP_TYPE
from azure_hotpatch.emulator.arm.shapes import shown

DEFAULT = "00000000-0000-0000-0000-000000000000"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def check(subscription: str) -> None:
    if not _ID.fullmatch(subscription):
        raise InvalidSubscriptionId(subscription)


def list_all(request: Request) -> Reply:
    """The default subscription, and each that has a resource group."""
    used = {group.id.split("/")[2].lower() for group in request.tx.within("", GROUP_TYPE)}
    return listing([_shown(subscription) for subscription in sorted(used | {DEFAULT})])


def get(request: Request) -> Reply:
    return Reply(200, _shown(request.parameters["subscription"]))


def tenants(_request: Request) -> Reply:
    tenant = {"id": f"/tenants/{TENANT}", "tenantId": TENANT, "displayName": "Azure emulator", "tenantCategory": "Home"}
    return listing([tenant])


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
    return listing(values)


def resources(request: Request) -> Reply:
    """All resources that have a place, of a subscription or of one of its groups."""
    subscription, group = request.parameters["subscription"], request.parameters.get("group")
    scope = f"/subscriptions/{subscription}" + (f"/resourceGroups/{group}" if group else "")
    values = []
    for resource in request.tx.within(scope):
        kind = providers.find(resource.type)
        if kind and "location" in resource.body:
            values.append(_brief(shown(request.tx, resource, kind)))
    return listing(values)


def list_providers(request: Request) -> Reply:
    names = dict.fromkeys(kind.namespace for kind in providers.TYPES)
    return listing([_provider(request.parameters["subscription"], name) for name in names])


def get_provider(request: Request) -> Reply:
    """One provider with its types; asking to register it is answered alike, as it is registered already."""
    wanted = request.parameters["namespace"]
    for kind in providers.TYPES:
        if kind.namespace.lower() == wanted.lower():
            return Reply(200, _provider(request.parameters["subscription"], kind.namespace))
    raise NotFound(f"The resource namespace '{wanted}' is invalid.", code="InvalidResourceNamespace")


def _provider(subscription: str, namespace: str) -> Json:
    kinds = [kind for kind in providers.TYPES if kind.namespace == namespace]
    return {
        "id": f"/subscriptions/{subscription}/providers/{namespace}",
        "namespace": namespace,
        "registrationState": "Registered",
        "registrationPolicy": "RegistrationRequired",
        "resourceTypes": [
            {
                "resourceType": kind.short_name,
                "locations": list(REGIONS.values()),
                "apiVersions": [kind.versions[1], kind.versions[0]],
            }
            for kind in kinds
        ],
    }


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


def _brief(resource: Json) -> Json:
    names = ("id", "name", "type", "kind", "location", "tags", "sku", "identity", "managedBy", "plan", "zones")
    return {name: resource[name] for name in names if name in resource}
