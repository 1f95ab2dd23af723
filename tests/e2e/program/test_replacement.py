"""What Azure fixes when a machine is made: a change is refused at preview, or replaces it and keeps the rest."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

WEB: dict[str, Any] = {
    "name": "web",
    "image": "2022-core",
    "replaceOnChange": True,
    "dataDisks": [{"sizeGB": 64, "separate": True}, {"sizeGB": 32, "separate": True}],
}
ERP: dict[str, Any] = {"name": "erp", "image": "2022-core", "dataDisks": [{"sizeGB": 64}]}
SITE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/site/providers"
TILL: dict[str, Any] = {
    "name": "till",
    "image": "2022-core",
    "customLocationId": f"{SITE}/Microsoft.ExtendedLocation/customLocations/site",
    "logicalNetworkId": f"{SITE}/Microsoft.AzureStackHCI/logicalNetworks/lan",
    "dataDisksGB": [64],
}
CHANGES: tuple[tuple[str, Any], ...] = (
    ("image", "2022-hotpatch"),
    ("imageVersion", "20348.2966.241205"),
    ("timeZone", "W. Europe Standard Time"),
    ("zones", ["1"]),
    ("availabilitySet", True),
    ("osDisk", {"sizeGB": 127}),
    ("dataDisks", [{"sizeGB": 32}]),
    ("dataDisks", [{"sizeGB": 64, "separate": True}]),
)


@pytest.fixture
def deployed_fleet(program: Path, stack: Callable[..., Any]) -> Callable[..., Any]:
    """A function that writes the groups into the stack's file, and gives the stack, made when it is first called."""
    made: list[Any] = []

    def written(*machines: Mapping[str, Any], **more: Any) -> Any:
        stacks = made or [stack("fixed")]
        made[:] = stacks
        file = program / "stacks/Pulumi.fixed.yaml"
        content = yaml.safe_load(file.read_text())
        content["config"] |= {"azure-hotpatch:fleet": {"machines": list(machines), **more}}
        file.write_text(yaml.safe_dump(content))
        return stacks[0]

    return written


def ids(stack: Any) -> dict[str, str]:
    """The ids of the resources in the state, by name."""
    return {each["urn"].rpartition("::")[2]: each["id"] for each in stack.resources() if each.get("id")}


def test_a_change_of_the_image_replaces_the_machine_and_keeps_the_rest(deployed_fleet: Callable[..., Any]) -> None:
    fleet = deployed_fleet(WEB, ERP)
    fleet.up()
    before, address = ids(fleet), fleet.outputs()["fleet"][0]["privateIpAddress"]

    deployed_fleet({**WEB, "image": "2022-hotpatch"}, ERP)
    assert fleet.preview() == {"+-": 1}
    fleet.up()
    after = ids(fleet)
    assert after.pop("web-vm") != before.pop("web-vm")
    assert after == before
    row = fleet.outputs()["fleet"][0]
    assert row["privateIpAddress"] == address
    assert row["image"].split(":")[2] == "2022-Datacenter-Azure-Edition-Hotpatch"
    fleet.run("up --yes --skip-preview --expect-no-changes")
    fleet.run("refresh --yes --skip-preview --expect-no-changes")


def test_each_change_is_refused_at_preview_with_the_procedure(deployed_fleet: Callable[..., Any]) -> None:
    fleet = deployed_fleet(ERP)
    fleet.up()
    before = ids(fleet)
    for setting, value in CHANGES:
        deployed_fleet({**ERP, setting: value})
        refused = fleet.run("preview", check=False)
        said = refused.stdout + refused.stderr
        assert refused.returncode != 0, (setting, said)
        assert "erp-vm: Azure fixes these values" in said, (setting, said)
        assert "Traceback" not in said
    deployed_fleet({**ERP, "image": "2022-hotpatch"})
    assert "replaceOnChange: true" in fleet.run("preview", check=False).stdout
    assert fleet.run("up --yes --skip-preview", check=False).returncode != 0
    assert ids(fleet) == before


def test_a_change_on_azure_local_is_refused_at_preview_with_the_procedure(deployed_fleet: Callable[..., Any]) -> None:
    fleet = deployed_fleet(azureLocal=[TILL])
    fleet.up()
    fleet.run("up --yes --skip-preview --expect-no-changes")
    fleet.run("refresh --yes --skip-preview --expect-no-changes")
    changes: tuple[tuple[dict[str, Any], str], ...] = (
        ({"image": "2022-hotpatch"}, "identifier.sku"),
        ({"imageVersion": "20348.2966.241205"}, "version"),
        ({"storagePathId": f"{SITE}/Microsoft.AzureStackHCI/storageContainers/other"}, "containerId"),
        ({"dataDisksGB": [32]}, "diskSizeGB: 64 cannot become 32"),
    )
    for changed, path in changes:
        deployed_fleet(azureLocal=[{**TILL, **changed}])
        refused = fleet.run("preview", check=False)
        assert refused.returncode != 0, (changed, refused.stdout)
        assert path in refused.stdout, (changed, refused.stdout)
        assert "of another name" in " ".join(refused.stdout.split())
    deployed_fleet(azureLocal=[{**TILL, "processors": 4, "dataDisksGB": [128]}])
    assert fleet.up() == {"~": 2}


def test_a_disk_that_a_machine_made_is_given_to_the_machine_that_replaces_it(
    deployed_fleet: Callable[..., Any],
) -> None:
    fleet = deployed_fleet(ERP)
    fleet.up()
    machine = next(each for each in fleet.resources() if each["urn"].endswith("::erp-vm"))
    disk = machine["outputs"]["storageProfile"]["dataDisks"][0]["managedDisk"]["id"]

    disks = [{"sizeGB": 64, "diskIds": {"erp": disk}}]
    deployed_fleet({**ERP, "replaceOnChange": True, "dataDisks": disks, "image": "2022-hotpatch"})
    assert fleet.preview() == {"+-": 1}
    fleet.up()
    replaced = next(each for each in fleet.resources() if each["urn"].endswith("::erp-vm"))
    assert replaced["id"] != machine["id"]
    assert replaced["outputs"]["storageProfile"]["dataDisks"][0]["managedDisk"]["id"] == disk
    fleet.run("up --yes --skip-preview --expect-no-changes")


def test_a_separate_disk_stays_in_its_zone_and_never_shrinks(deployed_fleet: Callable[..., Any]) -> None:
    fleet = deployed_fleet({**WEB, "zones": ["1"]})
    fleet.up()
    disks = [{"sizeGB": 32, "separate": True}, WEB["dataDisks"][1]]
    for changed in ({"zones": ["2"]}, {"zones": ["1"], "dataDisks": disks}):
        deployed_fleet({**WEB, **changed})
        refused = fleet.run("preview", check=False)
        assert refused.returncode != 0, refused.stdout
        # The engine stops at the first refusal: where both disks are refused, either may be the one that it shows.
        assert re.search("web-disk-[01]: Azure fixes these values", refused.stdout), refused.stdout
        assert "undo the change" in refused.stdout


def test_a_scale_set_is_replaced_where_its_group_says_so(deployed_fleet: Callable[..., Any]) -> None:
    front = {"name": "front", "computerNamePrefix": "front"}
    fleet = deployed_fleet(scaleSets=[front])
    fleet.up()
    before = ids(fleet)

    deployed_fleet(scaleSets=[{**front, "computerNamePrefix": "fe"}])
    refused = fleet.run("preview", check=False)
    assert refused.returncode != 0
    assert "front-vmss: Azure fixes these values" in refused.stdout

    deployed_fleet(scaleSets=[{**front, "computerNamePrefix": "fe", "replaceOnChange": True}])
    assert fleet.preview() == {"+-": 1}
    fleet.up()
    after = ids(fleet)
    assert after.pop("front-vmss") != before.pop("front-vmss")
    assert after == before
