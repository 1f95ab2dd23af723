"""Machines made as components are the machines that would be written by hand: only their parents differ."""

import json
import shutil
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parents[3] / "bench"
# The emulator has no subnet but those that were made in it.
MADE = """group = resources.ResourceGroup("fleet", location="westeurope")
net = network.VirtualNetwork(
    "net", resource_group_name=group.name, address_space={"address_prefixes": ["10.0.0.0/16"]},
    subnets=[{"name": "machines", "address_prefix": "10.0.0.0/24"}],
)
SUBNET = net.subnets[0].id
"""


def inputs(engine: Any, folder: Path, source: str) -> dict[str, Any]:
    """The inputs of the machines and interfaces that a program of `bench/` makes, by name."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(f"name: {folder.name}\nruntime: python\n")
    text = (BENCH / source).read_text()
    assert 'group = resources.ResourceGroup("fleet", location="westeurope")\n' in text
    text = text.replace('group = resources.ResourceGroup("fleet", location="westeurope")\n', MADE)
    text = text.replace(
        "from pulumi_azure_native import resources", "from pulumi_azure_native import network, resources"
    )
    (folder / "__main__.py").write_text(text)
    engine("stack init test", folder)
    engine("up --yes --skip-preview --stack test", folder, {"MACHINES": "2"})
    exported = engine("stack export --stack test --show-secrets", folder).stdout
    engine("destroy --yes --skip-preview --stack test", folder, {"MACHINES": "2"})
    shutil.rmtree(folder)
    return _by_name(exported)


def test_only_the_parents_differ(engine: Any, tmp_path: Path) -> None:
    by_hand = inputs(engine, tmp_path / "hand", "fleet_by_hand.py")
    as_components = inputs(engine, tmp_path / "components", "fleet_of_components.py")
    assert sorted(by_hand) == ["m0000-nic", "m0000-vm", "m0001-nic", "m0001-vm"]
    assert as_components == by_hand


def _by_name(exported: str) -> dict[str, Any]:
    kinds = ("azure-native:compute:VirtualMachine", "azure-native:network:NetworkInterface")
    found = [each for each in json.loads(exported)["deployment"]["resources"] if each["type"] in kinds]
    return {each["urn"].rpartition("::")[2]: _without_random_names(each["inputs"]) for each in found}


def _without_random_names(value: Any) -> Any:
    """The inputs without what differs from one deployment to the next: the suffixes of names, and ids made of them."""
    random = ("vmName", "networkInterfaceName", "resourceGroupName", "id")
    if isinstance(value, dict):
        return {key: _without_random_names(child) for key, child in value.items() if key not in random}
    return [_without_random_names(child) for child in value] if isinstance(value, list) else value
