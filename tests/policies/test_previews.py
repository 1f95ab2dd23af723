"""Previews of the real engine with the pack: what must be refused fails the build, and says why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.images import windows_server_image

PACK = Path(__file__).resolve().parents[2] / "policies"
PROGRAM = """
import pulumi
from pulumi_azure_native import compute, resources

group = resources.ResourceGroup("group", location="westeurope")
patch = {{"patch_mode": "AutomaticByPlatform", "assessment_mode": "AutomaticByPlatform", "enable_hotpatching": {on}}}
profile = {{
    "admin_username": "azureuser",
    "admin_password": pulumi.Output.secret("correct-Horse-7"),
    "windows_configuration": {{
        "provision_vm_agent": True, "enable_automatic_updates": True, "patch_settings": patch,
    }},
}}
security = {{
    "security_type": "TrustedLaunch",
    "uefi_settings": {{"secure_boot_enabled": True, "v_tpm_enabled": True}},
}}
storage = {{"image_reference": {image}, "os_disk": {{"create_option": "FromImage"}}}}
{resource}
"""
MACHINE = """
compute.VirtualMachine(
    "machine",
    resource_group_name=group.name,
    location="westeurope",
    hardware_profile={"vm_size": "Standard_D2s_v5"},
    network_profile={"network_interfaces": []},
    os_profile={**profile, "computer_name": "machine"},
    security_profile=security,
    storage_profile=storage,
)
"""
UNIFORM_SET = """
compute.VirtualMachineScaleSet(
    "machines",
    resource_group_name=group.name,
    location="westeurope",
    orchestration_mode="Uniform",
    sku={"name": "Standard_D2s_v5", "capacity": 2},
    virtual_machine_profile={"os_profile": profile, "security_profile": security, "storage_profile": storage},
)
"""


def triple(sku: str) -> str:
    return json.dumps(windows_server_image(sku))


GOOD = triple("2022-datacenter-azure-edition-core")
GALLERY = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0"
REFUSED = {
    "a Uniform set": (GOOD, True, UNIFORM_SET, "HP003", "a Uniform scale set cannot be hotpatched"),
    "a custom image": (
        json.dumps({"id": GALLERY}),
        True,
        MACHINE,
        "HP002",
        "an image of a Compute Gallery cannot be hotpatched",
    ),
    "a look-alike SKU": (
        triple("2022-datacenter-azure-edition"),
        True,
        MACHINE,
        "HP001",
        "SKU '2022-datacenter-azure-edition' looks hotpatchable and is not",
    ),
    "hotpatch off": (GOOD, False, MACHINE, "HP004", "enableHotpatching is false"),
}


@pytest.fixture
def preview(engine: Any, tmp_path: Path) -> Callable[..., Any]:
    def run(image: str, on: bool, resource: str, *options: str) -> Any:
        (tmp_path / "Pulumi.yaml").write_text("name: refused\nruntime: python\n")
        (tmp_path / "__main__.py").write_text(PROGRAM.format(image=image, on=on, resource=resource))
        engine("stack init dev", tmp_path)
        return engine(["preview", "--policy-pack", str(PACK), *options], tmp_path, check=False)

    return run


def test_a_hotpatched_machine_passes(preview: Callable[..., Any]) -> None:
    done = preview(GOOD, True, MACHINE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "azure-hotpatch@v" in done.stdout
    assert "[mandatory]" not in done.stdout
    assert "[advisory]" not in done.stdout


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_machine_that_cannot_be_hotpatched_fails_the_preview(
    case: tuple[str, bool, str, str, str], preview: Callable[..., Any]
) -> None:
    image, on, resource, rule, words = case
    done = preview(image, on, resource)
    assert done.returncode != 0
    assert f"[mandatory] [severity: high]  {rule}" in done.stdout
    assert words in done.stdout
    assert f"docs/rules/{rule}.md" in done.stdout
    assert "correct-Horse-7" not in done.stdout + done.stderr


def test_a_wrong_configuration_ends_the_preview_with_every_mistake(preview: Callable[..., Any], tmp_path: Path) -> None:
    wrong = tmp_path / "policy.json"
    wrong.write_text(json.dumps({"HP0O1": "advisory", "hotpatch": {"scope": "linux", "extraImages": ["a:b"]}}))
    done = preview(GOOD, True, MACHINE, "--policy-pack-config", str(wrong))
    assert done.returncode != 0
    told = done.stdout + done.stderr
    for words in ("HP0O1: unknown rule", "hotpatch.scope: unknown value", "hotpatch.extraImages[0]: 'a:b'"):
        assert words in told
    assert "Traceback" not in told


def test_a_remedy_makes_the_preview_pass(preview: Callable[..., Any], tmp_path: Path) -> None:
    fixes = tmp_path / "policy.json"
    fixes.write_text(json.dumps({"HP004": "remediate"}))
    done = preview(GOOD, False, MACHINE, "--policy-pack-config", str(fixes))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[remediate]  HP004" in done.stdout
    assert "enableHotpatching: false -> true" in done.stdout
