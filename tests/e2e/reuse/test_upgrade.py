"""What an earlier version deployed is left alone by this one: nothing is replaced, created again or even changed."""

import json
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

UPGRADE = Path(__file__).parent / "upgrade"
# One state a released version, deployed from the program beside them into the emulator: `pulumi stack export`, without
# the positions in source files. Secrets in it are encrypted with the passphrase of the tests. It is never regenerated.
STATES = sorted((UPGRADE / "states").glob("*.json"))
PASSWORD = "Recorded-State-5-Owls"  # noqa: S105 - of machines that were never made


@pytest.fixture(params=STATES, ids=lambda state: state.stem)
def deployed(request: pytest.FixtureRequest, engine: Any, tmp_path: Path) -> Path:
    """The folder of a stack whose state an earlier version wrote."""
    copy(UPGRADE / "__main__.py", tmp_path)
    (tmp_path / "Pulumi.yaml").write_text("name: fleet\nruntime: python\n")
    engine("stack init dev", tmp_path)
    engine(["stack", "import", "--file", str(request.param), "--stack", "dev"], tmp_path)
    engine(f"config set --secret password {PASSWORD} --stack dev", tmp_path)
    return tmp_path


def test_this_version_changes_nothing_that_an_earlier_one_deployed(engine: Any, deployed: Path) -> None:
    planned = json.loads(engine("preview --json --stack dev", deployed).stdout)
    changed = {step["urn"].rsplit("::", 1)[-1]: step["op"] for step in planned["steps"] if step["op"] != "same"}
    assert changed == {}
    assert planned["changeSummary"]["same"] >= 26


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.stem)
def test_a_recorded_state_has_every_component_and_no_secret_in_plain_text(state: Path) -> None:
    text = state.read_text()
    types = {resource["type"].rsplit(":", 1)[-1] for resource in json.loads(text)["deployment"]["resources"]}
    wanted = {"HotpatchVirtualMachine", "HotpatchScaleSet", "HotpatchNetwork", "MaintenanceSchedule"}
    assert wanted <= types
    assert PASSWORD not in text
