"""The life of the sandbox with the real engine: up, an edit, drift, down."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anyio
import httpx

from azure_hotpatch.emulator.arm.app import create_app

IMAGES = [
    "2022-Datacenter-Azure-Edition-Core",
    "2022-Datacenter-Azure-Edition-Core-smalldisk",
    "2022-Datacenter-Azure-Edition-Hotpatch",
    "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
]


def in_azure(store: Path, resource_id: str, change: Mapping[str, Any]) -> None:
    """Change a resource as somebody with a portal would: behind Pulumi's back."""

    async def patch() -> None:
        transport = httpx.ASGITransport(app=create_app(store))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as azure:
            answer = await azure.patch(f"{resource_id}?api-version=2024-11-01", json=dict(change))
            answer.raise_for_status()

    anyio.run(patch)


def test_comes_up_and_stays_and_goes(stack: Callable[[str], Any], stored: Callable[[], int]) -> None:
    sandbox = stack("sandbox")
    assert sandbox.up() == {"+": 20}

    fleet = sandbox.outputs()["fleet"]
    assert [machine["image"].split(":")[2] for machine in fleet] == IMAGES
    assert all(machine["hotpatch"] and machine["patchMode"] == "AutomaticByPlatform" for machine in fleet)
    assert all(machine["principalId"] and machine["privateIpAddress"] for machine in fleet)

    made = [each["outputs"] for each in sandbox.resources() if each["type"].endswith(":VirtualMachine")]
    assert len(made) == len(IMAGES)
    for machine in made:  # as Azure says it, not as it was asked for
        settings = machine["osProfile"]["windowsConfiguration"]["patchSettings"]
        assert settings["enableHotpatching"] is True
        assert settings["patchMode"] == "AutomaticByPlatform"

    assert sandbox.up() == {}
    assert sandbox.refresh() == {}
    assert sandbox.preview() == {}

    assert sandbox.destroy() == {"-": 20}
    assert stored() == 0


def test_an_edit_changes_what_it_says_and_nothing_else(stack: Callable[[str], Any]) -> None:
    sandbox = stack("sandbox")
    sandbox.up()
    sandbox.edit("azure-hotpatch:fleet.machines[0].size", "Standard_D4s_v5")
    diff = sandbox.run("preview --diff").stdout
    assert '~ vmSize: "Standard_D2s_v5" => "Standard_D4s_v5"' in diff
    assert sandbox.up() == {"~": 1}


def test_a_change_behind_its_back_is_drift(stack: Callable[[str], Any], engine: Any) -> None:
    sandbox = stack("sandbox")
    sandbox.up()
    machine = sandbox.outputs()["fleet"][0]["resourceId"]
    off = {"patchMode": "AutomaticByPlatform", "enableHotpatching": False}
    in_azure(engine.store, machine, {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": off}}}})
    assert sandbox.refresh() == {"~": 1}
    assert "enableHotpatching: false => true" in sandbox.run("preview --diff").stdout
    assert sandbox.up() == {"~": 1}
    assert sandbox.preview() == {}


def test_the_committed_stack_files_stay_as_they_are(stack: Callable[[str], Any], program: Path) -> None:
    committed = Path(__file__).resolve().parents[3] / "stacks/Pulumi.sandbox.yaml"
    stack("sandbox").preview()
    assert (program / "stacks/Pulumi.sandbox.yaml").read_text() == committed.read_text()
