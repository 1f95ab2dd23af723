"""Management locks: they are enforced where they lie, and below."""

import pytest

TENANT = "00000000-0000-0000-0000-00000000a2e0"
VAULTS = "2023-07-01"
LOCK = "/providers/Microsoft.Authorization/locks/keep"


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def lock(arm, scope, level="CanNotDelete"):
    answer = arm.put(f"{scope}{LOCK}", {"properties": {"level": level}}, version="2016-09-01")
    assert answer.status_code == 201, answer.text


@pytest.fixture
def disk(arm, provider):
    path = provider("Microsoft.Compute/disks/data")
    arm.make(
        path,
        {
            "location": "westeurope",
            "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8},
        },
    )
    return path


@pytest.mark.parametrize("where", ["disk", "group", "subscription"])
def test_a_lock_against_deletion_holds_where_it_lies_and_below(arm, group, disk, where):
    scope = {"disk": disk, "group": group, "subscription": arm.subscription}[where]
    lock(arm, scope)
    answer = arm.delete(disk)
    assert error(answer) == (409, "ScopeLocked")
    assert answer.json()["error"]["message"] == (
        f"The scope '{disk}' cannot perform delete operation because following scope(s) are locked: '{scope}'. "
        "Please remove the lock and try again."
    )
    assert arm.patch(disk, {"tags": {"a": "b"}}).status_code == 200
    arm.remove(f"{scope}{LOCK}")
    arm.remove(disk)


def test_a_locked_resource_keeps_its_group(arm, group, disk):
    lock(arm, disk)
    answer = arm.delete(group)
    assert error(answer) == (409, "ScopeLocked")
    assert disk in answer.json()["error"]["message"]
    assert arm.get(disk).status_code == 200


def test_a_lock_elsewhere_holds_nothing_here(arm, nic, disk):
    lock(arm, nic)
    arm.remove(disk)
    assert error(arm.delete(nic)) == (409, "ScopeLocked")


def test_a_lock_on_a_machine_holds_its_extensions(arm, vm, good_vm):
    arm.make(vm, good_vm)
    extension = f"{vm}/extensions/script"
    properties = {"publisher": "Microsoft.Compute", "type": "CustomScriptExtension", "typeHandlerVersion": "1.10"}
    arm.make(extension, {"location": "westeurope", "properties": properties})
    lock(arm, vm)
    assert error(arm.delete(extension)) == (409, "ScopeLocked")
    assert arm.post(f"{vm}/restart").status_code == 202


def test_an_access_policy_is_taken_from_a_vault_that_may_not_be_deleted(arm, provider):
    vault = provider("Microsoft.KeyVault/vaults/keys")
    policy = f"{vault}/accessPolicies/00000000-0000-0000-0000-00000000ca11"
    body = {"location": "westeurope", "properties": {"sku": {"family": "A", "name": "standard"}, "tenantId": TENANT}}
    arm.make(vault, {**body, "properties": {**body["properties"], "accessPolicies": []}}, version=VAULTS)
    arm.make(policy, {"properties": {}}, version=VAULTS)
    lock(arm, vault)
    assert arm.delete(policy, version=VAULTS).status_code == 200
    assert error(arm.delete(vault, version=VAULTS)) == (409, "ScopeLocked")


def test_a_lock_against_writing_refuses_every_write(arm, group, disk, vm, good_vm):
    arm.make(vm, good_vm)
    lock(arm, group, "ReadOnly")
    refused = (409, "ScopeLocked")
    assert error(arm.patch(disk, {"tags": {}})) == refused
    assert error(arm.put(disk, arm.get(disk).json())) == refused
    assert error(arm.post(f"{vm}/restart")) == refused
    assert error(arm.delete(disk)) == refused
    assert error(arm.patch(group, {"tags": {}})) == refused
    assert arm.get(disk).status_code == 200
    assert "cannot perform write operation" in arm.patch(disk, {"tags": {}}).text


def test_refuses_a_level_that_there_is_not(arm, group):
    answer = arm.put(f"{group}{LOCK}", {"properties": {"level": "Locked"}}, version="2020-05-01")
    assert error(answer) == (400, "LockLevelInvalid")


def test_lists_the_locks_of_a_scope_and_of_those_above(arm, group, disk):
    for scope in (arm.subscription, group, disk):
        lock(arm, scope)
    locks = "providers/Microsoft.Authorization/locks?api-version=2020-05-01"

    def listed(scope, text=""):
        found = arm.get(f"{scope}/{locks}{f'&$filter={text}' if text else ''}").json()["value"]
        return {one["id"].removesuffix(LOCK) for one in found}

    assert listed(arm.subscription) == {arm.subscription, group, disk}
    assert listed(group) == {arm.subscription, group, disk}
    assert listed(group, "atScope()") == {arm.subscription, group}
    assert listed(disk, "atExactScope()") == {disk}
