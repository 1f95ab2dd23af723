"""Edits, drift, replacement, refusals and import, as the real engine sees them through the provider."""

import json
from typing import Any

VERSION = "2024-05-01"

NETWORK = """
    from pulumi import ResourceOptions
    from pulumi_azure_native import network, resources

    group = resources.ResourceGroup("group", resource_group_name="rg", tags={"stage": "one"})
    vnet = network.VirtualNetwork(
        "vnet",
        resource_group_name=group.name,
        address_space={"address_prefixes": ["10.0.0.0/16"]},
        tags={"stage": "one"},
    )
    subnet = network.Subnet(
        "subnet", resource_group_name=group.name, virtual_network_name=vnet.name, address_prefix="10.0.0.0/24"
    )
"""

MACHINE = """
    import pulumi
    from pulumi_azure_native import compute, network, resources

    group = resources.ResourceGroup("group", resource_group_name="rg")
    vnet = network.VirtualNetwork(
        "vnet",
        resource_group_name=group.name,
        address_space={"address_prefixes": ["10.0.0.0/16"]},
        subnets=[{"name": "default", "address_prefix": "10.0.0.0/24"}],
    )
    nic = network.NetworkInterface(
        "nic",
        resource_group_name=group.name,
        ip_configurations=[{"name": "ip", "subnet": {"id": vnet.subnets[0].id}}],
    )
    vm = compute.VirtualMachine(
        "vm",
        vm_name="web",
        resource_group_name=group.name,
        hardware_profile={"vm_size": "Standard_D2s_v5"},
        network_profile={"network_interfaces": [{"id": nic.id}]},
        os_profile={
            "computer_name": "web",
            "admin_username": "azureuser",
            "admin_password": pulumi.Output.secret("A-Machine-2-Import"),
            "windows_configuration": {
                "provision_vm_agent": True,
                "enable_automatic_updates": True,
                "patch_settings": {"patch_mode": "AutomaticByPlatform", "enable_hotpatching": True},
            },
        },
        storage_profile={
            "image_reference": {
                "publisher": "MicrosoftWindowsServer",
                "offer": "WindowsServer",
                "sku": "2022-datacenter-azure-edition-core",
                "version": "latest",
            },
            "os_disk": {"create_option": "FromImage"},
        },
    )
    pulumi.export("id", vm.id)
"""


def test_an_edit_changes_what_was_edited_and_nothing_else(project: Any) -> None:
    project.write(NETWORK)
    project.up()
    project.write(NETWORK.replace('tags={"stage": "one"},\n    )', 'tags={"stage": "two", "owner": "web"},\n    )'))
    planned = project.planned()
    assert list(planned) == ["vnet"]
    assert planned["vnet"]["op"] == "update"
    assert {path: diff["kind"] for path, diff in planned["vnet"]["detailedDiff"].items()} == {
        "tags.owner": "add",
        "tags.stage": "update",
    }


def test_sees_no_drift_until_another_changes_azure(project: Any, azure: Any) -> None:
    project.write(NETWORK)
    project.up()
    project.engine("refresh --yes --skip-preview --expect-no-changes --stack dev", project.folder)
    vnet_id = project.exported()["vnet"]["id"]

    async def retagged(arm: Any) -> None:
        vnet = await arm.get(vnet_id, VERSION)
        await arm.put(vnet_id, VERSION, vnet | {"tags": {"stage": "drifted"}})

    azure(retagged)
    project.engine("refresh --yes --skip-preview --stack dev", project.folder)
    planned = project.planned()
    assert list(planned) == ["vnet"]
    assert planned["vnet"]["detailedDiff"] == {"tags.stage": {"kind": "update", "inputDiff": False}}


def test_makes_again_what_another_deleted(project: Any, azure: Any) -> None:
    project.write(NETWORK)
    project.up()
    subnet_id = project.exported()["subnet"]["id"]

    async def deleted(arm: Any) -> None:
        await arm.delete(subnet_id, VERSION)

    azure(deleted)
    project.engine("refresh --yes --skip-preview --stack dev", project.folder)
    planned = project.planned()
    assert {name: step["op"] for name, step in planned.items()} == {"subnet": "create"}


def test_replaces_what_is_renamed_with_what_depends_on_it(project: Any) -> None:
    project.write(NETWORK)
    project.up()
    project.write(NETWORK.replace('"rg"', '"other"'))
    planned = project.planned()
    replaced = {name for name, step in planned.items() if "replace" in step["op"]}
    assert replaced == {"group", "vnet", "subnet"}
    project.up()
    assert project.exported()["subnet"]["id"].split("/")[4] == "other"


def test_shows_azures_own_words_for_a_refusal(project: Any) -> None:
    project.write(NETWORK.replace('address_prefix="10.0.0.0/24"', 'address_prefix="192.168.0.0/24"'))
    shown = project.up(check=False)
    assert 'Status=400 Code="NetcfgInvalidSubnet" Message="' in shown
    assert set(project.exported()) >= {"group", "vnet"}
    project.write(NETWORK)
    assert "created" in project.up()


def test_passes_the_options_of_a_resource_through(project: Any) -> None:
    options = 'opts=ResourceOptions(ignore_changes=["tags"], protect=True, retain_on_delete=True),\n    '
    project.write(NETWORK.replace('tags={"stage": "one"},\n    )', f'tags={{"stage": "one"}},{options})'))
    project.up()
    project.write(NETWORK.replace('tags={"stage": "one"},\n    )', f'tags={{"stage": "two"}},{options})'))
    assert project.planned() == {}
    shown = project.engine("destroy --yes --skip-preview --stack dev", project.folder, check=False)
    assert "protected" in shown.stdout + shown.stderr


def test_a_secret_under_any_name_is_encrypted_in_state_and_store(project: Any, engine: Any) -> None:
    program = NETWORK.replace("from pulumi import", "import pulumi\n    from pulumi import")
    tags = '{"stage": "one", "note": pulumi.Output.secret("Correct-Horse-7781")}'
    project.write(program.replace('{"stage": "one"}', tags))
    project.up()
    network = project.exported()["vnet"]
    assert "ciphertext" in network["inputs"]["tags"]["note"]
    assert "ciphertext" in network["outputs"]["tags"]["note"]
    assert network["outputs"]["tags"]["stage"] == "one"
    assert project.planned() == {}
    project.engine("refresh --yes --skip-preview --expect-no-changes --stack dev", project.folder)
    files = [file for file in engine.store.parent.iterdir() if file.name.startswith(engine.store.name)]
    assert len(files) >= 2
    assert [file.name for file in files if b"Correct-Horse-7781" in file.read_bytes()] == []


def test_keeps_secrets_secret_and_imports_what_is_there(project: Any, engine: Any) -> None:
    project.write(MACHINE)
    project.up()
    state = project.exported()
    machine = state["vm"]
    assert "ciphertext" in str(machine["inputs"]["osProfile"]["adminPassword"])

    engine("stack init second", project.folder)
    command = f"import azure-native:compute:VirtualMachine vm {machine['id']} --yes --generate-code=false"
    engine(f"{command} --stack second", project.folder)
    exported = json.loads(engine("stack export --stack second", project.folder).stdout)
    imported = next(entry for entry in exported["deployment"]["resources"] if entry["urn"].endswith("::vm"))
    assert imported["inputs"]["vmName"] == "web"
    assert imported["inputs"]["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] is True
    assert imported["outputs"] == machine["outputs"]
