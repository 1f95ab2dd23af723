"""A machine that exists is brought under the component, and nothing is replaced."""

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

AROUND = """
    import pulumi
    from pulumi_azure_native import resources
    from azure_hotpatch.components import HotpatchNetwork, HotpatchVirtualMachine

    group = resources.ResourceGroup("fleet", location="westeurope")
    net = HotpatchNetwork("net", {"resource_group_name": group.name})
    password = pulumi.Output.secret("Correct-horse-9")
"""
# As somebody wrote it before there was a component: at the top level, under a token that has an API version.
BY_HAND = """
    plugin = pulumi.ResourceOptions(version="{version}")
    nic = pulumi.CustomResource("azure-native:network/v20240301:NetworkInterface", "web", {{
        "resourceGroupName": group.name,
        "networkInterfaceName": "web-interface",
        "ipConfigurations": [
            {{"name": "primary", "privateIPAllocationMethod": "Dynamic", "subnet": {{"id": net.subnet_id}}}}
        ],
    }}, plugin)
    vm = pulumi.CustomResource("azure-native:compute/v20240301:VirtualMachine", "web", {{
        "resourceGroupName": group.name,
        "vmName": "web-machine",
        "hardwareProfile": {{"vmSize": "Standard_D2s_v5"}},
        "storageProfile": {{
            "imageReference": {{
                "publisher": "MicrosoftWindowsServer", "offer": "WindowsServer",
                "sku": "2022-datacenter-azure-edition-core", "version": "latest",
            }},
            "osDisk": {{"createOption": "FromImage", "diskSizeGB": 128,
                       "managedDisk": {{"storageAccountType": "StandardSSD_LRS"}}}},
        }},
        "osProfile": {{
            "computerName": "web", "adminUsername": "hotpatch", "adminPassword": password,
            "windowsConfiguration": {{
                "provisionVMAgent": True, "enableAutomaticUpdates": True,
                "patchSettings": {{"patchMode": "AutomaticByPlatform", "enableHotpatching": True}},
            }},
        }},
        "networkProfile": {{"networkInterfaces": [{{"id": nic.id, "primary": True}}]}},
        "securityProfile": {{
            "securityType": "TrustedLaunch", "uefiSettings": {{"secureBootEnabled": True, "vTpmEnabled": True}},
        }},
    }}, plugin)
    pulumi.export("vm", vm.id)
    pulumi.export("nic", nic.id)
"""
ARGUMENTS = """
    args = {
        "resource_group_name": group.name,
        "image": "MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition-core",
        "admin_password": password,
        "subnet_id": net.subnet_id,
        "virtual_machine_name": "web-machine",
        "computer_name": "web",
    }
"""
# What a user writes: the names that the two children had before.
ADOPTED = """
    FORMER = {
        "azure-native:compute:VirtualMachine": "azure-native:compute/v20240301:VirtualMachine",
        "azure-native:network:NetworkInterface": "azure-native:network/v20240301:NetworkInterface",
    }

    def adopt(child):
        if child.type_ not in FORMER:
            return None
        former = pulumi.Alias(name="web", type_=FORMER[child.type_], parent=pulumi.ROOT_STACK_RESOURCE)
        aliases = pulumi.ResourceOptions(aliases=[former])
        return pulumi.ResourceTransformationResult(child.props, pulumi.ResourceOptions.merge(child.opts, aliases))

    HotpatchVirtualMachine("web", args, pulumi.ResourceOptions(transformations=[adopt]))
"""
RENAMED = """
    HotpatchVirtualMachine("shop", args, pulumi.ResourceOptions(aliases=[pulumi.Alias(name="web")]))
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a program of these parts, and say where it is."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")

    def written(*parts: str) -> Path:
        (folder / "__main__.py").write_text("".join(textwrap.dedent(part) for part in parts))
        return folder

    return written


def machine_ids(folder: Path, deployed: Callable[..., Any]) -> Mapping[str, str]:
    kinds = (":VirtualMachine", ":NetworkInterface")
    return {
        kind: resource["id"]
        for resource in deployed(folder)
        for kind in kinds
        if resource["type"].endswith(kind)
        if "id" in resource
    }


def test_adopts_a_machine_that_was_deployed_under_a_versioned_token(
    engine: Any, write: Callable[..., Path], changes: Any, deployed: Callable[..., Any], sdk_version: str
) -> None:
    folder = write(AROUND, BY_HAND.format(version=sdk_version))
    engine("stack init test", folder)
    engine("up --yes --skip-preview --stack test", folder)
    before = machine_ids(folder, deployed)
    assert len(before) == 2

    write(AROUND, ARGUMENTS, ADOPTED)
    planned = changes(engine("preview --stack test", folder).stdout)
    assert set(planned) <= {"+", "~"}, planned
    assert planned["+"] == 1  # the component itself
    engine("up --yes --skip-preview --stack test", folder)
    assert machine_ids(folder, deployed) == before

    write(AROUND, ARGUMENTS, ADOPTED)
    assert changes(engine("preview --stack test", folder).stdout) == {}


def test_a_component_under_another_name_keeps_its_machine(
    engine: Any, write: Callable[..., Path], changes: Any, deployed: Callable[..., Any]
) -> None:
    folder = write(AROUND, ARGUMENTS, '\nHotpatchVirtualMachine("web", args)\n')
    engine("stack init test", folder)
    engine("up --yes --skip-preview --stack test", folder)
    before = machine_ids(folder, deployed)

    write(AROUND, ARGUMENTS, RENAMED)
    engine("up --yes --skip-preview --stack test", folder)
    assert machine_ids(folder, deployed) == before
    assert changes(engine("preview --stack test", folder).stdout) == {}
