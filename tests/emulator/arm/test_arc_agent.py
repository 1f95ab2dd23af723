"""What an Arc machine's agent is asked: its addresses, and newer versions of its extensions."""

from typing import Any

import pytest

from tests.emulator.arm.conftest import Arm

VERSION = "2024-07-10"
PROFILE = {"networkInterfaces": [{"ipAddresses": [{"address": "192.0.2.4", "ipAddressVersion": "IPv4"}]}]}


@pytest.fixture
def machine(arm: Arm, provider: Any) -> str:
    path: str = provider("Microsoft.HybridCompute/machines/branch-1")
    arm.make(path, {"location": "westeurope", "properties": {"networkProfile": PROFILE}}, version=VERSION)
    script = {"publisher": "Microsoft.Compute", "type": "CustomScriptExtension", "typeHandlerVersion": "1.9"}
    arm.make(f"{path}/extensions/script", {"location": "westeurope", "properties": script}, version=VERSION)
    return path


def upgrade(arm: Arm, machine: str, targets: Any) -> Any:
    return arm.post(f"{machine}/upgradeExtensions", {"extensionTargets": targets}, version=VERSION)


def test_gives_the_addresses_that_the_agent_reported(arm: Arm, machine: str, provider: Any) -> None:
    assert arm.get(f"{machine}/networkProfile", version=VERSION).json() == PROFILE
    silent = provider("Microsoft.HybridCompute/machines/silent")
    arm.make(silent, {"location": "westeurope"}, version=VERSION)
    assert arm.get(f"{silent}/networkProfile", version=VERSION).json() == {"networkInterfaces": []}


def test_upgrades_extensions_by_publisher_and_type(arm: Arm, machine: str) -> None:
    arm.wait(upgrade(arm, machine, {"Microsoft.Compute.CustomScriptExtension": {"targetVersion": "1.10"}}))
    found = arm.get(f"{machine}/extensions/script", version=VERSION).json()["properties"]
    assert (found["typeHandlerVersion"], found["instanceView"]["typeHandlerVersion"]) == ("1.10", "1.10")


@pytest.mark.parametrize(("targets", "status"), [({}, 400), ({"Microsoft.Azure.Monitor.Nothing": {}}, 404)])
def test_refuses_to_upgrade_nothing_and_what_is_not_there(arm: Arm, machine: str, targets: Any, status: int) -> None:
    assert upgrade(arm, machine, targets).status_code == status
