"""The functions that programs call for keys, tokens and settings: of which resource, and what is posted to it.

Source: the operations of the Azure REST API reference.
"""

# Module -> function -> the resource whose path it has, and what comes after it.
POSTED: dict[str, dict[str, tuple[str, str]]] = {
    "automation": {"listKeyByAutomationAccount": ("AutomationAccount", "/listKeys")},
    "batch": {"listBatchAccountKeys": ("BatchAccount", "/listKeys")},
    "cognitiveservices": {"listAccountKeys": ("Account", "/listKeys")},
    "containerregistry": {"listRegistryCredentials": ("Registry", "/listCredentials")},
    "cosmosdb": {
        "listDatabaseAccountConnectionStrings": ("DatabaseAccount", "/listConnectionStrings"),
        "listDatabaseAccountKeys": ("DatabaseAccount", "/listKeys"),
    },
    "desktopvirtualization": {
        "getHostPoolRegistrationToken": ("HostPool", "/retrieveRegistrationToken"),
        "listHostPoolRegistrationTokens": ("HostPool", "/listRegistrationTokens"),
    },
    "eventhub": {
        "listEventHubKeys": ("EventHubAuthorizationRule", "/listKeys"),
        "listNamespaceKeys": ("NamespaceAuthorizationRule", "/listKeys"),
    },
    "logic": {"listWorkflowTriggerCallbackUrl": ("Workflow", "/triggers/{triggerName}/listCallbackUrl")},
    "maps": {"listAccountKeys": ("Account", "/listKeys")},
    "operationalinsights": {
        "getSharedKeys": ("Workspace", "/sharedKeys"),
        "getWorkspaceSharedKeys": ("Workspace", "/sharedKeys"),
    },
    "redis": {"listRedisKeys": ("Redis", "/listKeys")},
    "relay": {
        "listHybridConnectionKeys": ("HybridConnectionAuthorizationRule", "/listKeys"),
        "listNamespaceKeys": ("NamespaceAuthorizationRule", "/listKeys"),
    },
    "search": {"listAdminKey": ("Service", "/listAdminKeys")},
    "servicebus": {
        "listNamespaceKeys": ("NamespaceAuthorizationRule", "/listKeys"),
        "listQueueKeys": ("QueueAuthorizationRule", "/listKeys"),
        "listTopicKeys": ("TopicAuthorizationRule", "/listKeys"),
    },
    "signalrservice": {"listSignalRKeys": ("SignalR", "/listKeys")},
    "storage": {
        "listStorageAccountSAS": ("StorageAccount", "/ListAccountSas"),
        "listStorageAccountServiceSAS": ("StorageAccount", "/ListServiceSas"),
    },
    "web": {
        "listWebAppApplicationSettings": ("WebApp", "/config/appsettings/list"),
        "listWebAppConnectionStrings": ("WebApp", "/config/connectionstrings/list"),
        "listWebAppPublishingCredentials": ("WebApp", "/config/publishingcredentials/list"),
    },
    "webpubsub": {"listWebPubSubKeys": ("WebPubSub", "/listKeys")},
}
