"""What Azure adds to what it was sent, of every type that is emulated; filled_in.yaml has it, with its sources."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from azure_hotpatch.emulator.arm import providers
from tests.emulator.arm.conftest import Arm
from tests.emulator.arm.every_type import world

ADDED = yaml.safe_load(Path(__file__).with_name("filled_in.yaml").read_text(encoding="utf-8"))
EVERYWHERE = {"id", "name", "type", "location"}
SHAPES = {
    "a uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "a moment": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00"),
    "an etag": re.compile(r'W/"[0-9a-f-]{36}"'),
    "an id": re.compile(r"/[Ss]ubscriptions/.+"),
    "an address": re.compile(r"\d+\.\d+\.\d+\.\d+(/\d+)?"),
    "a string": re.compile(r".+", re.DOTALL),
}


@pytest.fixture(scope="module")
def answers() -> dict[str, list[tuple[Any, Any]]]:
    """By type: what was sent, and what a GET says when everything is there."""
    arm, rows = world()
    found: dict[str, list[tuple[Any, Any]]] = {}
    for name, path, body in rows:
        found.setdefault(name, []).append((body or {}, arm.get(path).json()))
    return found


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The members of a body by path, those of a list without their place; an empty one is a member too."""
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}".strip("."))
    elif isinstance(value, list) and value:
        for item in value:
            yield from leaves(item, f"{path}[]")
    else:
        yield path, value


def added(name: str, pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    """What the answers have beyond what was sent, and beyond what every resource has; the first value of each.

    Children that are shown with it have rows of their own.
    """
    parts = ("resources[]", *(f"properties.{part}[]" for part in providers.get(name).parts))
    found: dict[str, Any] = {}
    for sent, answer in pairs:
        known = dict(leaves(sent))
        for path, value in leaves(answer):
            if path not in EVERYWHERE and not path.startswith(parts) and known.get(path) != value:
                found.setdefault(path, value)
    return found


@pytest.mark.parametrize("name", ADDED)
def test_adds_what_azure_adds(answers: dict[str, list[tuple[Any, Any]]], name: str) -> None:
    found, expected = added(name, answers[name]), ADDED[name]
    assert set(found) == set(expected)
    assert [path for path, value in expected.items() if not fits(value, found[path])] == []


def fits(expected: Any, value: Any) -> bool:
    shape = SHAPES.get(expected) if isinstance(expected, str) else None
    return bool(shape.fullmatch(str(value))) if shape else bool(expected == value)


def test_every_emulated_type_is_in_the_table() -> None:
    without_a_row = {"Microsoft.Maintenance/applyUpdates"}  # what was sent has no members
    assert set(ADDED) == {kind.name for kind in providers.TYPES} - without_a_row


def test_a_disk_is_the_same_whether_it_is_made_alone_or_with_its_machine(
    arm: Arm, vm: str, good_vm: Any, provider: Any
) -> None:
    good_vm["properties"]["storageProfile"]["dataDisks"] = [{"lun": 0, "createOption": "Empty", "diskSizeGB": 64}]
    made = arm.make(vm, good_vm)["properties"]["storageProfile"]
    alone = provider("Microsoft.Compute/disks/alone")
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 64}
    first = arm.make(alone, {"location": "westeurope", "sku": {"name": "Premium_LRS"}, "properties": source})
    second = arm.get(made["dataDisks"][0]["managedDisk"]["id"]).json()
    assert {path for path, _ in leaves(second)} - {path for path, _ in leaves(first)} == {
        "managedBy",
        "properties.LastOwnershipUpdateTime",
    }
    assert second["properties"]["tier"] == first["properties"]["tier"] == "P6"
    system = arm.get(made["osDisk"]["managedDisk"]["id"]).json()["properties"]
    assert system["diskSizeBytes"] == 127 << 30
    assert (system["networkAccessPolicy"], system["publicNetworkAccess"]) == ("AllowAll", "Enabled")
    assert (system["hyperVGeneration"], system["osType"], system["tier"]) == ("V2", "Windows", "P10")


def test_a_disk_that_grows_gets_faster(arm: Arm, provider: Any) -> None:
    disk = provider("Microsoft.Compute/disks/data")
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 64}
    arm.make(disk, {"location": "westeurope", "sku": {"name": "Premium_LRS"}, "properties": source})
    arm.wait(arm.patch(disk, {"properties": {"diskSizeGB": 1024}}))
    grown = arm.get(disk).json()["properties"]
    assert (grown["tier"], grown["diskIOPSReadWrite"], grown["diskSizeBytes"]) == ("P30", 5000, 1 << 40)
    arm.wait(arm.patch(disk, {"properties": {"tier": "P50"}}))
    assert arm.get(disk).json()["properties"]["diskIOPSReadWrite"] == 7500
    arm.wait(arm.patch(disk, {"sku": {"name": "StandardSSD_LRS"}}))
    slower = arm.get(disk).json()
    assert (slower["sku"]["tier"], slower["properties"]["diskIOPSReadWrite"]) == ("Standard", 500)
    assert "tier" not in slower["properties"]


@pytest.mark.parametrize(
    ("had", "change", "tier", "operations"),
    [
        (None, {"diskSizeGB": 128}, "P10", 500),
        ("P50", {"diskSizeGB": 128}, "P50", 7500),
        ("P50", {"diskSizeGB": 8192}, "P60", 16000),
        (None, {"sku": "StandardSSD_LRS"}, None, 500),
    ],
)
def test_a_disk_that_is_sent_back_as_it_was_read_grows_and_changes_its_kind(
    arm: Arm, provider: Any, had: str | None, change: dict[str, Any], tier: str | None, operations: int
) -> None:
    """`az disk update --size-gb` and `--sku` read a disk, change one value, and PUT all of it, its tier too."""
    disk = provider("Microsoft.Compute/disks/data")
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 64, **({"tier": had} if had else {})}
    arm.make(disk, {"location": "westeurope", "sku": {"name": "Premium_LRS"}, "properties": source})
    body = arm.get(disk).json()
    body["sku"]["name"] = change.get("sku", body["sku"]["name"])
    body["properties"]["diskSizeGB"] = change.get("diskSizeGB", 64)
    arm.wait(arm.put(disk, body))
    found = arm.get(disk).json()["properties"]
    assert (found.get("tier"), found["diskIOPSReadWrite"]) == (tier, operations)


@pytest.mark.parametrize(
    ("kind", "size", "tier"), [("StandardSSD_LRS", 64, "P10"), ("Premium_LRS", 1024, "P10"), ("Premium_LRS", 64, "P7")]
)
def test_refuses_a_performance_tier_that_the_disk_cannot_have(
    arm: Arm, provider: Any, kind: str, size: int, tier: str
) -> None:
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": size, "tier": tier}
    body = {"location": "westeurope", "sku": {"name": kind}, "properties": source}
    answer = arm.put(provider("Microsoft.Compute/disks/data"), body)
    assert (answer.status_code, answer.json()["error"]["target"]) == (400, "disk.tier")


def test_a_disk_from_a_copy_has_what_its_source_has(arm: Arm, vm: str, good_vm: Any, provider: Any) -> None:
    system = arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]
    snapshot, copied = provider("Microsoft.Compute/snapshots/before"), provider("Microsoft.Compute/disks/copy")
    for path, source in ((snapshot, system), (copied, snapshot)):
        created = {"createOption": "Copy", "sourceResourceId": source}
        arm.make(path, {"location": "westeurope", "properties": {"creationData": created}})
    first, last = (arm.get(path).json()["properties"] for path in (system, copied))
    same = ("diskSizeGB", "diskSizeBytes", "osType", "hyperVGeneration", "supportedCapabilities")
    assert {name: last[name] for name in same} == {name: first[name] for name in same}
    assert last["creationData"]["sourceUniqueId"] == arm.get(snapshot).json()["properties"]["uniqueId"]


def test_an_image_of_a_machine_has_the_disks_of_the_machine(arm: Arm, vm: str, good_vm: Any, provider: Any) -> None:
    disk = arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]
    image, version = provider("Microsoft.Compute/images/golden"), "galleries/g/images/i/versions/1.0.0"
    arm.make(image, {"location": "westeurope", "properties": {"sourceVirtualMachine": {"id": vm}}})
    found = arm.get(image).json()["properties"]
    assert found["hyperVGeneration"] == "V2"
    assert found["storageProfile"]["osDisk"] == {
        "managedDisk": {"id": disk},
        "storageAccountType": "Premium_LRS",
        "caching": "ReadWrite",
        "diskSizeGB": 127,
        "osType": "Windows",
        "osState": "Generalized",
    }
    named = {"osType": "Windows", "osState": "Generalized", "identifier": {"publisher": "a", "offer": "b", "sku": "c"}}
    for path, properties in (
        ("galleries/g", {}),
        ("galleries/g/images/i", named),
        (version, {"storageProfile": {"source": {"id": image}}}),
    ):
        arm.make(provider(f"Microsoft.Compute/{path}"), {"location": "westeurope", "properties": properties})
    stored = arm.get(provider(f"Microsoft.Compute/{version}")).json()["properties"]["storageProfile"]
    assert stored["osDiskImage"] == {"hostCaching": "ReadWrite", "sizeInGB": 127}


def test_instances_of_a_uniform_set_have_disks_that_go_with_them(answers: Any) -> None:
    sent, instance = answers["Microsoft.Compute/virtualMachineScaleSets/virtualMachines"][0]
    assert sent == {}
    assert (instance["name"], instance["instanceId"]) == ("uniform_1", "1")
    assert instance["properties"]["osProfile"]["computerName"] == "uni000001"


def test_frontends_and_probes_say_which_rules_use_them(arm: Arm, subnet: str, provider: Any) -> None:
    balancer = provider("Microsoft.Network/loadBalancers/lb")
    front, pool = f"{balancer}/frontendIPConfigurations/front", f"{balancer}/backendAddressPools/pool"
    rule = {
        "protocol": "Tcp",
        "frontendPort": 443,
        "backendPort": 443,
        "frontendIPConfiguration": {"id": front},
        "backendAddressPool": {"id": pool},
        "probe": {"id": f"{balancer}/probes/tcp"},
    }
    body = {
        "location": "westeurope",
        "sku": {"name": "Standard"},
        "properties": {
            "frontendIPConfigurations": [{"name": "front", "properties": {"subnet": {"id": subnet}}}],
            "backendAddressPools": [{"name": "pool", "properties": {}}],
            "probes": [{"name": "tcp", "properties": {"protocol": "Tcp", "port": 443}}],
            "loadBalancingRules": [{"name": "https", "properties": rule}],
        },
    }
    shown = arm.make(balancer, body)["properties"]
    used = [{"id": f"{balancer}/loadBalancingRules/https"}]
    assert shown["frontendIPConfigurations"][0]["properties"]["loadBalancingRules"] == used
    assert shown["frontendIPConfigurations"][0]["properties"]["privateIPAddress"] == "10.0.0.4"
    assert shown["probes"][0]["properties"]["loadBalancingRules"] == used
    assert shown["backendAddressPools"][0]["properties"]["loadBalancingRules"] == used
    sent_back = arm.make(balancer, arm.get(balancer).json())["properties"]
    assert sent_back["frontendIPConfigurations"][0]["properties"]["privateIPAddress"] == "10.0.0.4"
    body["properties"]["loadBalancingRules"] = []
    assert "loadBalancingRules" not in arm.make(balancer, body)["properties"]["probes"][0]["properties"]
