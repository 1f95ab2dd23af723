"""Faults on purpose, as Microsoft's own Python clients meet them."""

import threading
import time
import uuid

import httpx
import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.resource.deployments import DeploymentsMgmtClient

from tests.emulator.arm.conftest import SUBSCRIPTION
from tests.images import windows_server_image

MACHINES, NETWORKS = "Microsoft.Compute/virtualMachines", "Microsoft.Network/virtualNetworks"
SPACE = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}
NETWORK = {"location": "westeurope", "properties": SPACE}
INSTALL = {
    "rebootSetting": "IfRequired",
    "maximumDuration": "PT2H",
    "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]},
}


class Started:
    """An operation that an official client began, and that is asked about by hand: a poller would not stop asking."""

    def __init__(self, begin, *arguments):
        headers = []
        begin(*arguments, polling=False, raw_response_hook=lambda answer: headers.append(answer.http_response.headers))
        self._url = headers[0]["Azure-AsyncOperation"]

    def status(self):
        return httpx.get(self._url).json()["status"]

    def ended(self):
        for _ in range(5):
            found = httpx.get(self._url).json()
            if found["status"] != "InProgress":
                return found
        raise AssertionError("it does not end")


@pytest.fixture
def group(resources):
    name = f"fleet-{uuid.uuid4().hex[:8]}"
    resources.resource_groups.create_or_update(name, {"location": "westeurope"})
    return name


@pytest.fixture
def order(base_url):
    """Orders faults; none is left after the test."""

    def ask(*faults):
        answer = httpx.put(f"{base_url}/emulator/faults", json={"faults": list(faults)})
        assert answer.status_code == 200, answer.text

    yield ask
    ask()


@pytest.fixture
def advance(base_url):
    return lambda **by: httpx.post(f"{base_url}/emulator/clock", json=by).raise_for_status()


@pytest.fixture
def good_vm(network, group):
    subnets = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}]
    body = {**NETWORK, "properties": {**SPACE, "subnets": subnets}}
    made = network.virtual_networks.begin_create_or_update(group, "net", body).result()
    configuration = {"name": "internal", "properties": {"subnet": {"id": made.subnets[0].id}}}
    nic = network.network_interfaces.begin_create_or_update(
        group, "nic", {"location": "westeurope", "properties": {"ipConfigurations": [configuration]}}
    ).result()
    settings = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}
    # Not the latest version, so that there is something to install.
    image = windows_server_image("2022-Datacenter-Azure-Edition-Core", "20348.2402.240405")
    properties = {
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "storageProfile": {"imageReference": image},
        "osProfile": {
            "computerName": "web-1",
            "adminUsername": "fleetadmin",
            "adminPassword": "Correct-Horse-7-Battery",
            "windowsConfiguration": {
                "provisionVMAgent": True,
                "enableAutomaticUpdates": True,
                "patchSettings": settings,
            },
        },
        "networkProfile": {"networkInterfaces": [{"id": nic.id}]},
    }
    return {"location": "westeurope", "properties": properties}


@pytest.mark.parametrize("fault", ["OSProvisioningTimedOut", "AllocationFailed", "SkuNotAvailable"])
def test_a_machine_fails_late_stays_as_failed_and_is_made_by_the_next_try(compute, group, good_vm, order, fault):
    late = {} if fault == "OSProvisioningTimedOut" else {"late": True}
    order({"fault": fault, "type": MACHINES, "times": 1, **late})
    making = compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm)
    with pytest.raises(HttpResponseError) as refused:
        making.result()
    assert refused.value.error.code == fault
    left = compute.virtual_machines.get(group, "web-1", expand="instanceView")
    assert left.provisioning_state == "Failed"
    assert left.instance_view.statuses[0].code == f"ProvisioningState/failed/{fault}"
    again = compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).result()
    assert again.provisioning_state == "Succeeded"


def test_a_refusal_names_the_size_and_the_region(compute, group, good_vm, order):
    order({"fault": "SkuNotAvailable", "type": MACHINES, "times": 1})
    with pytest.raises(
        HttpResponseError, match=r"Restrictions: Standard_D2s_v5' is currently .* 'westeurope'"
    ) as refused:
        compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm)
    assert refused.value.error.code == "SkuNotAvailable"


def test_a_machine_cannot_be_started_for_want_of_room(compute, group, good_vm, order):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).result()
    compute.virtual_machines.begin_deallocate(group, "web-1").result()
    order({"fault": "AllocationFailed", "type": f"{MACHINES}/start", "late": True, "times": 1})
    with pytest.raises(HttpResponseError) as refused:
        compute.virtual_machines.begin_start(group, "web-1").result()
    assert refused.value.error.code == "AllocationFailed"
    view = compute.virtual_machines.instance_view(group, "web-1")
    assert "PowerState/deallocated" in [status.code for status in view.statuses]


def test_a_deletion_that_fails_leaves_the_machine(compute, group, good_vm, order):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).result()
    order({"fault": "AllocationFailed", "methods": ["DELETE"], "late": True, "times": 1})
    with pytest.raises(HttpResponseError):
        compute.virtual_machines.begin_delete(group, "web-1").result()
    assert compute.virtual_machines.get(group, "web-1").provisioning_state == "Failed"
    compute.virtual_machines.begin_delete(group, "web-1").result()


def test_a_deployment_fails_with_what_its_machine_failed_with(connect, compute, group, good_vm, order):
    order({"fault": "OSProvisioningTimedOut", "type": MACHINES, "times": 1})
    machine = {"type": MACHINES, "apiVersion": "2024-11-01", "name": "web-1", **good_vm}
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [machine],
    }
    body = {"properties": {"mode": "Incremental", "template": template}}
    deployments = connect(DeploymentsMgmtClient, SUBSCRIPTION).deployments
    with pytest.raises(HttpResponseError, match="OSProvisioningTimedOut") as refused:
        deployments.begin_create_or_update(group, "all", body).result()
    assert refused.value.error.code == "DeploymentFailed"
    assert compute.virtual_machines.get(group, "web-1").provisioning_state == "Failed"


def test_an_installation_whose_patches_all_fail(compute, group, good_vm, order):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).result()
    order({"fault": "patch-fails", "times": 1})
    failed = compute.virtual_machines.begin_install_patches(group, "web-1", INSTALL).result()
    assert (failed.status, failed.installed_patch_count) == ("Failed", 0)
    assert failed.failed_patch_count > 0
    done = compute.virtual_machines.begin_install_patches(group, "web-1", INSTALL).result()
    assert (done.status, done.failed_patch_count) == ("Succeeded", 0)


def test_an_installation_that_does_not_end_before_its_longest_time(compute, group, good_vm, order, advance):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).result()
    order({"fault": "patch-never-ends", "times": 1})
    installing = Started(compute.virtual_machines.begin_install_patches, group, "web-1", INSTALL)
    for _ in range(5):
        view = compute.virtual_machines.instance_view(group, "web-1")
        assert installing.status() == view.patch_status.last_patch_installation_summary.status == "InProgress"
    advance(hours=2)
    ended = installing.ended()["properties"]["output"]
    assert (ended["status"], ended["maintenanceWindowExceeded"]) == ("Failed", True)


def test_an_operation_that_never_ends_can_be_deleted_away(network, group, order):
    order({"fault": "never-ends", "type": NETWORKS, "times": 1})
    making = Started(network.virtual_networks.begin_create_or_update, group, "net", NETWORK)
    for _ in range(5):
        assert making.status() == "InProgress"
        assert network.virtual_networks.get(group, "net").provisioning_state == "Creating"
    network.virtual_networks.begin_delete(group, "net").result()
    made = network.virtual_networks.begin_create_or_update(group, "net", NETWORK).result()
    assert made.provisioning_state == "Succeeded"


def test_an_operation_takes_its_time_on_the_emulators_clock(network, group, order, advance):
    order({"fault": "slow", "seconds": 1800, "times": 1})
    making = Started(network.virtual_networks.begin_create_or_update, group, "net", NETWORK)
    advance(minutes=29)
    assert making.status() == "InProgress"
    advance(minutes=2)
    assert making.ended()["status"] == "Succeeded"


def test_an_answer_comes_late(network, group, order):
    order({"fault": "latency", "type": NETWORKS, "seconds": 2, "methods": ["GET"], "times": 1})
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        list(network.virtual_networks.list(group))
        seconds.append(time.perf_counter() - began)
    assert seconds[0] >= 2 > seconds[1]


@pytest.mark.slow
def test_others_are_answered_while_one_waits(network, group, order, base_url):
    order({"fault": "latency", "type": NETWORKS, "seconds": 5, "methods": ["GET"], "times": 1})
    waiting = threading.Thread(target=lambda: list(network.virtual_networks.list(group)))
    waiting.start()
    while httpx.get(f"{base_url}/emulator/faults").json()["faults"][0]["times"]:
        time.sleep(0.01)
    assert waiting.is_alive()
    waiting.join()


def test_another_writer_comes_first(network, group, order):
    before = network.virtual_networks.begin_create_or_update(group, "net", NETWORK).result()
    order({"fault": "other-writer", "type": NETWORKS, "times": 1})
    with pytest.raises(HttpResponseError) as refused:
        network.virtual_networks.begin_create_or_update(group, "net", NETWORK, headers={"If-Match": before.etag})
    assert refused.value.status_code == 412


def test_what_another_writer_wrote_is_lost_to_who_does_not_look(network, group, order):
    network.virtual_networks.begin_create_or_update(group, "net", {**NETWORK, "tags": {"a": "1"}}).result()
    order({"fault": "other-writer", "type": NETWORKS, "methods": ["PATCH"], "times": 1})
    network.virtual_networks.update_tags(group, "net", {"tags": {"a": "2"}})
    assert network.virtual_networks.get(group, "net").tags == {"a": "2"}


def test_another_operation_is_in_progress(network, group, order):
    order({"fault": "AnotherOperationInProgress", "type": NETWORKS, "times": 1})
    with pytest.raises(HttpResponseError) as refused:
        network.virtual_networks.begin_create_or_update(group, "net", NETWORK)
    assert (refused.value.status_code, refused.value.error.code) == (409, "AnotherOperationInProgress")


def test_an_answer_is_lost_after_the_write(network, group, order):
    order({"fault": "lost-answer", "type": NETWORKS, "times": 1})
    with pytest.raises(HttpResponseError) as lost:
        network.virtual_networks.begin_create_or_update(group, "net", NETWORK)
    assert lost.value.status_code == 504
    assert network.virtual_networks.get(group, "net").name == "net"
