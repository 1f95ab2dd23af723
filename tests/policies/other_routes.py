"""The ways to make a machine, or to undo it, by other types than those of machines."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from tests.policies.machines import IN_GUEST, PROFILE, REFERENCE
from tests.policies.route import Route

DEFINITION = "/providers/Microsoft.Authorization/policyDefinitions/"
OFF = {"windowsConfiguration": {"patchSettings": {"enableHotpatching": False}}}


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
        "policy that conflicts with hotpatch, azapi",
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
    for type_, properties, written in (
        ("Microsoft.Compute/virtualMachines/runCommands", {"source": {"script": harmless}}, stops),
        ("Microsoft.Resources/deploymentScripts", {"scriptContent": harmless}, "az vm update -g rg -n vm --set x=y"),
    ):
        name = type_.rpartition("/")[2]
        resource = {"type": type_, "name": "vm/s" if "virtualMachines" in type_ else "s", "properties": properties}
        template = {"contentVersion": "1.0.0.0", "resources": [{**resource, "apiVersion": "2024-07-01"}]}
        yield Route(
            "11",
            f"{name} of a template",
            "azure-native:resources:Deployment",
            {"properties": {"mode": "Incremental", "template": template}},
            _with_script(written),
        )
        yield Route(
            "11",
            f"{name}, azapi",
            "azapi:index/resource:Resource",
            {"type": f"{type_}@2024-07-01", "name": "s", "body": {"properties": properties}},
            _with_script(written),
        )
    yield Route(
        "11",
        "command of the program's machine",
        "command:local:Command",
        {"create": "az login"},
        lambda props: props.update(create="az vmss create -g rg -n set"),
    )


def _with_script(written: str) -> Callable[[Any], None]:
    """Puts a script in place of the harmless one, wherever in the properties it is."""

    def put(value: Any) -> None:
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            if key in ("script", "scriptContent"):
                value[key] = written
            elif isinstance(child, dict | list):
                put(child)

    return put
