"""What docs/guides/after-an-interrupted-update.md says of an update that was killed while it made a machine."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).resolve().parents[3] / "docs/guides/after-an-interrupted-update.md"
MACHINE = "azure-native:compute:VirtualMachine"


@pytest.fixture
def killed(stack: Callable[[str], Any], engine: Any) -> tuple[Any, str, str]:
    """The stack, and the URN and id of a machine that Azure made and of which the state knows only that it was begun.

    A state that was killed at that moment looks so; it is made from a whole one, since no test can hit the moment.
    """
    dev = stack("dev")
    dev.up()
    file = engine.state / ".pulumi/stacks/azure-hotpatch/dev.json"
    state = json.loads(file.read_text())
    latest = state["checkpoint"]["latest"]
    machine = next(each for each in latest["resources"] if each["type"] == MACHINE)
    latest["resources"].remove(machine)
    begun = {key: machine[key] for key in ("urn", "custom", "type", "inputs", "parent", "provider")}
    latest["pending_operations"] = [{"resource": begun, "type": "creating"}]
    file.write_text(json.dumps(state))
    return dev, machine["urn"], machine["id"]


def test_up_is_refused_before_it_is_settled(killed: tuple[Any, str, str]) -> None:
    dev, urn, _ = killed
    shown = dev.run("up --yes --skip-preview", check=False)
    assert shown.returncode != 0
    assert f"{urn}, interrupted while creating" in shown.stdout
    assert "NicInUse" in shown.stdout


def test_the_machine_that_azure_made_is_taken_into_the_state(killed: tuple[Any, str, str], engine: Any) -> None:
    """By the block of the guide, with the names of this stack."""
    dev, urn, resource = killed
    name = urn.rpartition("::")[2].removesuffix("-vm")
    (block,) = re.findall(r"^```sh\n(COMPONENT=.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    env = {**engine.env, "ID": resource, "PULUMI_CONFIG_PASSPHRASE": "sandbox"}
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.replace("web-01", name)], cwd=dev.folder, env=env, check=True
    )
    dev.run("refresh --yes --skip-preview --clear-pending-creates")
    assert "pending_operations" not in json.loads(dev.run("stack export").stdout)["deployment"]
    assert dev.up() == {"~": 1}
    assert dev.preview() == {}
