"""Faults on purpose: what is asked for happens, to the requests that it is for, and to no others."""

import pytest

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


def test_says_everything_that_is_wrong_with_a_fault(arm):
    answer = arm.put("/emulator/faults", {"faults": [{"fault": "x", "share": 2}, 7, {"fault": "throttled", "y": 1}]})
    assert answer.status_code == 400
    for part in ("faults[0].fault", "faults[0].share", "faults[1]", "faults[2].y"):
        assert f"'{part}'" in answer.json()["error"]["message"]
    assert arm.get("/emulator/faults").json() == {"faults": []}
