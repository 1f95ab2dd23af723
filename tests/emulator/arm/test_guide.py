"""The guide to the emulated Azure says what is there."""

import re
from pathlib import Path

import pytest

from azure_hotpatch.emulator.arm.faults.fault_list import FAULTS
from azure_hotpatch.emulator.arm.routes import ROUTES
from azure_hotpatch.emulator.served.app import CONTROL_ROUTES

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "emulated-azure.md"


@pytest.fixture
def rows():
    """The rows of the guide's tables: the code in the first cell, and the codes in the second."""
    lines = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    return {re.findall("`([^`]+)`", line)[0]: re.findall("`([^`]+)`", line)[1:] for line in lines}


def test_lists_the_types_that_are_emulated_and_no_others(arm, rows):
    listed = {
        f"{provider}/{name}" for provider, names in rows.items() if provider.startswith("Micro") for name in names
    }
    emulated = set(arm.get("/emulator/types").json()["value"])
    assert listed == emulated | {"Microsoft.Resources/resourceGroups", "Microsoft.Resources/deployments"}


def test_lists_the_requests_to_the_emulator_itself(rows):
    listed = {row for row in rows if "/emulator/" in row}
    controls = [route for route in ROUTES if route.path.pattern.startswith("/emulator")]
    of_arm = {f"{route.methods} {route.path.pattern.removesuffix('/?')}" for route in controls}
    assert listed == of_arm | set(CONTROL_ROUTES)


def test_lists_the_faults():
    (section,) = re.findall(r"## Faults on purpose\n(.*?)\n## ", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert sorted(re.findall("`([^`]+)`", " ".join(rows))) == sorted(FAULTS)
