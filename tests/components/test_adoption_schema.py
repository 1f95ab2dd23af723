"""Every property that Azure takes of a machine is an argument, is kept by adoption, or is refused: none is dropped."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.components.virtual_machine.adoption import kept_of_machine
from azure_hotpatch.components.virtual_machine.plan import spec_of
from tests.components.arguments import GOOD, GROUP
from tests.components.test_adoption import inputs_of
from tests.components.test_hotpatch_virtual_machine import EVERYTHING

# The table of azure-native's own schema from which the emulated provider answers.
SCHEMA = json.loads((Path(__file__).parents[2] / "emulator/provider/tables/compute.json").read_text())
MACHINE = f"{GROUP}/Microsoft.Compute/virtualMachines/web"
INTERFACE = f"{GROUP}/Microsoft.Network/networkInterfaces/web"
IMPORTED = {**GOOD, "import_virtual_machine_id": MACHINE, "import_network_interface_id": INTERFACE}
# A machine that has these is refused when it is taken over: its image is not the one that the arguments name, and Azure
# fixes that (`components/shared/fixed.py`), as it does with a system that is not Windows.
REFUSED = (
    "osProfile.linuxConfiguration",
    "storageProfile.imageReference.communityGalleryImageId",
    "storageProfile.imageReference.id",
    "storageProfile.imageReference.sharedGalleryImageId",
)


def _properties(kind: Any) -> Mapping[str, Any] | None:
    name = (kind if isinstance(kind, str) else kind["type"]).strip("[]{}")
    found = SCHEMA["types"].get(name)
    return None if found is None else found.get("properties", found)


def _leaves(properties: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, kind in properties.items():
        if isinstance(kind, dict) and "output" in kind.get("is", ()):
            continue
        own = f"{path}.{name}" if path else name
        is_list = (kind if isinstance(kind, str) else kind["type"]).startswith("[")
        below = _properties(kind)
        if below is None:
            yield own
        else:
            yield from _leaves(below, f"{own}[0]" if is_list else own)


PROPERTIES = sorted(_leaves(SCHEMA["resources"]["VirtualMachine"]["properties"]))


def _covers(paths: Iterable[str], leaf: str) -> bool:
    return any(_is_in(leaf, path) for path in paths)


def _states(stated: Iterable[str], leaf: str) -> bool:
    return any(_is_in(each, leaf) for each in stated)


def _is_in(one: str, other: str) -> bool:
    return one == other or one.startswith((f"{other}.", f"{other}["))


@pytest.fixture(scope="module")
def imported() -> list[str]:
    return kept_of_machine(spec_of({**IMPORTED, "computer_name": "web"}))


@pytest.fixture(scope="module")
def with_everything() -> list[str]:
    return kept_of_machine(spec_of({**IMPORTED, **EVERYTHING, "subnet_id": None}))


def test_the_table_has_the_whole_machine() -> None:
    assert len(PROPERTIES) > 120
    assert {"licenseType", "plan.name", "storageProfile.dataDisks[0].lun", "zones"} <= set(PROPERTIES)


@pytest.mark.parametrize("leaf", PROPERTIES)
def test_no_property_is_dropped_unsaid(leaf: str, imported: list[str], register: Any) -> None:
    """With no more arguments than an import needs, a property is kept, or is one that the component states."""
    stated = inputs_of(register, GOOD)["VirtualMachine"]
    assert _covers([*imported, *REFUSED], leaf) or _states(stated, leaf)


@pytest.mark.parametrize("leaf", PROPERTIES)
def test_no_property_is_dropped_where_every_argument_is_given(
    leaf: str, with_everything: list[str], register: Any
) -> None:
    stated = inputs_of(register, {**EVERYTHING, "availability_set_id": None})["VirtualMachine"]
    assert _covers([*with_everything, *REFUSED], leaf) or _states(stated, leaf)


@pytest.mark.parametrize(
    ("argument", "path"),
    [
        ("azure_hybrid_benefit", "licenseType"),
        ("data_disks", "storageProfile.dataDisks"),
        ("disk_encryption_set_id", "storageProfile.osDisk.managedDisk.diskEncryptionSet"),
        ("encryption_at_host", "securityProfile.encryptionAtHost"),
        ("location", "location"),
        ("proximity_placement_group_id", "proximityPlacementGroup"),
        ("tags", "tags"),
        ("time_zone", "osProfile.windowsConfiguration.timeZone"),
        ("user_assigned_identity_ids", "identity"),
        ("user_data", "userData"),
        ("zones", "zones"),
    ],
)
def test_is_kept_until_its_argument_is_given(argument: str, path: str, imported: list[str]) -> None:
    given = spec_of({**IMPORTED, "computer_name": "web", argument: EVERYTHING[argument]})
    assert path in imported
    assert path not in kept_of_machine(given)


def test_every_interface_of_an_imported_machine_stays_attached(imported: list[str]) -> None:
    assert "networkProfile.networkInterfaces" in imported
