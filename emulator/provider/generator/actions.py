"""The functions that programs call for keys, tokens and settings: of which resource, and what is posted to it.

Source: the operations of the Azure REST API reference.
"""

# Module -> function -> the resource whose path it has, and what comes after it.
POSTED: dict[str, dict[str, tuple[str, str]]] = {
    "apimanagement": {"listSubscriptionSecrets": ("Subscription", "/listSecrets")},
    "appconfiguration": {"listConfigurationStoreKeys": ("ConfigurationStore", "/listKeys")},
    "automation": {"listKeyByAutomationAccount": ("AutomationAccount", "/listKeys")},
    "batch": {"listBatchAccountKeys": ("BatchAccount", "/listKeys")},
    "cognitiveservices": {"listAccountKeys": ("Account", "/listKeys")},
    "communication": {"listCommunicationServiceKeys": ("CommunicationService", "/listKeys")},
    "containerregistry": {"listRegistryCredentials": ("Registry", "/listCredentials")},
    "containerservice": {
        "listManagedClusterAdminCredentials": ("ManagedCluster", "/listClusterAdminCredential"),
        "listManagedClusterMonitoringUserCredentials": ("ManagedCluster", "/listClusterMonitoringUserCredential"),
        "listManagedClusterUserCredentials": ("ManagedCluster", "/listClusterUserCredential"),
    },
    "cosmosdb": {
        "listDatabaseAccountConnectionStrings": ("DatabaseAccount", "/listConnectionStrings"),
        "listDatabaseAccountKeys": ("DatabaseAccount", "/listKeys"),
    },
    "datafactory": {"listIntegrationRuntimeAuthKeys": ("IntegrationRuntime", "/listAuthKeys")},
    "desktopvirtualization": {
        "getHostPoolRegistrationToken": ("HostPool", "/retrieveRegistrationToken"),
        "listHostPoolRegistrationTokens": ("HostPool", "/listRegistrationTokens"),
    },
    "eventgrid": {
        "listDomainSharedAccessKeys": ("Domain", "/listKeys"),
        "listNamespaceSharedAccessKeys": ("Namespace", "/listKeys"),
        "listNamespaceTopicSharedAccessKeys": ("NamespaceTopic", "/listKeys"),
        "listPartnerNamespaceSharedAccessKeys": ("PartnerNamespace", "/listKeys"),
        "listTopicSharedAccessKeys": ("Topic", "/listKeys"),
    },
    "eventhub": {
        "listEventHubKeys": ("EventHubAuthorizationRule", "/listKeys"),
        "listNamespaceKeys": ("NamespaceAuthorizationRule", "/listKeys"),
    },
    "iothub": {"listIotHubResourceKeys": ("IotHubResource", "/listkeys")},
    "logic": {"listWorkflowTriggerCallbackUrl": ("Workflow", "/triggers/{triggerName}/listCallbackUrl")},
    "maps": {"listAccountKeys": ("Account", "/listKeys")},
    "notificationhubs": {
        "listNamespaceKeys": ("NamespaceAuthorizationRule", "/listKeys"),
        "listNotificationHubKeys": ("NotificationHubAuthorizationRule", "/listKeys"),
    },
    "operationalinsights": {
        "getSharedKeys": ("Workspace", "/sharedKeys"),
        "getWorkspaceSharedKeys": ("Workspace", "/sharedKeys"),
    },
    "redis": {"listRedisKeys": ("Redis", "/listKeys")},
    "redisenterprise": {"listDatabaseKeys": ("Database", "/listKeys")},
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
    "synapse": {"listIntegrationRuntimeAuthKey": ("IntegrationRuntime", "/listAuthKeys")},
    "web": {
        "listStaticSiteSecrets": ("StaticSite", "/listSecrets"),
        "listWebAppApplicationSettings": ("WebApp", "/config/appsettings/list"),
        "listWebAppApplicationSettingsSlot": ("WebAppSlot", "/config/appsettings/list"),
        "listWebAppConnectionStrings": ("WebApp", "/config/connectionstrings/list"),
        "listWebAppConnectionStringsSlot": ("WebAppSlot", "/config/connectionstrings/list"),
        "listWebAppFunctionKeys": ("WebAppFunction", "/listkeys"),
        "listWebAppHostKeys": ("WebApp", "/host/default/listkeys"),
        "listWebAppPublishingCredentials": ("WebApp", "/config/publishingcredentials/list"),
        "listWebAppPublishingCredentialsSlot": ("WebAppSlot", "/config/publishingcredentials/list"),
    },
    "webpubsub": {"listWebPubSubKeys": ("WebPubSub", "/listKeys")},
}
