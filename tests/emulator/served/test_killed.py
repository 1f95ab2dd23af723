"""The served process is killed in the middle of a request, and started again."""

import httpx
import pytest
from azure.core.exceptions import ResourceNotFoundError, ServiceRequestError, ServiceResponseError
from azure.identity import ClientSecretCredential
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient

from tests.emulator.conftest import start, stop

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
DISK = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}


@pytest.fixture
def serve(tmp_path):
    """Starts the server of one folder and store; each that still runs is stopped after the test."""
    running = []

    def begin():
        process, served = start(tmp_path, "--quick")
        running.append(process)
        return process, served

    yield begin
    for process in running:
        if process.poll() is None:
            stop(process, tmp_path)


def client(kind, served):
    trust = {"connection_verify": str(served.authority)}
    credential = ClientSecretCredential(
        "00000000-0000-0000-0000-00000000a2e0",
        "any",
        "any",
        authority=served.url,
        disable_instance_discovery=True,
        **trust,
    )
    scopes = [f"{served.url}/.default"]
    return kind(credential, SUBSCRIPTION, base_url=served.url, credential_scopes=scopes, retry_total=0, **trust)


def test_the_store_opens_again_without_what_was_not_answered(serve):
    process, served = serve()
    with client(ResourceManagementClient, served) as resources, client(ComputeManagementClient, served) as compute:
        resources.resource_groups.create_or_update("fleet", {"location": "westeurope"})
        faults = {"faults": [{"fault": "killed", "type": "Microsoft.Compute/disks"}]}
        httpx.put(f"{served.url}/emulator/faults", json=faults, verify=False).raise_for_status()  # noqa: S501 - loopback
        with pytest.raises((ServiceRequestError, ServiceResponseError)):
            compute.disks.begin_create_or_update("fleet", "d", DISK)
        process.communicate(timeout=20)
        assert process.returncode == 137
    _, served = serve()
    with client(ResourceManagementClient, served) as resources, client(ComputeManagementClient, served) as compute:
        assert resources.resource_groups.get("fleet").location == "westeurope"
        with pytest.raises(ResourceNotFoundError):
            compute.disks.get("fleet", "d")
        assert compute.disks.begin_create_or_update("fleet", "d", DISK).result().provisioning_state == "Succeeded"
