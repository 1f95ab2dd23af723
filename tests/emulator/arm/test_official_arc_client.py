"""Machines of Arc's through Microsoft's own client: assess, and install."""

import httpx
import pytest
from azure.mgmt.hybridcompute import HybridComputeManagementClient

from tests.emulator.arm.conftest import SUBSCRIPTION

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/arc"
PATH = f"{GROUP}/providers/Microsoft.HybridCompute/machines/branch-1"
PROPERTIES = {"status": "Connected", "osName": "Windows Server 2025", "osVersion": "10.0.26100.32690"}
WANTED = {
    "maximumDuration": "PT2H",
    "rebootSetting": "IfRequired",
    "windowsParameters": {"classificationsToInclude": ["Security"]},
}


@pytest.fixture
def machines(base_url, connect):
    """The client's operations on machines, with one machine."""
    for path, version, body in (
        (GROUP, "2023-07-01", {"location": "westeurope"}),
        (PATH, "2024-07-10", {"location": "westeurope", "properties": PROPERTIES}),
    ):
        httpx.put(f"{base_url}{path}?api-version={version}", json=body).raise_for_status()
    return connect(HybridComputeManagementClient, SUBSCRIPTION).machines


def test_a_machine_is_assessed_and_patched(machines):
    found = machines.begin_assess_patches("arc", "branch-1").result()
    assert found.status == "Succeeded"
    assert found.available_patch_count_by_classification.security == 1
    result = machines.begin_install_patches("arc", "branch-1", WANTED).result()
    assert (result.status, result.reboot_status, result.installed_patch_count) == ("Succeeded", "Completed", 1)
