"""The scope of a deployment, one of ARM's four levels, and what its template can read there."""

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.hierarchy import groups
from azure_hotpatch.emulator.arm.hierarchy.locations import REGIONS
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, ResourceGroupNotFound
from azure_hotpatch.emulator.arm.protocol.paths import DEPLOYMENT_TYPE, GROUP_TYPE, ResourcePath, parse_path
from azure_hotpatch.emulator.arm.templates import ids
from azure_hotpatch.emulator.arm.templates.deployment_target import DeploymentTarget
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError


def located(request: Request, path: str) -> ResourcePath:
    """The path of a deployment in parts, with its group found and in the group's own spelling."""
    parsed = parse_path(path)
    if parsed is None or not parsed.namespace:
        raise BadRequest(f"'{path}' is not the id of a deployment.", code="InvalidResourceId")
    if not parsed.group:
        return parsed
    group = request.tx.find(parsed.group_id)
    if group is None:
        raise ResourceGroupNotFound(parsed.group)
    groups.refuse_if_going(group)
    return ResourcePath(
        parsed.subscription, group.name, group.id, "Microsoft.Resources", ("deployments",), parsed.names
    )


def deployment_id(scope: str, name: str) -> str:
    return f"{scope}/providers/{DEPLOYMENT_TYPE}/{name}"


def surroundings(request: Request, path: ResourcePath, deployment: Json) -> DeploymentTarget:
    """What the template of the deployment at `path` can read."""
    group = request.tx.find(path.group_id) if path.group else None
    management = path.names[0] if path.namespace.lower() == "microsoft.management" else _management(path.scope)
    return DeploymentTarget(
        scope=path.scope,
        subscription=_subscription(path.subscription) if path.subscription else {},
        group=_group(group.id, group.body) if group else {},
        management_group=_management_group(management) if management else {},
        tenant={"tenantId": TENANT, "id": f"/tenants/{TENANT}", "displayName": "Azure emulator"},
        deployment=deployment,
        environment=_environment(request.base),
        providers=_provider,
        now=request.tx.now(),
    )


def _management(scope: str) -> str:
    prefix = f"{ids.MANAGEMENT_GROUPS}/".lower()
    return scope[len(prefix) :] if scope.lower().startswith(prefix) else ""


def _subscription(subscription: str) -> Json:
    return {
        "id": f"/subscriptions/{subscription}",
        "subscriptionId": subscription,
        "tenantId": TENANT,
        "displayName": "Azure emulator",
    }


def _group(group_id: str, body: Json) -> Json:
    return {
        "id": group_id,
        "name": group_id.rsplit("/", 1)[1],
        "type": GROUP_TYPE,
        "location": body["location"],
        "tags": body.get("tags", {}),
        "properties": {"provisioningState": "Succeeded"},
    }


def _management_group(name: str) -> Json:
    return {
        "id": f"{ids.MANAGEMENT_GROUPS}/{name}",
        "name": name,
        "type": "/providers/Microsoft.Management/managementGroups",
        "properties": {"tenantId": TENANT, "displayName": name},
    }


def _provider(namespace: str) -> Json:
    kinds = [kind for kind in providers.TYPES if kind.namespace.lower() == namespace.lower()]
    if not kinds:
        raise ExpressionError(f"The template function 'providers' did not find the namespace '{namespace}'.")
    locations = list(REGIONS.values())
    return {
        "namespace": kinds[0].namespace,
        "resourceTypes": [
            {
                "resourceType": kind.short_name,
                "locations": locations,
                "apiVersions": [kind.versions[1], kind.versions[0]],
            }
            for kind in kinds
        ],
    }


def _environment(base: str) -> Json:
    """environment() of the public cloud, with the emulator in the place of Resource Manager and of the log-in."""
    # Source: "Deployment functions for ARM templates", environment.
    return {
        "name": "AzureCloud",
        "gallery": "https://gallery.azure.com/",
        "graph": "https://graph.windows.net/",
        "portal": "https://portal.azure.com",
        "graphAudience": "https://graph.windows.net/",
        "activeDirectoryDataLake": "https://datalake.azure.net/",
        "batch": "https://batch.core.windows.net/",
        "media": "https://rest.media.azure.net",
        "sqlManagement": "https://management.core.windows.net:8443/",
        "vmImageAliasDoc": f"{base}/images/aliases.json",
        "resourceManager": f"{base}/",
        "authentication": {
            "loginEndpoint": f"{base}/",
            "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "suffixes": {
            "acrLoginServer": ".azurecr.io",
            "azureDatalakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
            "azureDatalakeStoreFileSystem": "azuredatalakestore.net",
            "azureFrontDoorEndpointSuffix": "azurefd.net",
            "keyvaultDns": ".vault.azure.net",
            "sqlServerHostname": ".database.windows.net",
            "storage": "core.windows.net",
        },
    }
