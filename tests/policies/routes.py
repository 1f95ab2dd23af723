"""Every route by which a machine reaches Azure, with a machine that is accepted and one that is refused."""

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.policies.machines import (
    BAD_SKU,
    CLASSIC,
    CLASSIC_SET,
    GENERIC,
    GOOD_SKU,
    IN_GUEST,
    MACHINE,
    NATIVE,
    NESTED,
    PROFILE,
    REFERENCE,
    SET,
    SYMBOLIC,
    TEMPLATE,
    snake,
    with_sku,
)


@dataclass(frozen=True)
class Route:
    """A way to write a machine; `spoilt` writes one that must be refused, by default with a look-alike image."""

    row: str
    name: str
    token: str
    props: Mapping[str, Any]
    spoilt: Callable[[dict[str, Any]], Any] | None = None
    never: str = ""  # why no machine by this route is accepted
    cased: str = ""  # why letter case counts here

    def good(self) -> dict[str, Any]:
        return deepcopy(dict(self.props))

    def bad(self) -> dict[str, Any]:
        props = self.good()
        if self.spoilt:
            self.spoilt(props)
            return props
        return with_sku(props, BAD_SKU)


def image(**parts: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda props: props["storageProfile"].update(imageReference=parts)


def platform_id(sku: str) -> str:
    return (
        "/Subscriptions/0/Providers/Microsoft.Compute/Locations/westeurope/Publishers/MicrosoftWindowsServer"
        f"/ArtifactTypes/VMImage/Offers/WindowsServer/Skus/{sku}/Versions/latest"
    )


GALLERY = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0"
BY_ID = {**NATIVE, "storageProfile": {"imageReference": {"id": platform_id(GOOD_SKU)}}}
STRINGS = json.loads(json.dumps(NATIVE).replace("true", '"TRUE"'))
IN_PROPERTIES = {"resourceGroupName": "rg", "properties": {"mode": "Incremental", "template": TEMPLATE}}
CONTENT = {"resourceGroupName": "rg", "templateContent": json.dumps(TEMPLATE)}
DEFINITION = "/providers/Microsoft.Authorization/policyDefinitions/"
VM, VMSS = "azure-native:compute:VirtualMachine", "azure-native:compute:VirtualMachineScaleSet"


MANUAL = {"windowsConfiguration": {"patchSettings": {"patchMode": "Manual", "enableHotpatching": False}}}


OFF = {"windowsConfiguration": {"patchSettings": {"enableHotpatching": False}}}
BY_PARAMETER = {**with_sku(TEMPLATE, "[parameters('sku')]"), "parameters": {"sku": {"type": "string"}}}


def too_short(props: dict[str, Any]) -> None:
    props["duration"] = "00:30"


def routes() -> Iterator[Route]:
    yield Route("1", "azure-native VM", VM, NATIVE)
    yield Route("1", "azure-native scale set", VMSS, SET)
    yield Route(
        "1",
        "instance of a scale set",
        "azure-native:compute:VirtualMachineScaleSetVM",
        {"vmScaleSetName": "set", "instanceId": "0"},
        never="of a Uniform set",
    )
    yield Route("2", "version in the module", "azure-native:compute/v20240701:VirtualMachine", NATIVE)
    yield Route("2", "preview version", "azure-native:compute/v20211101preview:VirtualMachine", NATIVE)
    yield Route("3", "package by version", "azure-native_compute_v20240701:compute:VirtualMachine", NATIVE)
    yield Route("3", "the same, older", "azure-native_compute_v20240701:compute/v20240701:VirtualMachine", NATIVE)
    yield Route("3", "azure-nextgen", "azure-nextgen:compute/latest:VirtualMachine", NATIVE)
    yield Route("4", "classic Windows VM", "azure:compute/windowsVirtualMachine:WindowsVirtualMachine", CLASSIC)
    yield Route(
        "4",
        "classic orchestrated set",
        "azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet",
        CLASSIC_SET,
    )
    yield Route(
        "4",
        "classic Windows set",
        "azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet",
        {"sourceImageReference": REFERENCE},
        never="Uniform by nature",
    )
    yield Route(
        "4",
        "classic Linux set",
        "azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet",
        {"sourceImageReference": REFERENCE},
        never="Uniform by nature",
    )
    yield Route("4", "classic old set", "azure:compute/scaleSet:ScaleSet", {"name": "s"}, never="Uniform by nature")
    yield Route(
        "4",
        "classic old VM",
        "azure:compute/virtualMachine:VirtualMachine",
        {"storageImageReference": REFERENCE, "osProfileWindowsConfig": {"provisionVmAgent": True}},
        never="it has no patch settings",
    )
    yield Route("5", "azurerm, bridged", "azurerm:index/windowsVirtualMachine:WindowsVirtualMachine", CLASSIC)
    yield Route(
        "5",
        "azapi, bridged",
        "azapi:index/resource:Resource",
        {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "name": "vm", "body": {"properties": MACHINE}},
    )
    yield Route(
        "5",
        "azapi update",
        "azapi:index/updateResource:UpdateResource",
        {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {}},
        never="the rest of the machine is elsewhere",
    )
    yield Route(
        "5",
        "azapi action that writes",
        "azapi:index/resourceAction:ResourceAction",
        {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "resourceId": "/vm", "method": "PUT", "body": {}},
        never="the rest of the machine is elsewhere",
    )
    yield Route("6", "Terraform module's child", "fleet:tf:azurerm_windows_virtual_machine", snake(CLASSIC))
    yield Route(
        "6",
        "module's orchestrated set",
        "fleet:tf:azurerm_orchestrated_virtual_machine_scale_set",
        snake(CLASSIC_SET),
    )
    yield Route(
        "6",
        "HCL module",
        "hcl:index:Module",
        {"source": "Azure/avm-res-compute-virtualmachine/azurerm"},
        never="what it makes cannot be read",
    )
    yield Route(
        "5",
        "azapi, sensitive body",
        "azapi:index/resource:Resource",
        {
            "type": "Microsoft.Compute/virtualMachines@2024-07-01",
            "name": "vm",
            "body": {"properties": {**MACHINE, "osProfile": {"adminUsername": "ops"}}},
            "sensitiveBody": {"properties": {"osProfile": deepcopy(MACHINE["osProfile"])}},
        },
        lambda props: props["sensitiveBody"]["properties"].update(osProfile=MANUAL),
    )
    yield Route("7", "generic resource", "azure-native:resources:Resource", GENERIC)
    yield Route("7", "generic, by version", "azure-native_resources_v20240301:resources:Resource", GENERIC)
    for scope in ("", "AtSubscriptionScope", "AtManagementGroupScope", "AtTenantScope", "AtScope"):
        yield Route("8", f"Deployment{scope}", f"azure-native:resources:Deployment{scope}", IN_PROPERTIES)
    yield Route("8", "nested deployment", "azure-native:resources:Deployment", {"properties": {"template": NESTED}})
    yield Route("8", "symbolic names", "azure-native:resources:Deployment", {"properties": {"template": SYMBOLIC}})
    for scope in ("ResourceGroup", "Subscription", "ManagementGroup"):
        token = f"azure-native:resources:DeploymentStackAt{scope}"
        yield Route("8", f"DeploymentStackAt{scope}", token, {"template": TEMPLATE})
    yield Route("8", "template spec", "azure-native:resources:TemplateSpecVersion", {"mainTemplate": TEMPLATE})
    for name in ("core/resourceGroup", "core/subscription", "core/tenant", "management/group"):
        kind = name.partition("/")[2]
        token = f"azure:{name}TemplateDeployment:{kind[0].upper()}{kind[1:]}TemplateDeployment"
        yield Route("8", f"classic {kind} template", token, CONTENT)
    yield Route(
        "8",
        "classic first template",
        "azure:core/templateDeployment:TemplateDeployment",
        {"templateBody": json.dumps(BY_PARAMETER), "parameters": {"sku": GOOD_SKU}},
    )
    yield Route(
        "8",
        "linked template",
        "azure-native:resources:Deployment",
        {"properties": {"templateLink": {"uri": "https://example.org/t.json"}}},
        never="what it makes cannot be read",
    )
    yield Route(
        "9",
        "managed application's definition",
        "azure-native:solutions:ApplicationDefinition",
        {"mainTemplate": TEMPLATE},
    )
    yield Route(
        "9",
        "classic definition",
        "azure:managedapplication/definition:Definition",
        {"resourceGroupName": "rg", "mainTemplate": json.dumps(TEMPLATE)},
    )
    yield Route("9", "blueprint's template", "azure-native:blueprint:TemplateArtifact", {"template": TEMPLATE})
    elsewhere = "what it makes cannot be read"
    yield Route(
        "9",
        "managed application",
        "azure-native:solutions:Application",
        {"applicationDefinitionId": "/subscriptions/0/d", "kind": "ServiceCatalog"},
        never=elsewhere,
    )
    yield Route(
        "9", "blueprint's assignment", "azure-native:blueprint:Assignment", {"blueprintId": "/b"}, never=elsewhere
    )
    yield from other_producers()
    yield from scripts()
    yield Route("12", "marketplace plan", VM, NATIVE, lambda props: props.update(plan={"name": "p", "product": "q"}))
    yield Route("13", "image by id", VM, BY_ID, image(id=GALLERY))
    yield Route("13", "look-alike by id", VM, BY_ID, image(id=platform_id(BAD_SKU)))
    yield Route("14", "shared gallery", VM, NATIVE, image(sharedGalleryImageId="/SharedGalleries/g/Images/i"))
    yield Route("14", "community gallery", VM, NATIVE, image(communityGalleryImageId="/CommunityGalleries/g/Images/i"))
    yield Route("14", "triple and id", VM, NATIVE, image(**REFERENCE, id=GALLERY))
    yield Route(
        "16",
        "attached disk",
        VM,
        NATIVE,
        lambda props: props.update(
            storageProfile={"osDisk": {"createOption": "attach", "osType": "Windows"}}, osProfile=None
        ),
    )
    yield Route("17", "set without a mode", VMSS, SET, lambda props: props.pop("orchestrationMode"))
    yield Route("20", "booleans as text", VM, STRINGS)
    yield Route(
        "31",
        "maintenance window",
        "azure-native:maintenance:MaintenanceConfiguration",
        IN_GUEST,
        too_short,
        cased="counts: Update Manager's words are taken as they are spelled",
    )
    yield Route(
        "30",
        "policy that fights hotpatch",
        "azure-native:authorization:PolicyAssignment",
        {"policyDefinitionId": f"{DEFINITION}59efceea-0c96-497e-a4a1-4eb2290dac15"},
        lambda props: props.update(policyDefinitionId=f"{DEFINITION}9905ca54-1471-49c6-8291-7582c04cd4d4"),
    )
    yield from in_arms_form()
    yield Route(
        "30",
        "initiative that holds one",
        "azure-native:authorization:PolicySetDefinition",
        {"policyDefinitions": [{"policyDefinitionId": f"{DEFINITION}59efceea-0c96-497e-a4a1-4eb2290dac15"}]},
        lambda props: props.update(
            policyDefinitions=[{"policyDefinitionId": f"{DEFINITION}9905ca54-1471-49c6-8291-7582c04cd4d4"}]
        ),
    )


def in_arms_form() -> Iterator[Route]:
    """A window and a policy's assignment by the routes whose body is ARM's own."""
    moments = ("startDateTime", "duration", "timeZone", "recurEvery")
    window = {name: IN_GUEST[name] for name in moments}
    kept = ("maintenanceScope", "extensionProperties", "installPatches")
    configuration = {**{name: IN_GUEST[name] for name in kept}, "maintenanceWindow": window}
    counts = "counts: Update Manager's words are taken as they are spelled"
    yield Route(
        "31",
        "maintenance window, generic",
        "azure-native:resources:Resource",
        {
            "resourceProviderNamespace": "Microsoft.Maintenance",
            "resourceType": "maintenanceConfigurations",
            "properties": configuration,
        },
        lambda props: props["properties"]["maintenanceWindow"].update(duration="00:30"),
        cased=counts,
    )
    yield Route(
        "31",
        "maintenance window, azapi",
        "azapi:index/resource:Resource",
        {"type": "Microsoft.Maintenance/maintenanceConfigurations@2023-04-01", "body": {"properties": configuration}},
        lambda props: props["body"]["properties"]["maintenanceWindow"].update(duration="00:30"),
        cased=counts,
    )
    assignment = {"policyDefinitionId": f"{DEFINITION}59efceea-0c96-497e-a4a1-4eb2290dac15"}
    yield Route(
        "30",
        "policy that fights hotpatch, azapi",
        "azapi:index/resource:Resource",
        {"type": "Microsoft.Authorization/policyAssignments@2024-04-01", "body": {"properties": assignment}},
        lambda props: props["body"]["properties"].update(
            policyDefinitionId=f"{DEFINITION}9905ca54-1471-49c6-8291-7582c04cd4d4"
        ),
    )


def other_producers() -> Iterator[Route]:
    """What makes machines and is none: fleets, bulk actions, labs."""
    sizes = [{"name": "Standard_D2s_v5"}]
    fleet = {"computeProfile": {"baseVirtualMachineProfile": PROFILE}, "vmSizesProfile": sizes}
    elsewhere = {
        "location": "northeurope",
        "virtualMachineProfileOverride": {"storageProfile": deepcopy(PROFILE["storageProfile"])},
    }
    yield Route("10", "compute fleet", "azure-native:azurefleet:Fleet", fleet)
    yield Route(
        "10",
        "fleet with a location of its own",
        "azure-native:azurefleet:Fleet",
        {**fleet, "additionalLocationsProfile": {"locationProfiles": [elsewhere]}},
        lambda props: props["additionalLocationsProfile"]["locationProfiles"][0].update(
            virtualMachineProfileOverride={"osProfile": OFF}
        ),
    )
    yield Route(
        "10",
        "bulk action",
        "azure-native:computebulkactions:BulkAction",
        {"computeProfile": {"virtualMachineProfile": deepcopy(PROFILE)}, "vmSizesProfile": sizes},
    )
    yield Route(
        "10",
        "machine of a lab",
        "azure-native:devtestlab:VirtualMachine",
        {"labName": "l", "size": "Standard_D2s_v5", "galleryImageReference": {**REFERENCE, "osType": "Windows"}},
        never="it has no patch settings",
    )


def scripts() -> Iterator[Route]:
    """What runs in a machine, or beside it."""
    harmless, stops = "Install-WindowsFeature Web-Server", "Stop-Service wuauserv"
    yield Route(
        "11",
        "extension with a script",
        "azure-native:compute:VirtualMachineExtension",
        {"type": "CustomScriptExtension", "settings": {"commandToExecute": harmless}},
        lambda props: props["settings"].update(commandToExecute=stops),
    )
    yield Route(
        "11",
        "run command",
        "azure-native:compute:VirtualMachineRunCommand",
        {"vmName": "vm", "source": {"script": harmless}},
        lambda props: props["source"].update(script=stops),
    )
    yield Route(
        "11",
        "classic extension",
        "azure:compute/extension:Extension",
        {"type": "CustomScriptExtension", "protectedSettings": json.dumps({"commandToExecute": harmless})},
        lambda props: props.update(protectedSettings=json.dumps({"commandToExecute": stops})),
    )
    yield Route(
        "11",
        "deployment script",
        "azure-native:resources:AzureCliScript",
        {"scriptContent": "az vm list"},
        lambda props: props.update(scriptContent="az vm update -g rg -n vm --set x=y"),
    )
    yield Route(
        "11",
        "command of the program's machine",
        "command:local:Command",
        {"create": "az login"},
        lambda props: props.update(create="az vmss create -g rg -n set"),
    )


ROUTES = tuple(routes())
