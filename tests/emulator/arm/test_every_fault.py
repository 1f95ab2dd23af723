"""Each fault of the guide's table, ordered for a type and a share, and asked for by a request of its own."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from azure_hotpatch.emulator.arm.faults.fault_list import FAULTS
from tests.emulator.arm.conftest import Arm

MACHINES = "Microsoft.Compute/virtualMachines"
INSTALL = f"{MACHINES}/installPatches"
REFUSED = {
    "throttled": 429,
    "AllocationFailed": 409,
    "SkuNotAvailable": 409,
    "AnotherOperationInProgress": 409,
    "AuthorizationFailed": 403,
    "ExpiredAuthenticationToken": 401,
    "ResourceNotFound": 404,
    "lost-answer": 504,
    "connection-cut": 504,
}
TIMED = {"latency": 0.2, "slow": 3600}
# It ends the process that has the request: tests/emulator/served/test_killed.py
ELSEWHERE = {"killed"}


def late(arm: Arm, answer: Any) -> bool:
    return bool(arm.wait(answer)["status"] == "Failed")


def under_way(arm: Arm, answer: Any) -> bool:
    url = answer.headers.get("Azure-AsyncOperation", "")
    return bool(url) and all(arm.get(url).json()["status"] == "InProgress" for _ in range(5))


def all_failed(arm: Arm, answer: Any) -> bool:
    output = arm.wait(answer)["properties"]["output"]
    return bool(output["failedPatchCount"] and not output["installedPatchCount"])


SEEN: dict[str, Callable[[Arm, Any], bool]] = {
    "OSProvisioningTimedOut": late,
    "slow": under_way,
    "never-ends": under_way,
    "patch-fails": all_failed,
    "patch-never-ends": under_way,
}


@pytest.fixture
def happened(arm: Arm, vm: str, good_vm: Any) -> Callable[[str, dict[str, str] | None], bool]:
    """Send one request that a fault is for, and say whether the fault happened to it."""
    arm.make(vm, good_vm)
    sizes = iter(["Standard_D4s_v5", "Standard_D8s_v5", "Standard_D16s_v5", "Standard_D32s_v5"])
    classes = iter(["Definition", "Security", "Updates"])  # each has something that is not installed yet

    def send(fault: str, headers: dict[str, str] | None = None) -> bool:
        began = time.monotonic()
        if fault.startswith("patch-"):
            chosen = {"classificationsToInclude": [next(classes)]}
            order = {"maximumDuration": "PT2H", "rebootSetting": "IfRequired", "windowsParameters": chosen}
            answer = arm.post(f"{vm}/installPatches", order, headers=headers)
        else:
            body = {"properties": {"hardwareProfile": {"vmSize": next(sizes)}}}
            answer = arm.patch(vm, body, headers=headers)
        if fault == "latency":
            return time.monotonic() - began >= TIMED[fault]
        if fault == "other-writer":
            return "emulator-other-writer" in (answer.json().get("tags") or {})
        if fault in SEEN:
            return answer.status_code < 300 and SEEN[fault](arm, answer)
        if answer.status_code < 300:
            arm.wait(answer)
        return bool(answer.status_code == REFUSED[fault])

    return send


def test_every_fault_is_tried() -> None:
    assert {*REFUSED, *SEEN, *ELSEWHERE, "latency", "other-writer"} == set(FAULTS)


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - ELSEWHERE))
def test_happens_to_a_share_of_the_requests_of_its_type(arm: Arm, happened: Any, fault: str) -> None:
    kind = INSTALL if fault.startswith("patch-") else MACHINES
    timed = {"seconds": TIMED[fault]} if fault in TIMED else {}
    order: dict[str, Any] = {"fault": fault, "type": kind, "share": 0.5, **timed}
    arm.put("/emulator/faults", {"faults": [order]}).raise_for_status()
    assert [happened(fault), happened(fault)] == [False, True]
    arm.put("/emulator/faults", {"faults": [{**order, "type": "Microsoft.Compute/disks", "share": 1}]})
    if fault not in {"slow", "never-ends", "patch-never-ends", "other-writer"}:  # what is under way or tagged stays so
        assert not happened(fault)


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - ELSEWHERE))
def test_happens_to_the_request_that_asks_for_it(happened: Any, fault: str) -> None:
    option = f"; seconds={TIMED[fault]}" if fault in TIMED else ""
    assert not happened(fault)
    assert happened(fault, {"x-emulator-fault": f"{fault}{option}"})
