"""A module for a machine and one for a scale set, as Bicep compiles what people write: types, null, loops, nesting."""

from typing import Any

from tests.policies.machines import HEALTH, REFERENCE

_BY_PLATFORM = "equals(toLower(parameters('patchMode')), toLower('AutomaticByPlatform'))"
PATCH_SETTINGS = (
    f"[if(and(parameters('provisionVMAgent'), or({_BY_PLATFORM}, equals(parameters('patchMode'), 'Manual'))), "
    "createObject('patchMode', parameters('patchMode'), 'assessmentMode', parameters('assessmentMode'), "
    f"'enableHotpatching', if({_BY_PLATFORM}, parameters('hotpatch'), false()), 'automaticByPlatformSettings', "
    f"if({_BY_PLATFORM}, createObject('bypassPlatformSafetyChecksOnUserSchedule', parameters('bypass'), "
    "'rebootSetting', parameters('rebootSetting')), null())), null())]"
)
OS_PROFILE = (
    "[if(empty(tryGet(parameters('osDisk').managedDisk, 'resourceId')), createObject('computerName', "
    "take(format('{0}{1}', parameters('name'), uniqueString(resourceGroup().id)), 15), 'adminUsername', 'ops', "
    "'adminPassword', parameters('adminPassword'), 'customData', if(not(empty(parameters('customData'))), "
    "base64(parameters('customData')), null()), 'windowsConfiguration', variables('windowsConfiguration')), null())]"
)
_DISKS = "coalesce(parameters('dataDisks'), createArray())"
_NICS = "parameters('nics')[copyIndex('networkInterfaces')]"

DEFINITIONS: dict[str, Any] = {
    "osDisk": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "nullable": True},
            "createOption": {"type": "string", "nullable": True},
            "managedDisk": {"type": "object", "properties": {"resourceId": {"type": "string", "nullable": True}}},
        },
    },
    "nic": {"type": "object", "properties": {"suffix": {"type": "string", "nullable": True}}},
    "disks": {"type": "array", "items": {"type": "object"}, "nullable": True},
}
PARAMETERS: dict[str, Any] = {
    "name": {"type": "string"},
    "adminPassword": {"type": "securestring"},
    "customData": {"type": "string", "defaultValue": ""},
    "image": {"type": "object"},
    "osDisk": {"$ref": "#/definitions/osDisk", "defaultValue": {"managedDisk": {}}},
    "dataDisks": {"$ref": "#/definitions/disks"},
    "nics": {"type": "array", "items": {"$ref": "#/definitions/nic"}, "defaultValue": [{"suffix": "-a"}, {}]},
    "provisionVMAgent": {"type": "bool", "defaultValue": True},
    "patchMode": {"type": "string", "defaultValue": "AutomaticByPlatform"},
    "assessmentMode": {"type": "string", "defaultValue": "AutomaticByPlatform"},
    "hotpatch": {"type": "bool", "defaultValue": False},
    "bypass": {"type": "bool", "defaultValue": True},
    "automaticUpdates": {"type": "bool", "nullable": True},
    "rebootSetting": {"type": "string", "defaultValue": "IfRequired"},
    "encryption": {"type": "bool", "nullable": True},
}
SECURITY_PROFILE = (
    "[shallowMerge(createArray(if(coalesce(parameters('encryption'), false()), "
    "createObject('encryptionAtHost', true()), createObject()), "
    "createObject('securityType', 'TrustedLaunch', 'uefiSettings', "
    "createObject('secureBootEnabled', true(), 'vTpmEnabled', true()))))]"
)
STORAGE: dict[str, Any] = {
    "copy": [
        {
            "name": "dataDisks",
            "count": f"[length({_DISKS})]",
            "input": {"lun": f"[coalesce(tryGet({_DISKS}[copyIndex('dataDisks')], 'lun'), copyIndex('dataDisks'))]"},
        }
    ],
    "imageReference": "[parameters('image')]",
    "osDisk": {
        "name": "[coalesce(tryGet(parameters('osDisk'), 'name'), format('{0}-os', parameters('name')))]",
        "createOption": "[if(not(empty(tryGet(parameters('osDisk').managedDisk, 'resourceId'))), 'Attach', "
        "coalesce(tryGet(parameters('osDisk'), 'createOption'), 'FromImage'))]",
        "managedDisk": {"id": "[tryGet(parameters('osDisk').managedDisk, 'resourceId')]"},
    },
}
INTERFACES = {
    "copy": [
        {
            "name": "networkInterfaces",
            "count": "[length(parameters('nics'))]",
            "input": {
                "id": f"[resourceId('Microsoft.Network/networkInterfaces', format('{{0}}{{1}}', parameters('name'), "
                f"tryGet({_NICS}, 'suffix')))]",
                "properties": {"primary": "[equals(copyIndex('networkInterfaces'), 0)]"},
            },
        }
    ]
}
VARIABLES = {
    "windowsConfiguration": {
        "provisionVMAgent": "[parameters('provisionVMAgent')]",
        "enableAutomaticUpdates": "[parameters('automaticUpdates')]",
        "patchSettings": PATCH_SETTINGS,
    },
}
MACHINE_MODULE: dict[str, Any] = {
    "languageVersion": "2.0",
    "contentVersion": "1.0.0.0",
    "definitions": DEFINITIONS,
    "parameters": PARAMETERS,
    "variables": VARIABLES,
    "resources": {
        "vnet": {"existing": True, "type": "Microsoft.Network/virtualNetworks", "name": "net"},
        "vm": {
            "type": "Microsoft.Compute/virtualMachines",
            "apiVersion": "2024-11-01",
            "name": "[parameters('name')]",
            "location": "[resourceGroup().location]",
            "zones": "[map(range(1, 1), lambda('i', string(lambdaVariables('i'))))]",
            "properties": {
                "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
                "securityProfile": SECURITY_PROFILE,
                "storageProfile": STORAGE,
                "osProfile": OS_PROFILE,
                "networkProfile": INTERFACES,
            },
        },
    },
}
SET_MODULE: dict[str, Any] = {
    **MACHINE_MODULE,
    "parameters": {**PARAMETERS, "mode": {"type": "string", "defaultValue": "Flexible"}},
    "resources": {
        "set": {
            "type": "Microsoft.Compute/virtualMachineScaleSets",
            "apiVersion": "2024-11-01",
            "name": "[parameters('name')]",
            "properties": {
                "orchestrationMode": "[parameters('mode')]",
                "platformFaultDomainCount": 1,
                "singlePlacementGroup": False,
                "virtualMachineProfile": {
                    "securityProfile": SECURITY_PROFILE,
                    "storageProfile": STORAGE,
                    "osProfile": OS_PROFILE.replace("'computerName'", "'computerNamePrefix'"),
                    "networkProfile": "[union(if(equals(parameters('mode'), 'Flexible'), createObject("
                    "'networkApiVersion', '2020-11-01'), createObject()), createObject("
                    "'networkInterfaceConfigurations', createArray()))]",
                    "extensionProfile": {"extensions": [{"name": "h", "properties": HEALTH}]},
                },
            },
        }
    },
}
GOOD = {
    "name": "web",
    "adminPassword": "Correct-Horse-7-Battery",
    "image": REFERENCE,
    "hotpatch": True,
    "bypass": False,
}


def given(**changes: Any) -> dict[str, Any]:
    """The parameters of a good machine, some of them changed, as a parameters file has them."""
    return {name: {"value": value} for name, value in {**GOOD, **changes}.items()}


def deployed(module: dict[str, Any], parameters: dict[str, Any]) -> dict[str, Any]:
    """A template that deploys a module once a name, as Bicep compiles `module … = [for name in names: {…}]`."""
    return {
        "contentVersion": "1.0.0.0",
        "variables": {"names": ["web", "db"]},
        "resources": [
            {
                "type": "Microsoft.Resources/deployments",
                "apiVersion": "2025-04-01",
                "name": "[format('{0}-{1}', variables('names')[copyIndex()], uniqueString(deployment().name))]",
                "copy": {"name": "modules", "count": "[length(variables('names'))]"},
                "properties": {
                    "expressionEvaluationOptions": {"scope": "inner"},
                    "mode": "Incremental",
                    "parameters": {**parameters, "name": {"value": "[variables('names')[copyIndex()]]"}},
                    "template": module,
                },
            }
        ],
    }
