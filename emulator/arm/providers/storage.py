"""Microsoft.Storage: accounts, with their end points and keys."""

import base64
import copy
import hashlib
import re
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, Conflict

TYPE = "Microsoft.Storage/storageAccounts"
_VERSIONS = ("2015-06-15", "2026-12-31")
_NAME = re.compile(r"[a-z0-9]{3,24}")
_KEYS = ("key1", "key2")
_SERVICES = ("blob", "dfs", "file", "queue", "table", "web")
_DEFAULTS = {
    "properties.accessTier": "Hot",
    "properties.minimumTlsVersion": "TLS1_0",
    "properties.allowBlobPublicAccess": False,
    "properties.supportsHttpsTrafficOnly": True,
    "properties.networkAcls": {
        "bypass": "AzureServices",
        "virtualNetworkRules": [],
        "ipRules": [],
        "defaultAction": "Allow",
    },
    "properties.encryption": {
        "services": {
            "blob": {"keyType": "Account", "enabled": True},
            "file": {"keyType": "Account", "enabled": True},
        },
        "keySource": "Microsoft.Storage",
    },
}


def check_name(request: Request) -> Reply:
    """Whether an account may be called so; the emulator knows only the names of its own."""
    name = str(request.object().get("name", ""))
    if not _NAME.fullmatch(name):
        why = f"{name} is not a valid storage account name: 3 to 24 characters, numbers and lower-case letters only."
        return Reply(200, {"nameAvailable": False, "reason": "AccountNameInvalid", "message": why})
    if any(account.name == name for account in request.tx.within("", TYPE)):
        why = f"The storage account named {name} is already taken."
        return Reply(200, {"nameAvailable": False, "reason": "AlreadyExists", "message": why})
    return Reply(200, {"nameAvailable": True})


def _prepare(change: Change) -> None:
    if not _NAME.fullmatch(change.name):
        raise BadRequest(
            f"{change.name} is not a valid storage account name. Storage account name must be between 3 and 24 "
            "characters in length and use numbers and lower-case letters only.",
            code="AccountNameInvalid",
        )
    if not read(change.body, "sku.name"):
        raise BadRequest("The 'sku' property is required for this definition.", code="InvalidRequestPropertyValue")
    _refuse_taken_name(change)
    fill(change.body, {"kind": "StorageV2", **_DEFAULTS})
    change.body["sku"]["tier"] = change.body["sku"]["name"].split("_")[0]
    change.properties["creationTime"] = change.previous.get("creationTime") or stamp(change.tx.now())
    kept = read(change.previous, "keyCreationTime") or {}
    made = change.properties["creationTime"]
    change.properties["keyCreationTime"] = {name: kept.get(name, made) for name in _KEYS}
    change.properties["primaryLocation"] = change.location
    change.properties["statusOfPrimary"] = "available"
    change.properties["primaryEndpoints"] = {
        # the zone of a static web site has a number that is Azure's to choose
        name: f"https://{change.name}.{'z6.web' if name == 'web' else name}.core.windows.net/"
        for name in _SERVICES
    }


def _refuse_taken_name(change: Change) -> None:
    for other in change.tx.within("", TYPE):
        if other.name == change.name and other.key != change.id.lower():
            raise Conflict(
                f"The storage account named {change.name} is already taken.", code="StorageAccountAlreadyTaken"
            )


def _list_keys(act: Act) -> Json:
    return {"keys": [_key(act.resource.id, name) for name in _KEYS]}


def _key(account: str, name: str) -> Json:
    """A key that follows from the account's id, so that none is stored; it opens nothing."""
    value = base64.b64encode(hashlib.sha512(f"{account}/{name}".lower().encode()).digest()).decode()
    return {"keyName": name, "value": value, "permissions": "FULL"}


def _account_sas(act: Act) -> Json:
    return {"accountSasToken": _token(act, "sv=2024-11-04&ss=b&srt=co")}


def _service_sas(act: Act) -> Json:
    return {"serviceSasToken": _token(act, "sv=2024-11-04&sr=c")}


def _token(act: Act, scope: str) -> str:
    """A signature of the emulator's own over what was asked; it opens nothing."""
    signature = _key(act.resource.id, str(sorted(act.body.items())))["value"][:44]
    parts = {"se": act.body.get("signedExpiry", ""), "sp": act.body.get("signedPermission", "r"), "sig": signature}
    return f"{scope}&{urlencode(parts)}"


def _make_services(change: Change) -> None:
    """Each account has its services, one `default` of each kind."""
    for kind in _CHILDREN:
        service = f"{change.id}/{kind}/default"
        if change.tx.find(service) is None:
            change.tx.save(Resource(service, f"{TYPE}/{kind}", {"properties": copy.deepcopy(_FILLED[kind])}))


# A service's type, and the type of what is kept in it.
_CHILDREN = {
    "blobServices": "containers",
    "fileServices": "shares",
    "queueServices": "queues",
    "tableServices": "tables",
}
_NO_CORS: Json = {"cors": {"corsRules": []}}
# What the answers of azure-rest-api-specs add: Storage 2023-05-01.
_FILLED: Mapping[str, Json] = {
    "blobServices": {**_NO_CORS, "deleteRetentionPolicy": {"allowPermanentDelete": False, "enabled": False}},
    "fileServices": {**_NO_CORS, "shareDeleteRetentionPolicy": {"enabled": True, "days": 7}},
    "queueServices": _NO_CORS,
    "tableServices": _NO_CORS,
    "containers": {
        "publicAccess": "None",
        "leaseStatus": "Unlocked",
        "leaseState": "Available",
        "hasImmutabilityPolicy": False,
        "hasLegalHold": False,
        "defaultEncryptionScope": "$account-encryption-key",
        "denyEncryptionScopeOverride": False,
    },
    "shares": {
        "shareQuota": 5120,
        "accessTier": "TransactionOptimized",
        "enabledProtocols": "SMB",
        "leaseStatus": "unlocked",
        "leaseState": "available",
    },
    "queues": {"metadata": {}},
    "tables": {},
}
_DATED = frozenset({"containers", "shares"})
# Made with 200 and deleted with 204; no client takes another status (azure-rest-api-specs, Storage 2025-08-01).
_QUIET = frozenset({"queues", "tables"})


def _prepare_child(kind: str) -> Callable[[Change], None]:
    def prepare(change: Change) -> None:
        fill(change.properties, _FILLED[kind])
        if kind in _DATED:
            change.properties["lastModifiedTime"] = stamp(change.tx.now())
        if kind == "tables":
            change.properties["tableName"] = change.name

    return prepare


def _child(name: str) -> ResourceType:
    short = name.rsplit("/", 1)[-1]
    made, gone = (200, 204) if short in _QUIET else (201, 200)
    return ResourceType(
        f"{TYPE}/{name}",
        _VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_child(short),
        has_state=False,
        created=made,
        deleted_with=gone,
    )


TYPES = (
    ResourceType(
        TYPE,
        _VERSIONS,
        prepare=_prepare,
        saved=_make_services,
        actions={
            "listKeys": Action(_list_keys),
            "ListAccountSas": Action(_account_sas),
            "ListServiceSas": Action(_service_sas),
        },
        immutable={"isHnsEnabled": "isHnsEnabled"},
        created=202,
        polls=0,
        deletes_at_once=True,
    ),
    *(_child(kind) for kind in _CHILDREN),
    *(_child(f"{kind}/{kept}") for kind, kept in _CHILDREN.items()),
)
