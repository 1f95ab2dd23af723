"""Where the resources live that programs with Windows servers have beside them; the emulator stores them as sent.

Source: the operations of the Azure REST API reference.
"""

_GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
_VAULT = f"{_GROUP}/providers/Microsoft.KeyVault/vaults/{{vaultName}}"
_WORKSPACE = f"{_GROUP}/providers/Microsoft.OperationalInsights/workspaces/{{workspaceName}}"
_INSIGHTS = f"{_GROUP}/providers/Microsoft.Insights"
_EXTENSION = "/{resourceUri}/providers/Microsoft.Insights"
_BACKUP = f"{_GROUP}/providers/Microsoft.RecoveryServices/vaults/{{vaultName}}"
_CONTAINER = f"{_BACKUP}/backupFabrics/{{fabricName}}/protectionContainers/{{containerName}}"
_ZONE = f"{_GROUP}/providers/Microsoft.Network/dnsZones/{{zoneName}}"
_PRIVATE_ZONE = f"{_GROUP}/providers/Microsoft.Network/privateDnsZones/{{privateZoneName}}"
_WEB = f"{_GROUP}/providers/Microsoft.Web"
_SITE = f"{_WEB}/sites/{{name}}"

PATHS: dict[str, dict[str, str]] = {
    "applicationinsights": {
        "Component": f"{_INSIGHTS}/components/{{resourceName}}",
        "WebTest": f"{_INSIGHTS}/webtests/{{webTestName}}",
        "Workbook": f"{_INSIGHTS}/workbooks/{{resourceName}}",
    },
    "dns": {
        "RecordSet": f"{_ZONE}/{{recordType}}/{{relativeRecordSetName}}",
        "Zone": _ZONE,
    },
    "keyvault": {
        "Key": f"{_VAULT}/keys/{{keyName}}",
        "Secret": f"{_VAULT}/secrets/{{secretName}}",
        "Vault": _VAULT,
    },
    "monitor": {
        "ActionGroup": f"{_INSIGHTS}/actionGroups/{{actionGroupName}}",
        "ActivityLogAlert": f"{_INSIGHTS}/activityLogAlerts/{{activityLogAlertName}}",
        "AutoscaleSetting": f"{_INSIGHTS}/autoscaleSettings/{{autoscaleSettingName}}",
        "DataCollectionEndpoint": f"{_INSIGHTS}/dataCollectionEndpoints/{{dataCollectionEndpointName}}",
        "DataCollectionRule": f"{_INSIGHTS}/dataCollectionRules/{{dataCollectionRuleName}}",
        "DataCollectionRuleAssociation": f"{_EXTENSION}/dataCollectionRuleAssociations/{{associationName}}",
        "DiagnosticSetting": f"{_EXTENSION}/diagnosticSettings/{{name}}",
        "MetricAlert": f"{_INSIGHTS}/metricAlerts/{{ruleName}}",
        "ScheduledQueryRule": f"{_INSIGHTS}/scheduledQueryRules/{{ruleName}}",
    },
    "operationalinsights": {
        "SavedSearch": f"{_WORKSPACE}/savedSearches/{{savedSearchId}}",
        "Table": f"{_WORKSPACE}/tables/{{tableName}}",
        "Workspace": _WORKSPACE,
    },
    "privatedns": {
        "PrivateRecordSet": f"{_PRIVATE_ZONE}/{{recordType}}/{{relativeRecordSetName}}",
        "PrivateZone": _PRIVATE_ZONE,
        "VirtualNetworkLink": f"{_PRIVATE_ZONE}/virtualNetworkLinks/{{virtualNetworkLinkName}}",
    },
    "recoveryservices": {
        "ProtectedItem": f"{_CONTAINER}/protectedItems/{{protectedItemName}}",
        "ProtectionPolicy": f"{_BACKUP}/backupPolicies/{{policyName}}",
        "Vault": _BACKUP,
    },
    "web": {
        "AppServicePlan": f"{_WEB}/serverfarms/{{name}}",
        "WebApp": _SITE,
        "WebAppSlot": f"{_SITE}/slots/{{slot}}",
    },
}
