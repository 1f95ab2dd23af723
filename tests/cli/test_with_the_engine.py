"""The check and the fleet on what the real engine writes: a preview, an export, and the outputs of a stack."""

import asyncio
import json

import httpx
import pytest

from azure_hotpatch.emulator.arm.app import create_app

PROJECT = "name: fleet\nruntime: python\n"
PROGRAM = """
import pulumi
import pulumi_azure_native as azure

SKU = pulumi.Config().require("sku")
group = azure.resources.ResourceGroup("fleet", location="westeurope")
net = azure.network.VirtualNetwork(
    "net", resource_group_name=group.name, address_space={"address_prefixes": ["10.0.0.0/16"]}
)
subnet = azure.network.Subnet(
    "machines", resource_group_name=group.name, virtual_network_name=net.name, address_prefix="10.0.0.0/24"
)
nic = azure.network.NetworkInterface(
    "nic", resource_group_name=group.name, ip_configurations=[{"name": "ip", "subnet": {"id": subnet.id}}]
)
machine = azure.compute.VirtualMachine(
    "web",
    resource_group_name=group.name,
    vm_name="web",
    hardware_profile={"vm_size": "Standard_D2s_v5"},
    network_profile={"network_interfaces": [{"id": nic.id, "primary": True}]},
    security_profile={
        "security_type": "TrustedLaunch",
        "uefi_settings": {"secure_boot_enabled": True, "v_tpm_enabled": True},
    },
    storage_profile={
        "image_reference": {
            "publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": SKU, "version": "latest"
        },
        "os_disk": {"create_option": "FromImage", "name": "web-os"},
    },
    os_profile={
        "computer_name": "web",
        "admin_username": "azureuser",
        "admin_password": pulumi.Output.secret("Hunter2-hunter2"),
        "windows_configuration": {
            "provision_vm_agent": True,
            "enable_automatic_updates": True,
            "patch_settings": {
                "patch_mode": "AutomaticByPlatform",
                "assessment_mode": "AutomaticByPlatform",
                "enable_hotpatching": True,
                "automatic_by_platform_settings": {"reboot_setting": "IfRequired"},
            },
        },
    },
)
pulumi.export("machine", machine.id)
pulumi.export("fleet", [{"name": "web", "image": SKU, "patchMode": "AutomaticByPlatform", "hotpatch": True}])
"""
MADE_AT = 2 + PROGRAM.split("machine = ")[0].count("\n") - 1


@pytest.fixture
def stack(engine, tmp_path):
    """`stack("preview --json")` runs the program above in a stack of its own."""
    (tmp_path / "Pulumi.yaml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    engine("stack init prod", tmp_path)
    return lambda line, **options: engine(line, tmp_path, **options).stdout


def _change(store, identity, hotpatch):
    """Somebody changes the machine in Azure, past Pulumi."""
    settings = {"osProfile": {"windowsConfiguration": {"patchSettings": {"enableHotpatching": hotpatch}}}}

    async def patch():
        transport = httpx.ASGITransport(app=create_app(store))
        async with httpx.AsyncClient(transport=transport, base_url="https://management.azure.com") as client:
            url = f"{identity}?api-version=2024-11-01"
            answer = await client.patch(url, json={"properties": settings}, headers={"Authorization": "Bearer x"})
            answer.raise_for_status()

    asyncio.run(patch())


def test_judges_a_preview_at_the_line_of_the_program(stack, check, write):
    stack("config set sku 2022-datacenter-azure-edition")
    outcome = check(write("preview.json", stack("preview --json").encode()))
    (finding,) = [each for each in json.loads(outcome.out)["findings"] if each["outcome"] == "violation"]
    assert (finding["rule"], finding["madeAt"]) == ("HP001", {"file": "__main__.py", "line": MADE_AT})
    assert "Hunter2" not in outcome.out


def test_a_machine_that_was_right_and_was_changed_in_azure_is_found_by_the_drift_gate(stack, engine, check, write):
    stack("config set sku 2022-datacenter-azure-edition-core")
    stack("up --yes --skip-preview")
    assert check(write("before.json", stack("stack export").encode())).code == 0

    _change(engine.store, json.loads(stack("stack output --json"))["machine"], hotpatch=False)
    stack("refresh --yes --skip-preview")
    after = check(write("after.json", stack("stack export").encode()))
    assert ("HP004", "violation") in after.findings
    assert after.code == 1


def test_shows_the_fleet_of_a_stack(stack, engine, hotpatch, monkeypatch):
    stack("config set sku 2022-datacenter-azure-edition-core")
    stack("up --yes --skip-preview")
    for name, value in engine.env.items():
        monkeypatch.setenv(name, value)
    assert (
        "web      -               -              2022-datacenter-azure-edition-core  AutomaticByPlatform  on"
        in hotpatch("fleet").out
    )
