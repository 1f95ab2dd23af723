"""The blocks of the README and the guides, pasted into a shell in which the sandbox is up."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from set_up.environment_variables import for_commands
from set_up.layout import CHECKOUT, Layout
from tests.docs.blocks import BLOCKS, PASTED, PASTED_FIRST, Block
from tests.docs.pasting import pasted

COPIED = ("Pulumi.yaml", "__main__.py", "stacks")
# Days, durations, and the eight random digits in Azure's names.
VARYING = (r"\d{4}-\d\d-\d\d", r"Duration: \d+s", r"(?<=[a-z])[0-9a-f]{8}\b")
BRING_UP = """
import sys
from pathlib import Path
from set_up.layout import Layout
from set_up.sandbox import bring_up
sys.exit(bring_up(Layout(Path(sys.argv[1]))))
"""
AROUND = """
import pulumi
from pulumi_azure_native.resources import ResourceGroup
from azure_hotpatch.components import HotpatchNetwork

config = pulumi.Config()
group = ResourceGroup("group", location="westeurope")
subnet = type("Subnet", (), {"id": HotpatchNetwork("network", {"resource_group_name": group.name}).subnet_id})
"""
# What the program beside the fleet needs in Azure, and does not make.
VAULT = """
from pulumi_azure_native import recoveryservices, resources

group = resources.ResourceGroup("ops", resource_group_name="ops", location="westeurope")
recoveryservices.Vault(
    "vault", vault_name="vault", resource_group_name=group.name, location="westeurope", sku={"name": "Standard"}
)
"""


WRONG_IMAGE = """
from pulumi_azure_native import compute

PATCHING = {"patch_mode": "AutomaticByPlatform", "enable_hotpatching": True, "assessment_mode": "AutomaticByPlatform"}
IMAGE = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "version": "latest"}
compute.VirtualMachine(
    "web",
    resource_group_name="shop",
    location="westeurope",
    hardware_profile={"vm_size": "Standard_D2s_v5"},
    security_profile={
        "security_type": "TrustedLaunch", "uefi_settings": {"secure_boot_enabled": True, "v_tpm_enabled": True}
    },
    os_profile={
        "computer_name": "web",
        "admin_username": "fleetadmin",
        "windows_configuration": {
            "provision_vm_agent": True, "enable_automatic_updates": True, "patch_settings": PATCHING
        },
    },
    storage_profile={
        "image_reference": {**IMAGE, "sku": "2022-datacenter-azure-edition"},
        "os_disk": {"create_option": "FromImage"},
    },
)
"""


@dataclass(frozen=True)
class Sandbox:
    """A checkout of the test's own, in which `make up` has run: what it printed, and the shell of `make env`."""

    folder: Path
    env: Mapping[str, str]
    printed: str

    def paste(self, text: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Runs the lines in bash, which ends at the first that fails."""
        return pasted(text, folder or self.folder, self.env, timeout=300)


@pytest.fixture(scope="module")
def sandbox(pulumi: Path, tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """What set-up makes is the checkout's that runs the tests; state, store and home are the test's own."""
    assert pulumi.exists()
    folder, home = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("home")
    for entry in CHECKOUT.root.iterdir():
        if entry.name in COPIED:
            subprocess.run(["cp", "-r", entry, folder], check=True)
        elif not entry.name.startswith(".") and entry.name not in {"dist", "src"}:
            (folder / entry.name).symlink_to(entry)
    layout = Layout(folder)
    layout.state.mkdir(parents=True)
    for made in (CHECKOUT.venv, CHECKOUT.bin, CHECKOUT.release, CHECKOUT.pulumi_home):
        if made.exists():
            (layout.made / made.name).symlink_to(made)
    own = {key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "AZURE_", "ARM_"))}
    env = for_commands(layout, {**own, "HOME": str(home)})
    up = subprocess.run(
        [sys.executable, "-c", BRING_UP, folder],
        cwd=CHECKOUT.root,
        env={**own, "HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # as a terminal shows it
        text=True,
        check=False,
    )
    assert up.returncode == 0, up.stdout
    return Sandbox(folder, env, up.stdout)


@pytest.fixture
def block() -> Callable[[str, str], Block]:
    return lambda page, first: next(block for block in BLOCKS if block.key == (page, first))


def lasting(text: str) -> str:
    """The text without what differs from day to day."""
    return re.sub("|".join(VARYING), "…", text)


def test_make_up_ends_as_the_readme_shows(sandbox: Sandbox, block: Callable[[str, str], Block]) -> None:
    shown, printed = (lasting(text).splitlines() for text in (block("README", "Resources:").text, sandbox.printed))
    assert sorted(printed[-len(shown) :]) == sorted(shown)  # two streams: which is flushed first differs


TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"


def test_a_terminal_gets_the_same_verdict(sandbox: Sandbox, block: Callable[[str, str], Block]) -> None:
    """In a terminal the engine draws its progress, and asks where it may."""
    pasted = ["bash", "-euo", "pipefail", "-c", block(*next(iter(PASTED))).text]
    done = subprocess.run(
        [sys.executable, "-c", TERMINAL, *pasted],
        cwd=sandbox.folder,
        env={**sandbox.env, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 violations" in done.stdout


@pytest.mark.parametrize("key", PASTED, ids=lambda key: "-".join(key)[:60])
def test_a_block_can_be_pasted(key: tuple[str, str], sandbox: Sandbox, block: Callable[[str, str], Block]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    text = "\n".join(block(*each).text for each in (PASTED_FIRST.get(key), key) if each)
    text = text.replace("4599", port).replace("--stack dev", "--stack sandbox")
    done = sandbox.paste(text)
    assert done.returncode == 0, done.stdout + done.stderr
    assert PASTED[key] in done.stdout


def test_the_machine_of_the_readme_is_previewed(
    sandbox: Sandbox, block: Callable[[str, str], Block], tmp_path: Path
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: readme\nruntime: python\n")
    program = block("README", "from azure_hotpatch.components import HotpatchVirtualMachine").text
    (tmp_path / "__main__.py").write_text(AROUND + program)
    prepared = sandbox.paste(
        "pulumi stack init t && pulumi config set --secret adminPassword Correct-horse-9", tmp_path
    )
    assert prepared.returncode == 0, prepared.stderr
    done = sandbox.paste("pulumi preview --json --stack t", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    made = {step["urn"].rpartition("::")[2] for step in json.loads(done.stdout)["steps"] if step["op"] == "create"}
    assert {"web", "web-vm", "web-nic"} <= made


def test_the_pack_says_of_a_wrong_image_what_its_page_shows(
    sandbox: Sandbox, block: Callable[[str, str], Block], tmp_path: Path
) -> None:
    """The page breaks the lines, and leaves out the end of the list of images."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(WRONG_IMAGE)
    pack = sandbox.folder / "policies"
    done = sandbox.paste(f"pulumi stack init wrong && pulumi preview --policy-pack {pack}", tmp_path)
    assert done.returncode != 0
    printed = " ".join(done.stdout.replace(str(pack), "policies").split())
    parts = " ".join(block("policy-pack", "Policies:").text.split()).split(" … ")
    assert len(parts) == 2
    assert [part for part in parts if part not in printed] == []


def test_the_program_beside_the_fleet_comes_up(
    sandbox: Sandbox, block: Callable[[str, str], Block], tmp_path: Path
) -> None:
    """Within the engine, whose provider asks for more than the mocks of tests/program/test_beside_the_fleet.py."""
    config = block("beside-the-fleet", "config:").text
    for page, here in {"/prod": "/sandbox", "prod-web-01, prod-web-02": "core, desktop", "…": "0" * 8}.items():
        assert page in config
        config = config.replace(page, here)
    programs = {"ops": (VAULT, ""), "beside": (block("beside-the-fleet", "import pulumi").text, config)}
    for name, (program, settings) in programs.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
        (tmp_path / name / "Pulumi.t.yaml").write_text(settings)
        (tmp_path / name / "__main__.py").write_text(program)
        done = sandbox.paste("pulumi stack init t && pulumi up --yes --skip-preview", tmp_path / name)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "5 created" in done.stdout
    gone = sandbox.paste("pulumi destroy --yes && cd ../ops && pulumi destroy --yes", tmp_path / "beside")
    assert gone.returncode == 0, gone.stdout + gone.stderr
