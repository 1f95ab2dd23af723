"""Actions and lists of Microsoft.Compute and Microsoft.Network that clients ask for beside the common ones."""

import pytest
from cryptography.hazmat.primitives import serialization


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def machine(arm, vm, good_vm):
    arm.make(vm, good_vm)
    return vm


@pytest.mark.parametrize("action", ["reimage", "performMaintenance", "simulateEviction"])
def test_refuses_an_action_that_is_for_other_machines(arm, machine, action):
    assert error(arm.post(f"{machine}/{action}")) == (409, "OperationNotAllowed")


def test_makes_a_machine_again_whose_disk_is_ephemeral(arm, vm, good_vm):
    disk = {"createOption": "FromImage", "caching": "ReadOnly", "diffDiskSettings": {"option": "Local"}}
    good_vm["properties"]["storageProfile"]["osDisk"] = disk
    arm.make(vm, good_vm)
    arm.act(f"{vm}/powerOff")
    arm.act(f"{vm}/reimage")
    assert arm.get(f"{vm}/instanceView").json()["statuses"][1]["code"] == "PowerState/running"


def test_evicts_a_spot_machine(arm, vm, good_vm):
    good_vm["properties"] |= {"priority": "Spot", "evictionPolicy": "Deallocate"}
    arm.make(vm, good_vm)
    assert arm.post(f"{vm}/simulateEviction").status_code == 204
    assert arm.get(f"{vm}/instanceView").json()["statuses"][1]["code"] == "PowerState/deallocated"


def test_shows_an_extension_with_its_view(arm, machine):
    extension = f"{machine}/extensions/script"
    properties = {"publisher": "Microsoft.Compute", "type": "CustomScriptExtension", "typeHandlerVersion": "1.10"}
    arm.make(extension, {"location": "westeurope", "properties": properties})
    found = arm.get(f"{extension}?$expand=instanceView&api-version=2024-11-01").json()["properties"]["instanceView"]
    assert found["type"] == "Microsoft.Compute.CustomScriptExtension"
    assert found["statuses"][0]["code"] == "ProvisioningState/succeeded"


def test_lists_the_run_commands_of_a_region(arm):
    path = f"{arm.subscription}/providers/Microsoft.Compute/locations/westeurope/runCommands"
    found = {one["id"]: one["osType"] for one in arm.get(path).json()["value"]}
    assert found["RunPowerShellScript"] == "Windows"
    assert arm.get(f"{path}/runpowershellscript").json()["id"] == "RunPowerShellScript"
    assert error(arm.get(f"{path}/nothing")) == (404, "NotFound")


@pytest.mark.parametrize(("kind", "prefix"), [("RSA", "ssh-rsa "), ("Ed25519", "ssh-ed25519 ")])
def test_generates_a_pair_of_keys_and_keeps_the_public_one(arm, provider, kind, prefix, tmp_path):
    key = provider("Microsoft.Compute/sshPublicKeys/key")
    arm.make(key, {"location": "westeurope"})
    made = arm.post(f"{key}/generateKeyPair", {"encryptionType": kind}).json()
    assert made["publicKey"].startswith(prefix)
    load = serialization.load_pem_private_key if kind == "RSA" else serialization.load_ssh_private_key
    private = load(made["privateKey"].encode(), password=None)
    public = private.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    assert public.decode() == made["publicKey"] == arm.get(key).json()["properties"]["publicKey"]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert made["privateKey"].splitlines()[1].encode() not in stored


def test_refuses_another_kind_of_key(arm, provider):
    key = provider("Microsoft.Compute/sshPublicKeys/key")
    arm.make(key, {"location": "westeurope"})
    assert error(arm.post(f"{key}/generateKeyPair", {"encryptionType": "DSA"})) == (400, "InvalidParameter")


def test_a_snapshot_has_the_size_of_its_disk(arm, provider):
    disk, snapshot = provider("Microsoft.Compute/disks/data"), provider("Microsoft.Compute/snapshots/copy")
    empty = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 64}
    arm.make(disk, {"location": "westeurope", "properties": empty})
    copy = {"creationData": {"createOption": "Copy", "sourceResourceId": disk}}
    made = arm.make(snapshot, {"location": "westeurope", "properties": copy})
    assert made["properties"]["diskSizeGB"] == 64
    copy["creationData"]["sourceResourceId"] = f"{disk}-2"
    answer = arm.put(snapshot, {"location": "westeurope", "properties": copy})
    assert error(answer) == (400, "InvalidResourceReference")


@pytest.mark.parametrize(
    ("address", "available"),
    [("10.0.0.4", False), ("10.0.0.5", True), ("10.0.0.1", False), ("10.0.0.255", False), ("10.9.9.9", False)],
)
@pytest.mark.usefixtures("nic")
def test_tells_whether_an_address_is_free(arm, provider, address, available):
    network = provider("Microsoft.Network/virtualNetworks/net")
    query = f"ipAddress={address}&api-version=2022-01-01"
    found = arm.get(f"{network}/CheckIPAddressAvailability?{query}").json()
    assert found["available"] is available
    if not available:
        assert found["availableIPAddresses"][0] == "10.0.0.5"


@pytest.mark.usefixtures("nic")
def test_refuses_to_check_what_is_no_address(arm, provider):
    network = provider("Microsoft.Network/virtualNetworks/net")
    answer = arm.get(f"{network}/CheckIPAddressAvailability?ipAddress=ten&api-version=2022-01-01")
    assert error(answer) == (400, "InvalidIPAddressFormat")


@pytest.mark.usefixtures("nic")
def test_counts_what_is_used_of_the_network_quota(arm):
    path = f"{arm.subscription}/providers/Microsoft.Network/locations/westeurope/usages"
    used = {one["name"]["value"]: one["currentValue"] for one in arm.get(path).json()["value"]}
    assert (used["VirtualNetworks"], used["NetworkInterfaces"], used["PublicIPAddresses"]) == (1, 1, 0)


def test_makes_a_machine_general_once_it_is_off(arm, machine):
    refused = arm.post(f"{machine}/generalize")
    assert error(refused) == (409, "OperationNotAllowed")
    assert "Operation 'generalize' is not allowed on VM 'web-1' since the VM is running." in refused.text
    arm.act(f"{machine}/deallocate")
    assert arm.post(f"{machine}/generalize").status_code == 200
    codes = [one["code"] for one in arm.get(f"{machine}/instanceView").json()["statuses"]]
    assert codes[1:] == ["PowerState/deallocated", "OSState/generalized"]
    for action in ("start", "restart", "redeploy"):
        assert (
            f"Operation '{action}' is not allowed on VM 'web-1' since the VM is generalized."
            in arm.post(f"{machine}/{action}").text
        )


def test_lists_extensions_with_their_views(arm, machine):
    properties = {"publisher": "Microsoft.Compute", "type": "CustomScriptExtension", "typeHandlerVersion": "1.10"}
    arm.make(f"{machine}/extensions/script", {"location": "westeurope", "properties": properties})
    (found,) = arm.get(f"{machine}/extensions", expand="instanceView").json()["value"]
    assert found["properties"]["instanceView"]["statuses"][0]["code"] == "ProvisioningState/succeeded"


def test_lists_the_sizes_of_an_availability_set(arm, provider):
    arm.make(provider("Microsoft.Compute/availabilitySets/set"), {"location": "westeurope"})
    found = arm.get(provider("Microsoft.Compute/availabilitySets/set/vmSizes")).json()["value"]
    assert "Standard_D2s_v5" in {one["name"] for one in found}


def test_lists_the_scale_sets_of_a_region(arm, provider):
    for name, region in (("near", "westeurope"), ("far", "eastus")):
        body = {"location": region, "properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}}
        arm.make(provider(f"Microsoft.Compute/virtualMachineScaleSets/{name}"), body)
    path = f"{arm.subscription}/providers/Microsoft.Compute/locations/westeurope/virtualMachineScaleSets"
    assert [one["name"] for one in arm.get(path).json()["value"]] == ["near"]


def test_converts_unmanaged_disks_of_a_machine_that_is_deallocated(arm, vm, good_vm):
    place = "https://vhds.blob.core.windows.net/vhds"
    good_vm["properties"]["storageProfile"] |= {
        "osDisk": {"name": "system", "createOption": "FromImage", "vhd": {"uri": f"{place}/system.vhd"}},
        "dataDisks": [
            {"name": "data", "lun": 0, "createOption": "Empty", "diskSizeGB": 8, "vhd": {"uri": f"{place}/data.vhd"}}
        ],
    }
    arm.make(vm, good_vm)
    assert arm.post(f"{vm}/convertToManagedDisks").status_code == 409
    arm.act(f"{vm}/deallocate")
    arm.act(f"{vm}/convertToManagedDisks")
    storage = arm.get(vm).json()["properties"]["storageProfile"]
    for disk in (storage["osDisk"], *storage["dataDisks"]):
        assert "vhd" not in disk
        found = arm.get(disk["managedDisk"]["id"]).json()
        assert found["properties"]["creationData"]["sourceUri"].endswith(f"/{disk['name']}.vhd")
        assert found["managedBy"] == vm
    assert "already uses managed disks" in arm.post(f"{vm}/convertToManagedDisks").text


def test_says_where_boot_diagnostics_are_if_they_are_on(arm, vm, good_vm):
    arm.make(vm, good_vm)
    assert arm.post(f"{vm}/retrieveBootDiagnosticsData").status_code == 409
    arm.wait(arm.patch(vm, {"properties": {"diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}}))
    assert arm.act(f"{vm}/retrieveBootDiagnosticsData")["serialConsoleLogBlobUri"].endswith("web-1.serialconsole.log")


def test_a_machine_with_managed_disks_is_not_captured(arm, vm, good_vm):
    arm.make(vm, good_vm)
    answer = arm.post(f"{vm}/capture", {"vhdPrefix": "golden"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "OperationNotAllowed")
