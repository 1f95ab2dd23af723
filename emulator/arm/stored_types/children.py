"""What Azure makes with a stored resource: its children, which are answered even where nobody wrote them."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.stored_types.additions import NAME_SERVERS, facts, filled

_START_OF_ZONE = {"serialNumber": 1, "refreshTime": 3600, "retryTime": 300, "expireTime": 2419200}
_SITE_SETTINGS: dict[str, Json] = {
    f"config/{name}": {} for name in ("appsettings", "connectionstrings", "publishingcredentials")
}
_DESKTOPS = "microsoft.desktopvirtualization/applicationgroups"
# Type -> the children of a resource of it, with their properties.
_CHILDREN: dict[str, dict[str, Json]] = {
    "microsoft.web/sites": _SITE_SETTINGS | {"host/default": {}},
    "microsoft.web/sites/slots": _SITE_SETTINGS,
    # What a zone begins with (learn.microsoft.com, "Overview of DNS zones and records").
    "microsoft.network/dnszones": {
        "SOA/@": {
            "fqdn": "{name}.",
            "TTL": 3600,
            "SOARecord": _START_OF_ZONE
            | {"host": NAME_SERVERS[0], "email": "azuredns-hostmaster.microsoft.com", "minimumTTL": 300},
        },
        "NS/@": {"fqdn": "{name}.", "TTL": 172800, "NSRecords": [{"nsdname": server} for server in NAME_SERVERS]},
    },
    "microsoft.network/privatednszones": {
        "SOA/@": {
            "fqdn": "{name}.",
            "ttl": 3600,
            "isAutoRegistered": False,
            "soaRecord": _START_OF_ZONE
            | {"host": "azureprivatedns.net", "email": "azureprivatedns-host.microsoft.com", "minimumTtl": 10},
        },
    },
    # "Backup Resource Storage Configs", "Backup Resource Vault Configs", "Replication Vault Setting"
    "microsoft.recoveryservices/vaults": {
        "backupstorageconfig/vaultstorageconfig": {
            "storageModelType": "GeoRedundant",
            "storageType": "GeoRedundant",
            "storageTypeState": "Unlocked",
            "crossRegionRestoreFlag": False,
        },
        "backupconfig/vaultconfig": {
            "storageModelType": "GeoRedundant",
            "storageType": "GeoRedundant",
            "storageTypeState": "Unlocked",
            "enhancedSecurityState": "Enabled",
            "softDeleteFeatureState": "Enabled",
        },
        "replicationVaultSettings/default": {},
    },
}


def make(change: Change, name: str) -> None:
    """What comes to be with a resource: the settings of a web app or a vault, the first records of a zone."""
    for path, properties in _CHILDREN.get(name.lower(), {}).items():
        _make(change, name, path, properties)
    if name.lower() == "microsoft.logic/workflows":
        triggers = read(change.body, "properties.definition.triggers")
        for trigger in triggers if isinstance(triggers, dict) else ():
            _make(change, name, f"triggers/{trigger}", {})
    if name.lower() == _DESKTOPS and read(change.body, "properties.applicationGroupType") == "Desktop":
        _make(change, name, "desktops/SessionDesktop", {"friendlyName": "SessionDesktop"})


def _make(change: Change, parent: str, path: str, properties: Json) -> None:
    child = f"{change.id}/{path}"
    if change.tx.find(child) is None:
        change.tx.save(
            Resource(child, f"{parent}/{path.split('/')[0]}", {"properties": filled(properties, facts(change))})
        )
