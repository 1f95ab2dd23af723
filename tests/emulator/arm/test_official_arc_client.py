"""Machines of Arc's through Microsoft's own client: assess, and install."""

import threading
import time

import httpx
import pytest
import uvicorn
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.mgmt.hybridcompute import HybridComputeManagementClient

from azure_hotpatch.emulator.arm.app import create_app
from tests.emulator.arm.conftest import SUBSCRIPTION

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/arc"
PATH = f"{GROUP}/providers/Microsoft.HybridCompute/machines/branch-1"
PROPERTIES = {"status": "Connected", "osName": "Windows Server 2025", "osVersion": "10.0.26100.32690"}
WANTED = {
    "maximumDuration": "PT2H",
    "rebootSetting": "IfRequired",
    "windowsParameters": {"classificationsToInclude": ["Security"]},
}


class NoCredential:
    def get_token(self, *_scopes, **_options):
        raise AssertionError("the emulator asks for no token")


@pytest.fixture
def base_url(tmp_path):
    server = uvicorn.Server(uvicorn.Config(create_app(tmp_path / "azure.sqlite"), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def machines(base_url):
    """The client's operations on machines; it sends no token, and does not wait between polls."""
    for path, version, body in (
        (GROUP, "2023-07-01", {"location": "westeurope"}),
        (PATH, "2024-07-10", {"location": "westeurope", "properties": PROPERTIES}),
    ):
        httpx.put(f"{base_url}{path}?api-version={version}", json=body).raise_for_status()
    policy = SansIOHTTPPolicy()
    client = HybridComputeManagementClient(
        NoCredential(), SUBSCRIPTION, base_url=base_url, authentication_policy=policy, polling_interval=0
    )
    with client:
        yield client.machines


def test_a_machine_is_assessed_and_patched(machines):
    found = machines.begin_assess_patches("arc", "branch-1").result()
    assert found.status == "Succeeded"
    assert found.available_patch_count_by_classification.security == 1
    result = machines.begin_install_patches("arc", "branch-1", WANTED).result()
    assert (result.status, result.reboot_status, result.installed_patch_count) == ("Succeeded", "Completed", 1)
