"""The keys and tokens of stored resources: made from the id, so that none is stored; they open nothing."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import Json


def key(resource_id: str, name: str) -> str:
    return base64.b64encode(hashlib.sha512(f"{resource_id}/{name}".lower().encode()).digest()).decode()


def _named(*names: str) -> Callable[[Act], Json]:
    """An answer with a key under each name."""
    return lambda act: {name: key(act.resource.id, name) for name in names}


def _connections(act: Act) -> Json:
    """The keys of an authorization rule, alone and in connection strings."""
    host = f"sb://{act.resource.id.split('/')[8].lower()}.servicebus.windows.net/"
    found: Json = {"keyName": act.resource.name}
    for which in ("primary", "secondary"):
        found[f"{which}Key"] = key(act.resource.id, which)
        found[f"{which}ConnectionString"] = (
            f"Endpoint={host};SharedAccessKeyName={act.resource.name};SharedAccessKey={found[f'{which}Key']}"
        )
    return found


def _hub(act: Act) -> Json:
    keys = {f"{which}Key": key(act.resource.id, which) for which in ("primary", "secondary")}
    host = f"https://{act.resource.name.lower()}.service.signalr.net"
    strings = {
        f"{which}ConnectionString": f"Endpoint={host};AccessKey={keys[f'{which}Key']};Version=1.0;"
        for which in ("primary", "secondary")
    }
    return keys | strings


def _registry(act: Act) -> Json:
    names = ("password", "password2")
    return {
        "username": act.resource.name,
        "passwords": [{"name": name, "value": key(act.resource.id, name)} for name in names],
    }


def _automation(act: Act) -> Json:
    return {
        "keys": [
            {"KeyName": name, "Permissions": "Full", "Value": key(act.resource.id, name)}
            for name in ("Primary", "Secondary")
        ]
    }


def _cosmos_strings(act: Act) -> Json:
    host = f"https://{act.resource.name.lower()}.documents.azure.com:443/"
    value = f"AccountEndpoint={host};AccountKey={key(act.resource.id, 'primaryMasterKey')};"
    return {"connectionStrings": [{"connectionString": value, "description": "Primary SQL Connection String"}]}


def _registration(act: Act) -> Json:
    """A host pool's token, which ends when its `registrationInfo` says, or in a day."""
    asked = act.resource.body.get("properties", {}).get("registrationInfo", {}).get("expirationTime")
    expires = asked or stamp(act.tx.now() + timedelta(days=1))
    return {"expirationTime": expires, "token": key(act.resource.id, "registration")}


def _settings(act: Act) -> Json:
    """What a web app is set to; its publishing credentials are made up."""
    properties = dict(act.resource.body.get("properties", {}))
    if act.resource.name == "publishingcredentials":
        site = act.resource.id.split("/")[8]
        properties = {"publishingUserName": f"${site}", "publishingPassword": key(act.resource.id, "publishing")}
    return {"id": act.resource.id, "name": act.resource.name, "properties": properties}


def _callback(act: Act) -> Json:
    """Where a workflow's trigger is called, with the signature that lets anybody call it."""
    workflow = act.resource.id.split("/")[8].lower()
    path = f"https://prod-01.logic.azure.com/workflows/{workflow}/triggers/{act.resource.name}/paths/invoke"
    queries = {"api-version": "2016-10-01", "sp": "/triggers/run", "sv": "1.0", "sig": key(act.resource.id, "sig")}
    return {"value": f"{path}?{urlencode(queries)}", "method": "POST", "basePath": path, "queries": queries}


def _one(action: str, answer: Callable[[Act], Json]) -> Mapping[str, Action]:
    return {action: Action(answer)}


_COSMOS_KEYS = ("primaryMasterKey", "secondaryMasterKey", "primaryReadonlyMasterKey", "secondaryReadonlyMasterKey")
_BUSES = {
    "Microsoft.ServiceBus/namespaces": ("", "/queues", "/topics"),
    "Microsoft.EventHub/namespaces": ("", "/eventhubs"),
    "Microsoft.Relay/namespaces": ("", "/hybridConnections"),
}
_ACTIONS: dict[str, Mapping[str, Action]] = {
    "Microsoft.OperationalInsights/workspaces": _one("sharedKeys", _named("primarySharedKey", "secondarySharedKey")),
    "Microsoft.ContainerRegistry/registries": _one("listCredentials", _registry),
    "Microsoft.Cache/redis": _one("listKeys", _named("primaryKey", "secondaryKey")),
    "Microsoft.DocumentDB/databaseAccounts": {
        **_one("listKeys", _named(*_COSMOS_KEYS)),
        **_one("listConnectionStrings", _cosmos_strings),
    },
    "Microsoft.SignalRService/signalR": _one("listKeys", _hub),
    "Microsoft.SignalRService/webPubSub": _one("listKeys", _hub),
    "Microsoft.Search/searchServices": _one("listAdminKeys", _named("primaryKey", "secondaryKey")),
    "Microsoft.CognitiveServices/accounts": _one("listKeys", _named("key1", "key2")),
    "Microsoft.Maps/accounts": _one("listKeys", _named("primaryKey", "secondaryKey")),
    "Microsoft.Batch/batchAccounts": _one("listKeys", _named("primary", "secondary")),
    "Microsoft.Automation/automationAccounts": _one("listKeys", _automation),
    "Microsoft.DesktopVirtualization/hostPools": {
        **_one("retrieveRegistrationToken", _registration),
        **_one("listRegistrationTokens", lambda act: {"value": [_registration(act)]}),
    },
    "Microsoft.Logic/workflows/triggers": _one("listCallbackUrl", _callback),
    "Microsoft.Web/sites/config": _one("list", _settings),
    "Microsoft.Web/sites/slots/config": _one("list", _settings),
    **{
        f"{bus}{child}/authorizationRules": _one("listKeys", _connections)
        for bus, children in _BUSES.items()
        for child in children
    },
}
_BY_NAME = {name.lower(): actions for name, actions in _ACTIONS.items()}
TYPES = tuple(sorted(_ACTIONS, key=str.lower))


def actions(name: str) -> Mapping[str, Action]:
    return _BY_NAME.get(name.lower(), {})
