"""Every route by which a machine reaches Azure, with a machine that is accepted and one that is refused."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
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
    REFERENCE,
    SET,
    SYMBOLIC,
    TEMPLATE,
    snake,
    with_sku,
)
from tests.policies.other_routes import DEFINITION, in_arms_form, other_producers, scripts
from tests.policies.route import Route


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
VM, VMSS = "azure-native:compute:VirtualMachine", "azure-native:compute:VirtualMachineScaleSet"


MANUAL = {"windowsConfiguration": {"patchSettings": {"patchMode": "Manual", "enableHotpatching": False}}}


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
        "policy that conflicts with hotpatch",
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


ROUTES = tuple(routes())
