"""The disk of Windows, data disks that are resources of their own or there already, and the name of the interface."""

from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import ArgumentsRefusedError
from tests.components.arguments import GOOD, GROUP, SUBNET, machine

DISK = f"{GROUP}/Microsoft.Compute/disks/data"
KEYS = f"{GROUP}/Microsoft.Compute/diskEncryptionSets/keys"


def test_the_disk_of_windows_is_made_from_the_image_and_goes_with_the_machine(virtual_machine: Any) -> None:
    assert virtual_machine(GOOD).inputs["storageProfile"]["osDisk"] == {
        "createOption": "FromImage",
        "deleteOption": "Delete",
        "caching": "ReadWrite",
        "diskSizeGB": 128,
        "managedDisk": {"storageAccountType": "StandardSSD_LRS"},
    }


def test_a_separate_disk_is_a_resource_of_its_own_in_the_zone_of_its_machine(register: Any) -> None:
    disks = [{"size_gb": 64, "type": "Premium_LRS", "separate": True, "name": "sql-data"}, {"size_gb": 32}]
    args = {**GOOD, "data_disks": disks, "zones": ["2"], "size": "Standard_D4s_v5", "disk_encryption_set_id": KEYS}
    made = {each.name: each for each in register(lambda: machine(args))}
    disk = made["web-disk-0"].inputs
    assert (disk["diskName"], disk["diskSizeGB"], disk["zones"], disk["sku"]) == (
        "sql-data",
        64,
        ["2"],
        {"name": "Premium_LRS"},
    )
    assert disk["encryption"] == {"type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": KEYS}
    attached, own = made["web-vm"].inputs["storageProfile"]["dataDisks"]
    assert (attached["lun"], attached["createOption"], attached["managedDisk"]) == (
        0,
        "Attach",
        {"id": made["web-disk-0"].id},
    )
    assert (own["lun"], own["createOption"]) == (1, "Empty")


def test_a_disk_that_exists_is_attached(virtual_machine: Any) -> None:
    args = {**GOOD, "data_disks": [{"size_gb": 64, "disk_id": pulumi.Output.from_input(DISK)}]}
    (disk,) = virtual_machine(args).inputs["storageProfile"]["dataDisks"]
    assert disk["managedDisk"] == {"id": DISK}
    assert "diskSizeGB" not in disk


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"data_disks": [{"size_gb": 64, "separate": True, "disk_id": DISK}]}, "data_disks[0].separate"),
        ({"data_disks": [{"size_gb": 64}], "replace_on_change": True}, "data_disks[0].separate"),
        ({"data_disks": [{"size_gb": 64, "disk_id": SUBNET}]}, "data_disks[0].disk_id"),
    ],
)
def test_refuses_a_disk_that_would_be_lost_or_is_none(wrong: dict[str, Any], path: str, register: Any) -> None:
    with pytest.raises(ArgumentsRefusedError) as told:
        register(lambda: machine({**GOOD, **wrong}))
    assert path in str(told.value)


def test_an_interface_is_called_as_it_is_told_in_a_subnet_that_is_known_later(register: Any) -> None:
    interface = {"subnet_id": pulumi.Output.from_input(SUBNET), "name": "nic-web"}
    args = {key: value for key, value in GOOD.items() if key != "subnet_id"} | {"network_interfaces": [interface]}
    nic = next(each for each in register(lambda: machine(args)) if each.name == "web-nic")
    assert nic.inputs["networkInterfaceName"] == "nic-web"
