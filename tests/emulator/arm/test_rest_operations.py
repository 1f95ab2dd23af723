"""Operations of the shapes that Azure's REST specifications show; rest_operations.yaml has them and each difference."""

import copy
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.emulator.arm.conftest import Arm
from tests.emulator.arm.test_rest_examples import BESIDE, MACHINES, merge, missing

TABLE = yaml.safe_load(Path(__file__).with_name("rest_operations.yaml").read_text(encoding="utf-8"))
EXAMPLES = {one["name"]: one for one in TABLE["examples"]}
GROUP = f"{Arm.subscription}/resourceGroups/fleet"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
VM, MAINTENANCE = f"{COMPUTE}/virtualMachines/myVM", "providers/Microsoft.Maintenance"
SCHEDULE = f"{GROUP}/{MAINTENANCE}/maintenanceConfigurations/configuration1"
GALLERY = f"{COMPUTE}/galleries/shared"
NAMES = {
    "subscription": Arm.subscription,
    "group": GROUP,
    "compute": COMPUTE,
    "maintenance": MAINTENANCE,
    "vm": VM,
    "uniform": f"{COMPUTE}/virtualMachineScaleSets/uniform",
    "regional": f"{COMPUTE}/virtualMachineScaleSets/regional",
    "disk": f"{COMPUTE}/disks/myDisk",
    "schedule": SCHEDULE,
    "specialized": f"{GALLERY}/images/special",
    "image": f"{Arm.subscription}/providers/Microsoft.Compute/locations/westeurope/publishers/MicrosoftWindowsServer"
    "/artifactTypes/vmImage/offers/WindowsServer/skus/2016-Datacenter/versions/latest",
}
WINDOW = {"startDateTime": "2031-02-01 22:00", "timeZone": "UTC", "recurEvery": "Week Saturday"}
HEALTH = {"publisher": "Microsoft.Compute", "type": "BGInfo", "typeHandlerVersion": "2.1"}
ASSIGNED = {"properties": {"maintenanceConfigurationId": SCHEDULE}}
EMPTY = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 200}


def machine(nic: str) -> Any:
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2016-Datacenter"}
    profile = {"computerName": "myVM", "adminUsername": "fleetadmin", "adminPassword": "Correct-Horse-7-Battery"}
    properties = {
        "hardwareProfile": {"vmSize": "Standard_D2s_v3"},
        "storageProfile": {"imageReference": {**image, "version": "latest"}, "dataDisks": []},
        "osProfile": profile,
        "networkProfile": {"networkInterfaces": [{"id": nic, "properties": {"primary": True}}]},
    }
    return {"location": "westeurope", "properties": properties}


def scale_set(subnet: str) -> Any:
    profile = copy.deepcopy(machine("")["properties"])
    del profile["hardwareProfile"]
    profile["osProfile"]["computerNamePrefix"] = profile["osProfile"].pop("computerName")
    address = {"name": "ip", "properties": {"subnet": {"id": subnet}}}
    nic = {"name": "nic", "properties": {"primary": True, "ipConfigurations": [address]}}
    profile["networkProfile"] = {"networkInterfaceConfigurations": [nic]}
    sku = {"name": "Standard_D2s_v3", "capacity": 2}
    properties = {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": profile}
    return {"location": "westeurope", "sku": sku, "properties": properties}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with what the examples presume."""
    store = Path(tmp_path_factory.mktemp("world")) / "azure.sqlite"
    arm, network = Arm(store), f"{GROUP}/providers/Microsoft.Network"
    arm.put(GROUP, {"location": "westeurope"})
    subnets = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}]
    net = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets}
    subnet = f"{network}/virtualNetworks/net/subnets/machines"
    addresses = [{"name": "ip", "properties": {"subnet": {"id": subnet}}}]
    nics = [f"{network}/networkInterfaces/nic{number}" for number in (1, 2)]
    definition = {
        "osType": "Windows",
        "osState": "Specialized",
        "identifier": {"publisher": "a", "offer": "b", "sku": "c"},
    }
    in_guest = {"maintenanceScope": "InGuestPatch", "extensionProperties": {"InGuestPatchMode": "User"}}
    patches = {"installPatches": {"windowsParameters": {"classificationsToInclude": ["Security"]}}}
    for path, body in (
        (f"{network}/virtualNetworks/net", {"properties": net}),
        *((nic, {"properties": {"ipConfigurations": addresses}}) for nic in nics),
        (VM, machine(nics[0])),
        (f"{VM}/extensions/myVMExtension", {"properties": HEALTH}),
        (NAMES["uniform"], scale_set(subnet)),
        (NAMES["regional"], {"properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 2}}),
        (NAMES["disk"], {"sku": {"name": "Premium_LRS"}, "properties": EMPTY}),
        (f"{COMPUTE}/snapshots/mySnapshot1", {"properties": EMPTY}),
        (f"{COMPUTE}/diskEncryptionSets/keys", {"properties": {}}),
        (f"{COMPUTE}/availabilitySets/apart", {"properties": {}}),
        (f"{COMPUTE}/proximityPlacementGroups/near", {"properties": {"proximityPlacementGroupType": "Standard"}}),
        (f"{COMPUTE}/sshPublicKeys/key", {"properties": {}}),
        (GALLERY, {"properties": {}}),
        (NAMES["specialized"], {"properties": definition}),
        (SCHEDULE, {"properties": {**in_guest, **patches, "maintenanceWindow": {**WINDOW, "duration": "03:00"}}}),
        (f"{GROUP}/{MAINTENANCE}/maintenanceConfigurations/images", {"properties": {"maintenanceWindow": WINDOW}}),
        (f"{VM}/{MAINTENANCE}/configurationAssignments/ofMachine", ASSIGNED),
        (f"{GROUP}/{MAINTENANCE}/configurationAssignments/ofGroup", filtered()),
        (f"{Arm.subscription}/{MAINTENANCE}/configurationAssignments/ofAll", filtered()),
    ):
        arm.make(path, {"location": "westeurope", **body})
    return store


def filtered() -> Any:
    return {"properties": {**ASSIGNED["properties"], "filter": {"locations": ["westeurope"]}}}


@pytest.fixture
def arm(world: Path, tmp_path: Path) -> Arm:
    """A copy of the world for a test of its own."""
    for part in world.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    return Arm(tmp_path / world.name)


def filled(value: Any) -> Any:
    """The value with the names in braces resolved."""
    if isinstance(value, dict):
        return {key: filled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each) for each in value]
    return value.format(**NAMES) if isinstance(value, str) and "{" in value else value


def sent(example: Any) -> Any:
    if "machine" not in example and "set" not in example:
        return filled(example.get("body"))
    nic = f"{GROUP}/providers/Microsoft.Network/networkInterfaces/nic2"
    subnet = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/machines"
    body = machine(nic) if "machine" in example else scale_set(subnet)
    merge(body, filled(example.get("machine") or example["set"]))
    return without_null(body)


def without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_null(each) for key, each in value.items() if each is not None}
    return value


def found(shown: Any, path: str) -> Any:
    for step in path.split("."):
        shown = (shown or {}).get(step)
    return shown


@pytest.mark.parametrize("name", EXAMPLES)
def test_answers_as_the_specification_shows(arm: Arm, name: str) -> None:
    example = EXAMPLES[name]
    method, path = filled(example["at"]).split(" ")
    path += f"{'&' if '?' in path else '?'}api-version={example.get('version') or version(path)}"
    body = sent(example)
    answer = arm.ask(method, path, body)
    assert answer.status_code in ([example["answers"]] if "different" in example else example["statuses"]), answer.text
    if answer.status_code >= 400:
        return
    ended = arm.wait(answer)
    assert ended.get("status", "Succeeded") == "Succeeded"
    shown = answer.json() if answer.content else {}
    if method in {"PUT", "PATCH"}:
        shown = arm.get(path).json()
        written = [one for one in example.get("shows", ()) if found(body, one) is not None]
        differing = (path for one in written for path in missing(found(body, one), found(shown, one)))
        assert list(differing) == []
    assert [one for one in example.get("shows", ()) if found(shown, one) is None] == []
    output = ended.get("properties", {}).get("output")
    assert [one for one in example.get("result", ()) if found(output, one) is None] == []


def version(path: str) -> str:
    kinds = {"/disks/": "2024-03-02", "/snapshots/": "2024-03-02", "/providers/Microsoft.Maintenance": "2023-04-01"}
    return next((each for kind, each in kinds.items() if kind in path), "2024-07-01")


def test_every_difference_has_a_reason_and_every_reason_a_difference() -> None:
    named = Counter(one["different"] for one in EXAMPLES.values() if "different" in one)
    assert set(named) == set(TABLE["kinds"])


def test_there_are_as_many_as_were_promised() -> None:
    assert len(EXAMPLES) + len({*MACHINES, *BESIDE}) + 5 >= 120  # five are in test_rest_schedules.py
