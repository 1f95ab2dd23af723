"""A machine that another program made is brought in with the component's import arguments."""

import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROVIDERS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers"
MACHINE = f"{PROVIDERS}/Microsoft.Compute/virtualMachines/web"
INTERFACE = f"{PROVIDERS}/Microsoft.Network/networkInterfaces/web123"
# As the portal would make it: names, sizes and settings that are not the component's.
ELSEWHERE = """
    import pulumi
    from pulumi_azure_native import compute, managedidentity, network, resources

    stays = pulumi.ResourceOptions(retain_on_delete=True)
    group = resources.ResourceGroup("group", resource_group_name="shop", location="westeurope", opts=stays)
    net = network.VirtualNetwork(
        "net",
        virtual_network_name="net",
        resource_group_name=group.name,
        address_space={"address_prefixes": ["10.0.0.0/16"]},
        subnets=[{"name": "machines", "address_prefix": "10.0.0.0/24"}],
        opts=stays,
    )
    wall = network.NetworkSecurityGroup(
        "wall", network_security_group_name="wall", resource_group_name=group.name, opts=stays
    )
    nic = network.NetworkInterface(
        "nic",
        network_interface_name="web123",
        resource_group_name=group.name,
        ip_configurations=[{"name": "ipconfig1", "subnet": {"id": net.subnets[0].id}}],
        network_security_group={"id": wall.id},
        dns_settings={"dns_servers": ["10.0.0.4"]},
        tags={"owner": "portal"},
        opts=stays,
    )
    back = network.NetworkInterface(
        "back",
        network_interface_name="web456",
        resource_group_name=group.name,
        ip_configurations=[{"name": "ipconfig1", "subnet": {"id": net.subnets[0].id}}],
        opts=stays,
    )
    reader = managedidentity.UserAssignedIdentity(
        "reader", resource_name_="reader", resource_group_name=group.name, opts=stays
    )
    compute.VirtualMachine(
        "vm",
        vm_name="web",
        resource_group_name=group.name,
        hardware_profile={"vm_size": "Standard_D4s_v5"},
        storage_profile={
            "image_reference": {
                "publisher": "MicrosoftWindowsServer",
                "offer": "WindowsServer",
                "sku": "2022-Datacenter-Azure-Edition-Core",
                "version": "latest",
            },
            "os_disk": {
                "create_option": "FromImage",
                "delete_option": "Detach",
                "disk_size_gb": 127,
                "managed_disk": {"storage_account_type": "Premium_LRS"},
            },
            "data_disks": [
                {"lun": 0, "create_option": "Empty", "disk_size_gb": 64, "delete_option": "Detach",
                 "managed_disk": {"storage_account_type": "Premium_LRS"}},
            ],
        },
        os_profile={
            "computer_name": "WEB01",
            "admin_username": "shopkeeper",
            "admin_password": pulumi.Output.secret("Correct-horse-9"),
            "windows_configuration": {
                "provision_vm_agent": True,
                "enable_automatic_updates": True,
                "time_zone": "W. Europe Standard Time",
                "patch_settings": {
                    "patch_mode": "AutomaticByPlatform",
                    "assessment_mode": "AutomaticByPlatform",
                    "enable_hotpatching": True,
                    "automatic_by_platform_settings": {
                        "reboot_setting": "IfRequired", "bypass_platform_safety_checks_on_user_schedule": False
                    },
                },
            },
        },
        network_profile={
            "network_interfaces": [
                {"id": nic.id, "primary": True, "delete_option": "Detach"},
                {"id": back.id, "primary": False, "delete_option": "Delete"},
            ]
        },
        security_profile={
            "security_type": "TrustedLaunch",
            "uefi_settings": {"secure_boot_enabled": True, "v_tpm_enabled": True},
        },
        diagnostics_profile={"boot_diagnostics": {"enabled": True}},
        identity={"type": "UserAssigned", "user_assigned_identities": [reader.id]},
        license_type="Windows_Server",
        zones=["1"],
        tags={"owner": "portal"},
        opts=stays,
    )
"""
IMPORT = f"""
    import pulumi
    from azure_hotpatch.components import HotpatchVirtualMachine

    args = {{
        "resource_group_name": "shop",
        "image": "2022-core",
        "admin_password": pulumi.Output.secret("Never-set-by-import-9"),
        "subnet_id": "{PROVIDERS}/Microsoft.Network/virtualNetworks/net/subnets/machines",
        "import_virtual_machine_id": "{MACHINE}",
        "import_network_interface_id": "{INTERFACE}",
    }}
"""
AS_IT_IS = """
    args |= {
        "size": "Standard_D4s_v5",
        "os_disk_size_gb": 127,
        "os_disk_type": "Premium_LRS",
        "computer_name": "WEB01",
        "admin_username": "shopkeeper",
    }
"""
GUIDE = Path(__file__).resolve().parents[3] / "docs/guides/adopt-a-machine.md"
AS_IN_THE_GUIDE = """
    import pulumi
    from azure_hotpatch.components import HotpatchVirtualMachine

    config = pulumi.Config()
"""
MADE = '\nHotpatchVirtualMachine("web", args)\n'


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a program of these parts, and say where it is."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")

    def written(*parts: str) -> Path:
        (tmp_path / "__main__.py").write_text("".join(textwrap.dedent(part) for part in parts))
        return tmp_path

    return written


@pytest.fixture
def elsewhere(engine: Any, write: Callable[..., Path]) -> Path:
    """A machine that stands in Azure, and an empty stack `test` to bring it into."""
    folder = write(ELSEWHERE)
    engine("stack init elsewhere", folder)
    engine("up --yes --skip-preview --stack elsewhere", folder)
    engine("destroy --yes --skip-preview --stack elsewhere", folder)  # all of it is retained
    engine("stack init test", folder)
    return folder


def differences(engine: Any, folder: Path) -> dict[str, set[str]]:
    """What a preview would change of what it imports: the resource's name -> the property paths."""
    steps = json.loads(engine("preview --json --stack test", folder).stdout)["steps"]
    return {
        step["urn"].rsplit("::", 1)[-1]: set(step.get("detailedDiff") or {}) for step in steps if step["op"] == "update"
    }


def test_a_preview_of_an_import_shows_only_what_differs(
    engine: Any, write: Callable[..., Path], elsewhere: Path
) -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    write(AS_IN_THE_GUIDE, block)
    engine(f"config set subscription {PROVIDERS.split('/')[2]} --stack test", elsewhere)
    engine("config set --secret adminPassword Never-set-by-import-9 --stack test", elsewhere)
    assert differences(engine, elsewhere) == {
        "web-vm": {
            "hardwareProfile.vmSize",
            "osProfile.adminUsername",
            "osProfile.computerName",
            "storageProfile.osDisk.diskSizeGB",
            "storageProfile.osDisk.managedDisk.storageAccountType",
        }
    }


def test_a_machine_with_equal_settings_is_taken_over_as_it_is(
    engine: Any, write: Callable[..., Path], elsewhere: Path, deployed: Callable[..., Any], changes: Any
) -> None:
    write(IMPORT, AS_IT_IS, MADE)
    assert differences(engine, elsewhere) == {}
    shown = engine("up --yes --skip-preview --stack test", elsewhere).stdout
    assert "= 2 imported" in shown
    assert changes(shown) == {"+": 2}  # the stack and the component
    for command in ("up --skip-preview", "refresh --skip-preview", "up --skip-preview"):
        engine(f"{command} --yes --expect-no-changes --stack test", elsewhere)

    taken = {entry["id"]: entry["inputs"] for entry in deployed(elsewhere) if "Microsoft." in entry.get("id", "")}
    assert taken.keys() == {MACHINE, INTERFACE}
    assert taken[INTERFACE]["dnsSettings"] == {"dnsServers": ["10.0.0.4"]}
    assert taken[INTERFACE]["ipConfigurations"][0]["name"] == "ipconfig1"
    assert taken[INTERFACE]["tags"] == {"owner": "portal"}
    machine = taken[MACHINE]
    assert machine["osProfile"]["windowsConfiguration"]["timeZone"] == "W. Europe Standard Time"
    assert machine["identity"]["type"] == "UserAssigned"
    assert (machine["licenseType"], machine["zones"]) == ("Windows_Server", ["1"])
    assert machine["tags"] == {"owner": "portal"}
    assert [disk["lun"] for disk in machine["storageProfile"]["dataDisks"]] == [0]
    assert len(machine["networkProfile"]["networkInterfaces"]) == 2


def test_a_setting_of_a_machine_that_was_taken_over_can_be_edited(
    engine: Any, write: Callable[..., Path], elsewhere: Path
) -> None:
    write(IMPORT, AS_IT_IS, MADE)
    engine("up --yes --skip-preview --stack test", elsewhere)
    write(IMPORT, AS_IT_IS, '\nargs["size"] = "Standard_D8s_v5"\nargs["tags"] = {"owner": "pulumi"}\n', MADE)
    assert differences(engine, elsewhere) == {
        "web-nic": {"tags.owner"},
        "web-vm": {"hardwareProfile.vmSize", "tags.owner"},
    }
    engine("up --yes --skip-preview --stack test", elsewhere)
    engine("up --yes --skip-preview --expect-no-changes --stack test", elsewhere)


def test_what_was_taken_over_is_protected_until_the_program_gives_it_up(
    engine: Any, write: Callable[..., Path], elsewhere: Path, deployed: Callable[..., Any]
) -> None:
    write(IMPORT, AS_IT_IS, MADE)
    said = engine("up --yes --skip-preview --stack test", elsewhere).stdout
    assert "web is taken over from Azure, and protected" in said
    taken = [entry for entry in deployed(elsewhere) if "Microsoft." in entry.get("id", "")]
    assert [entry["protect"] for entry in taken] == [True, True]
    assert taken[-1]["inputs"]["storageProfile"]["osDisk"]["deleteOption"] == "Detach"  # as it was
    assert engine("destroy --yes --skip-preview --stack test", elsewhere, check=False).returncode != 0
    assert len([entry for entry in deployed(elsewhere) if "Microsoft." in entry.get("id", "")]) == 2

    write(IMPORT, AS_IT_IS, '\nHotpatchVirtualMachine("web", args, pulumi.ResourceOptions(protect=False))\n')
    assert "protected" not in engine("up --yes --skip-preview --stack test", elsewhere).stdout
    engine("destroy --yes --skip-preview --stack test", elsewhere)
