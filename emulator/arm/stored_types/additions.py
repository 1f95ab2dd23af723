"""What Azure adds to a stored resource: the host names, endpoints and ids that programs read from it.

Templates: `{name}` is the resource's name in lower case, `{parent}` that of the resource it is a child of, `{location}`
its region, `{uuid}` an id that follows from the resource's own. Hosts are those of public Azure; none is ever reached.
"""

import uuid
from typing import Any

from azure_hotpatch.emulator.arm.lifecycle import identities
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read, write

_BUS = {"serviceBusEndpoint": "https://{name}.servicebus.windows.net:443/", "status": "Active"}
_REDIS = {"hostName": "{name}.redis.cache.windows.net", "port": 6379, "sslPort": 6380}
_FLEXIBLE = {"state": "Ready"}
_SITE = {
    "state": "Running",
    "enabled": True,
    "defaultHostName": "{name}.azurewebsites.net",
    "hostNames": ["{name}.azurewebsites.net"],
    "enabledHostNames": ["{name}.azurewebsites.net", "{name}.scm.azurewebsites.net"],
    "repositorySiteName": "{name}",
    "customDomainVerificationId": "{uuid}",
    "outboundIpAddresses": "192.0.2.10,192.0.2.11",  # of the range for documentation: Azure's own are not foreseen
    "possibleOutboundIpAddresses": "192.0.2.10,192.0.2.11,192.0.2.12",
}
_ZONE = {"maxNumberOfRecordSets": 10000}
NAME_SERVERS = ["ns1-01.azure-dns.com.", "ns2-01.azure-dns.net.", "ns3-01.azure-dns.org.", "ns4-01.azure-dns.info."]
_RECORDS = ("A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT")

# Type -> what its properties have besides. Source: the REST reference of each type, and its documented endpoints.
_ADDED: dict[str, Json] = {
    "Microsoft.KeyVault/vaults": {"vaultUri": "https://{name}.vault.azure.net/"},
    "Microsoft.KeyVault/vaults/secrets": {
        "secretUri": "https://{parent}.vault.azure.net/secrets/{name}",
        "secretUriWithVersion": "https://{parent}.vault.azure.net/secrets/{name}/{hex}",
    },
    "Microsoft.KeyVault/vaults/keys": {
        "keyUri": "https://{parent}.vault.azure.net/keys/{name}",
        "keyUriWithVersion": "https://{parent}.vault.azure.net/keys/{name}/{hex}",
    },
    "Microsoft.OperationalInsights/workspaces": {"customerId": "{uuid}"},
    "Microsoft.Insights/components": {
        "AppId": "{uuid}",
        "ApplicationId": "{name}",
        "InstrumentationKey": "{uuid}",
        "ConnectionString": "InstrumentationKey={uuid};IngestionEndpoint=https://{location}.in.applicationinsights.azure.com/",
    },
    "Microsoft.Insights/dataCollectionRules": {"immutableId": "dcr-{hex}"},
    "Microsoft.Insights/dataCollectionEndpoints": {
        "immutableId": "dce-{hex}",
        "configurationAccess": {"endpoint": "https://{name}.{location}.handler.control.monitor.azure.com"},
        "logsIngestion": {"endpoint": "https://{name}.{location}.ingest.monitor.azure.com"},
    },
    "Microsoft.ResourceGraph/queries": {"resultKind": "basic"},
    "Microsoft.Web/serverfarms": {"status": "Ready", "numberOfSites": 0},
    "Microsoft.Web/sites": _SITE,
    "Microsoft.Web/sites/slots": _SITE
    | {
        "defaultHostName": "{parent}-{name}.azurewebsites.net",
        "hostNames": ["{parent}-{name}.azurewebsites.net"],
        "enabledHostNames": ["{parent}-{name}.azurewebsites.net", "{parent}-{name}.scm.azurewebsites.net"],
    },
    "Microsoft.Web/staticSites": {"defaultHostname": "{name}.azurestaticapps.net"},
    "Microsoft.Network/dnsZones": _ZONE | {"numberOfRecordSets": 2, "nameServers": NAME_SERVERS, "zoneType": "Public"},
    "Microsoft.Network/privateDnsZones": _ZONE | {"numberOfRecordSets": 1, "internalId": "{uuid}"},
    **{f"Microsoft.Network/dnsZones/{kind}": {"fqdn": "{name}.{parent}."} for kind in _RECORDS},
    **{f"Microsoft.Network/privateDnsZones/{kind}": {"fqdn": "{name}.{parent}."} for kind in _RECORDS},
    "Microsoft.Network/ipGroups": {"firewalls": [], "firewallPolicies": []},
    "Microsoft.Network/bastionHosts": {"dnsName": "bst-{uuid}.bastion.azure.com"},
    "Microsoft.Network/trafficManagerProfiles": {"dnsConfig": {"fqdn": "{name}.trafficmanager.net"}},
    "Microsoft.ContainerRegistry/registries": {"loginServer": "{name}.azurecr.io"},
    "Microsoft.ContainerService/managedClusters": {"fqdn": "{name}-{hex8}.hcp.{location}.azmk8s.io"},
    "Microsoft.ContainerInstance/containerGroups": {"ipAddress": {"ip": "192.0.2.20"}},
    "Microsoft.App/managedEnvironments": {"defaultDomain": "{name}.{location}.azurecontainerapps.io"},
    "Microsoft.App/containerApps": {"latestRevisionName": "{name}--{hex8}"},
    "Microsoft.Cache/redis": _REDIS,
    "Microsoft.DocumentDB/databaseAccounts": {"documentEndpoint": "https://{name}.documents.azure.com:443/"},
    "Microsoft.Sql/servers": {"fullyQualifiedDomainName": "{name}.database.windows.net", "state": "Ready"},
    "Microsoft.Sql/servers/databases": {"databaseId": "{uuid}", "status": "Online"},
    "Microsoft.DBforPostgreSQL/flexibleServers": _FLEXIBLE
    | {"fullyQualifiedDomainName": "{name}.postgres.database.azure.com"},
    "Microsoft.DBforMySQL/flexibleServers": _FLEXIBLE | {"fullyQualifiedDomainName": "{name}.mysql.database.azure.com"},
    "Microsoft.ServiceBus/namespaces": _BUS,
    "Microsoft.EventHub/namespaces": _BUS,
    "Microsoft.Relay/namespaces": _BUS,
    "Microsoft.EventGrid/topics": {"endpoint": "https://{name}.{location}-1.eventgrid.azure.net/api/events"},
    "Microsoft.SignalRService/signalR": {"hostName": "{name}.service.signalr.net"},
    "Microsoft.SignalRService/webPubSub": {"hostName": "{name}.webpubsub.azure.com"},
    "Microsoft.CognitiveServices/accounts": {"endpoint": "https://{name}.cognitiveservices.azure.com/"},
    "Microsoft.AppConfiguration/configurationStores": {"endpoint": "https://{name}.azconfig.io"},
    "Microsoft.Batch/batchAccounts": {"accountEndpoint": "{name}.{location}.batch.azure.com"},
    "Microsoft.Cdn/profiles/endpoints": {"hostName": "{name}.azureedge.net"},
    "Microsoft.Cdn/profiles/afdEndpoints": {"hostName": "{name}.z01.azurefd.net"},
    "Microsoft.Logic/workflows": {"accessEndpoint": "https://prod-01.{location}.logic.azure.com/workflows/{hex}"},
    "Microsoft.DesktopVirtualization/hostPools": {"objectId": "{uuid}"},
    "Microsoft.DesktopVirtualization/workspaces": {"objectId": "{uuid}"},
    "Microsoft.DesktopVirtualization/applicationGroups": {"objectId": "{uuid}"},
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs": {
        "url": "https://{account}.blob.core.windows.net/{parent}/{name}"
    },
    "Microsoft.Storage/storageAccounts/staticWebsites": {"containerName": "$web"},
}
_BY_NAME = {name.lower(): added for name, added in _ADDED.items()}
TYPES = tuple(_ADDED)


def add(change: Change, name: str) -> None:
    """Fill in what Azure answers of its own accord; what the request says itself stays."""
    if isinstance(read(change.body, "identity.type"), str):
        identities.fill(change)
    added = _BY_NAME.get(name.lower())
    if added is None:
        return
    known = facts(change)
    for member, value in added.items():
        path = f"properties.{member}"
        there = read(change.body, path)
        if isinstance(value, dict) and isinstance(there, dict):
            write(change.body, path, {**filled(value, known), **there})
        elif there is None:
            write(change.body, path, filled(value, known))


def members(name: str) -> list[str]:
    """What a type's properties have besides what is sent."""
    return sorted(_BY_NAME.get(name.lower(), {}))


def facts(change: Change) -> dict[str, str]:
    """The values of the templates' names, for a resource."""
    steps = change.id.split("/")
    known = uuid.uuid5(uuid.NAMESPACE_URL, change.id.lower())
    return {
        "name": steps[-1].lower(),
        "parent": steps[-3].lower() if len(steps) > 10 else "",
        "account": steps[8].lower() if len(steps) > 8 else "",
        "location": change.location or "global",
        "uuid": str(known),
        "hex": known.hex,
        "hex8": known.hex[:8],
    }


def filled(value: Any, known: dict[str, str]) -> Any:
    """A value, with the facts in its templates."""
    if isinstance(value, str):
        return value.format(**known)
    if isinstance(value, dict):
        return {name: filled(item, known) for name, item in value.items()}
    return [filled(item, known) for item in value] if isinstance(value, list) else value
