"""Faults on purpose: what is asked for happens, to the requests that it is for, and to no others."""

from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.emulator.arm.database import planned_ends
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Operation, stamp

DISK = "Microsoft.Compute/disks"
BODY = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}


@pytest.fixture
def disk(provider):
    return provider(f"{DISK}/data")


def ordered(arm, **fault):
    answer = arm.put("/emulator/faults", {"faults": [fault]})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("throttled", 429, "TooManyRequests"),
        ("AllocationFailed", 409, "AllocationFailed"),
        ("SkuNotAvailable", 409, "SkuNotAvailable"),
        ("ExpiredAuthenticationToken", 401, "ExpiredAuthenticationToken"),
        ("ResourceNotFound", 404, "ResourceNotFound"),
    ],
)
def test_a_refusal_leaves_nothing_behind(arm, disk, fault, status, code):
    ordered(arm, fault=fault, type=DISK, times=1)
    answer = arm.put(disk, BODY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert ("Retry-After" in answer.headers) == (status == 429)
    assert arm.get(disk).status_code == 404
    assert arm.put(disk, BODY).status_code in {201, 202}


def test_an_answer_is_lost_after_the_work_was_done(arm, disk):
    ordered(arm, fault="lost-answer", times=1)
    assert arm.put(disk, BODY).status_code == 504
    assert arm.get(disk).status_code == 200


@pytest.mark.parametrize(("late", "then"), [(False, 404), (True, 200)])
def test_a_connection_is_cut_before_the_work_or_late(arm, disk, late, then):
    ordered(arm, fault="connection-cut", times=1, late=late)
    assert arm.put(disk, BODY).status_code == 504  # in this process there is no connection to cut
    assert arm.get(disk).status_code == then


def test_a_fault_is_for_one_resource_by_its_name(arm, disk, provider):
    ordered(arm, fault="AuthorizationFailed", name="DATA", methods=["GET", "PUT"])
    assert arm.put(provider(f"{DISK}/other"), BODY).status_code in {201, 202}
    answer = arm.put(disk, BODY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "AuthorizationFailed")
    assert "perform action 'Microsoft.Compute/disks/write' over scope" in answer.json()["error"]["message"]
    assert "'Microsoft.Compute/disks/read'" in arm.get(disk).json()["error"]["message"]


def test_another_type_and_a_read_are_left_alone(arm, disk, group):
    ordered(arm, fault="throttled", type=DISK)
    assert arm.get(disk).status_code == 404
    assert arm.put(f"{group}/providers/Microsoft.KeyVault/vaults/v", {"location": "westeurope"}).status_code == 201


def test_a_share_of_the_requests_fails(arm, disk):
    arm.make(disk, BODY)
    ordered(arm, fault="throttled", type=DISK, methods=["GET"], share=0.25)
    assert [arm.get(disk).status_code for _ in range(8)] == [200, 200, 200, 429] * 2


def test_a_request_asks_for_its_own_fault(arm, disk):
    assert arm.get(disk, headers={"x-emulator-fault": "throttled"}).status_code == 429
    answer = arm.get(disk, headers={"x-emulator-fault": "flood"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidFault")


def test_a_request_asks_for_a_late_failure_and_for_latency(arm, disk):
    answer = arm.put(disk, BODY, headers={"x-emulator-fault": "AllocationFailed; late"})
    assert answer.status_code == 202
    assert arm.wait(answer)["error"]["code"] == "AllocationFailed"
    answer = arm.get(disk, headers={"x-emulator-fault": "latency; seconds=0.001"})
    assert answer.json()["properties"]["provisioningState"] == "Failed"


def test_what_has_no_operation_is_refused_at_once_instead_of_late(arm, group):
    vault = f"{group}/providers/Microsoft.KeyVault/vaults/v"
    ordered(arm, fault="AllocationFailed", late=True, times=1)
    assert arm.put(vault, {"location": "westeurope"}).status_code == 409
    assert arm.get(vault).status_code == 404


def test_a_late_failure_is_answered_at_the_location_too(arm, disk):
    ordered(arm, fault="SkuNotAvailable", late=True, times=1)
    location = arm.put(disk, BODY).headers["Location"]
    while (answer := arm.get(location)).status_code == 202:
        pass
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "SkuNotAvailable")


def test_how_an_operation_was_to_end_is_forgotten_with_it(tmp_path):
    store, ended = Store(tmp_path / "azure.sqlite"), stamp(datetime.now(UTC) - timedelta(days=2))
    with store.transaction() as tx:
        tx.save_operation(Operation("old", "/a", "put", 0, ended, ended))
        tx.save_operation(Operation("new", "/a", "put", 0, ended))
        for name in ("old", "new", "/a"):
            planned_ends.decide(tx, name, planned_ends.PlannedEnd(planned_ends.NEVER))
    store.close()
    store = Store(tmp_path / "azure.sqlite")
    with store.transaction() as tx:
        assert [name for name in ("old", "new", "/a") if planned_ends.of(tx, name)] == ["new", "/a"]
    store.close()


def test_a_latency_and_another_fault_happen_to_one_request(arm, disk):
    faults = [{"fault": "latency", "seconds": 0.001, "times": 1}, {"fault": "throttled", "times": 1}]
    arm.put("/emulator/faults", {"faults": faults})
    assert arm.put(disk, BODY).status_code == 429
    assert [fault["times"] for fault in arm.get("/emulator/faults").json()["faults"]] == [0, 0]


def test_another_writer_makes_first_what_the_request_would_make(arm, disk):
    answer = arm.put(disk, BODY, headers={"x-emulator-fault": "other-writer", "If-None-Match": "*"})
    assert answer.status_code == 412


def test_says_everything_that_is_wrong_with_a_fault(arm):
    answer = arm.put("/emulator/faults", {"faults": [{"fault": "x", "share": 2}, 7, {"fault": "throttled", "y": 1}]})
    assert answer.status_code == 400
    for part in ("faults[0].fault", "faults[0].share", "faults[1]", "faults[2].y"):
        assert f"'{part}'" in answer.json()["error"]["message"]
    assert arm.get("/emulator/faults").json() == {"faults": []}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"fault": "latency"}, "'faults[0].seconds' is for latency and slow, which need it"),
        ({"fault": "throttled", "seconds": 1}, "'faults[0].seconds' is for latency and slow"),
        ({"fault": "latency", "seconds": 601}, "'faults[0].seconds' must be a number above 0, at most 600"),
        (
            {"fault": "throttled", "late": True},
            "'faults[0].late' is for: AllocationFailed, SkuNotAvailable, connection-cut",
        ),
        ({"fault": "AllocationFailed", "late": "yes"}, "'faults[0].late' must be true or false"),
    ],
)
def test_refuses_what_does_not_go_together(arm, fault, words):
    answer = arm.put("/emulator/faults", {"faults": [fault]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidFault")
    assert words in answer.json()["error"]["message"]
