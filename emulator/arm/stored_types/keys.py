"""The keys and tokens of stored resources: made from the id, so that none is stored; they open nothing."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.stored_types import kubeconfigs
from azure_hotpatch.emulator.arm.stored_types.derived_keys import key


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


def _pair(act: Act, connection: str) -> Json:
    """A primary and a secondary key, alone and in connection strings that end in the key."""
    found: Json = {}
    for which in ("primary", "secondary"):
        found[f"{which}Key"] = key(act.resource.id, which)
        found[f"{which}ConnectionString"] = f"{connection};AccessKey={found[f'{which}Key']}"
    return found


def _hub(host: str) -> Callable[[Act], Json]:
    return lambda act: {
        name: f"{value};Version=1.0;" if name.endswith("String") else value
        for name, value in _pair(act, f"Endpoint=https://{act.resource.name.lower()}.{host}").items()
    }


def _maps(act: Act) -> Json:
    """Two keys, each of the age that the clock has: none was ever made anew."""
    dates = {f"{which}KeyLastUpdated": stamp(act.tx.now()) for which in ("primary", "secondary")}
    return _named("primaryKey", "secondaryKey")(act) | dates


def _communication(act: Act) -> Json:
    return _pair(act, f"endpoint=https://{act.resource.name.lower()}.communication.azure.com/")


def _batch(act: Act) -> Json:
    return {"accountName": act.resource.name} | _named("primary", "secondary")(act)


def _configuration(act: Act) -> Json:
    """The four keys of a configuration store; `lastModified` is when the store was made."""
    host = f"https://{act.resource.name.lower()}.azconfig.io"
    names = ("Primary", "Secondary", "Primary Read Only", "Secondary Read Only")
    return {"value": [_configuration_key(act, name, host) for name in names]}


def _configuration_key(act: Act, name: str, host: str) -> Json:
    secret, known = key(act.resource.id, name), key(act.resource.id, f"id of {name}")[:8]
    return {
        "id": known,
        "name": name,
        "value": secret,
        "connectionString": f"Endpoint={host};Id={known};Secret={secret}",
        "lastModified": stamp(act.tx.now()),
        "readOnly": name.endswith("Read Only"),
    }


# The policies that every hub is made with, and their rights (Iot Hub Resource: List Keys, 2023-06-30).
_POLICIES = {
    "iothubowner": "RegistryWrite, ServiceConnect, DeviceConnect",
    "service": "ServiceConnect",
    "device": "DeviceConnect",
    "registryRead": "RegistryRead",
    "registryReadWrite": "RegistryWrite",
}


def _policies(act: Act) -> Json:
    return {
        "value": [
            {
                "keyName": name,
                "primaryKey": key(act.resource.id, f"{name}/primary"),
                "secondaryKey": key(act.resource.id, f"{name}/secondary"),
                "rights": rights,
            }
            for name, rights in _POLICIES.items()
        ]
    }


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


def _agent_registration(act: Act) -> Json:
    """Where a hybrid worker registers, and with which keys (Agent Registration Information: Get, 2023-11-01)."""
    account = key(act.resource.id, "account")[:8].lower()
    endpoint = (
        f"https://{account}.agentsvc.{act.resource.body.get('location', '')}.azure-automation.net/accounts/{account}"
    )
    return {
        "id": f"{act.resource.id}/agentRegistrationInformation/Default",
        "endpoint": endpoint,
        "keys": {which: key(act.resource.id, f"{which} of agents") for which in ("primary", "secondary")},
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


def _envelope(act: Act, properties: Json) -> Json:
    """An answer in the form of a resource, as App Service gives its settings."""
    return {
        "id": act.resource.id,
        "name": act.resource.name,
        "type": act.resource.type,
        "properties": properties,
    }


def _settings(act: Act) -> Json:
    """What a web app is set to; its publishing credentials are made up."""
    properties = dict(act.resource.body.get("properties", {}))
    if act.resource.name == "publishingcredentials":
        site = act.resource.id.split("/")[8]
        properties = {"publishingUserName": f"${site}", "publishingPassword": key(act.resource.id, "publishing")}
    return _envelope(act, properties)


def _host_keys(act: Act) -> Json:
    return {
        "masterKey": key(act.resource.id, "master"),
        "functionKeys": {"default": key(act.resource.id, "default")},
        "systemKeys": {},
    }


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
    "Microsoft.NotificationHubs/namespaces": ("", "/notificationHubs"),
}
_EVENT_TOPICS = ("topics", "domains", "namespaces", "namespaces/topics", "partnerNamespaces")
ACTIONS: Mapping[str, Mapping[str, Action]] = {
    "Microsoft.OperationalInsights/workspaces": _one("sharedKeys", _named("primarySharedKey", "secondarySharedKey")),
    "Microsoft.ContainerRegistry/registries": _one("listCredentials", _registry),
    "Microsoft.Cache/redis": _one("listKeys", _named("primaryKey", "secondaryKey")),
    "Microsoft.DocumentDB/databaseAccounts": {
        **_one("listKeys", _named(*_COSMOS_KEYS)),
        **_one("listConnectionStrings", _cosmos_strings),
    },
    "Microsoft.SignalRService/signalR": _one("listKeys", _hub("service.signalr.net")),
    "Microsoft.SignalRService/webPubSub": _one("listKeys", _hub("webpubsub.azure.com")),
    "Microsoft.AppConfiguration/configurationStores": _one("listKeys", _configuration),
    "Microsoft.Communication/communicationServices": _one("listKeys", _communication),
    "Microsoft.ContainerService/managedClusters": kubeconfigs.ACTIONS,
    "Microsoft.Devices/IotHubs": _one("listkeys", _policies),
    "Microsoft.Cache/redisEnterprise/databases": _one("listKeys", _named("primaryKey", "secondaryKey")),
    "Microsoft.ApiManagement/service/subscriptions": _one("listSecrets", _named("primaryKey", "secondaryKey")),
    "Microsoft.DataFactory/factories/integrationRuntimes": _one("listAuthKeys", _named("authKey1", "authKey2")),
    "Microsoft.Synapse/workspaces/integrationRuntimes": _one("listAuthKeys", _named("authKey1", "authKey2")),
    "Microsoft.Search/searchServices": _one("listAdminKeys", _named("primaryKey", "secondaryKey")),
    "Microsoft.CognitiveServices/accounts": _one("listKeys", _named("key1", "key2")),
    "Microsoft.Maps/accounts": _one("listKeys", _maps),
    "Microsoft.Batch/batchAccounts": _one("listKeys", _batch),
    "Microsoft.Automation/automationAccounts": {
        **_one("listKeys", _automation),
        "agentRegistrationInformation": Action(_agent_registration, methods=("GET",)),
    },
    "Microsoft.DesktopVirtualization/hostPools": {
        **_one("retrieveRegistrationToken", _registration),
        **_one("listRegistrationTokens", lambda act: {"value": [_registration(act)]}),
    },
    "Microsoft.Logic/workflows/triggers": _one("listCallbackUrl", _callback),
    "Microsoft.Web/sites/config": _one("list", _settings),
    "Microsoft.Web/sites/slots/config": _one("list", _settings),
    "Microsoft.Web/sites/host": _one("listkeys", _host_keys),
    "Microsoft.Web/sites/functions": _one(
        "listkeys", lambda act: _envelope(act, {"default": key(act.resource.id, "default")})
    ),
    "Microsoft.Web/staticSites": _one(
        "listSecrets", lambda act: _envelope(act, {"apiKey": key(act.resource.id, "apiKey")})
    ),
    **{f"Microsoft.EventGrid/{kind}": _one("listKeys", _named("key1", "key2")) for kind in _EVENT_TOPICS},
    **{
        f"{bus}{child}/authorizationRules": _one("listKeys", _connections)
        for bus, children in _BUSES.items()
        for child in children
    },
}
