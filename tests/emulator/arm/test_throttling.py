"""Compute's limits on requests: off in a new store, and counted by the emulator's own clock."""

import json

import pytest

from tests.emulator.arm.conftest import Arm


@pytest.fixture
def arm(tmp_path):
    return Arm(tmp_path / "azure.sqlite", throttling=True)


@pytest.fixture
def machine(arm, vm, good_vm):
    arm.put("/emulator/throttling", {"enabled": False})
    arm.make(vm, good_vm)
    arm.put("/emulator/throttling", {"enabled": True})
    return vm


def left(answer):
    """What is left in each bucket, by the name of its policy."""
    words = answer.headers["x-ms-ratelimit-remaining-resource"].split(",")
    return {word.partition(";")[0]: int(word.partition(";")[2]) for word in words}


def test_a_machine_is_assessed_six_times_and_then_twice_a_minute(arm, machine):
    answers = [arm.post(f"{machine}/assessPatches") for _ in range(7)]
    assert [one.status_code for one in answers] == [202] * 6 + [429]
    refused = answers[-1]
    assert 1 <= int(refused.headers["Retry-After"]) <= 30
    error = refused.json()["error"]
    assert error["code"] == "OperationNotAllowed"
    assert error["details"][0]["code"] == "TooManyRequests"
    assert json.loads(error["details"][0]["message"])["allowedRequestCount"] == 6
    assert left(refused) == {
        "Microsoft.Compute/PatchVMResource": 0,
        "Microsoft.Compute/PatchVMSubscriptionMaximum": 594,
    }
    arm.post("/emulator/clock", {"minutes": 1})
    assert [arm.post(f"{machine}/assessPatches").status_code for _ in range(3)] == [202, 202, 429]


def test_assessing_and_installing_share_a_bucket_and_reading_has_its_own(arm, machine):
    body = {"rebootSetting": "Never", "windowsParameters": {"classificationsToInclude": ["Security"]}}
    for _ in range(5):
        arm.post(f"{machine}/assessPatches")
    last = arm.post(f"{machine}/installPatches", body)
    assert left(last)["Microsoft.Compute/PatchVMResource"] == 0
    assert left(arm.get(f"{machine}/instanceView"))["Microsoft.Compute/GetVMResource"] == 35


def test_a_refused_request_costs_nothing(arm, machine):
    for _ in range(10):
        last = arm.post(f"{machine}/assessPatches")
    assert left(last)["Microsoft.Compute/PatchVMSubscriptionMaximum"] == 594


@pytest.mark.parametrize(
    ("path", "policy", "cap"),
    [
        ("Microsoft.Compute/virtualMachines", "ListVM", 900),
        ("Microsoft.Compute/virtualMachineScaleSets", "GetVMScaleSet", 1080),
    ],
)
def test_lists_are_limited_by_subscription(arm, provider, path, policy, cap):
    assert left(arm.get(provider(path))) == {f"Microsoft.Compute/{policy}SubscriptionMaximum": cap - 1}


def test_asking_about_an_operation_is_limited(arm, machine):
    url = arm.post(f"{machine}/restart").headers["Azure-AsyncOperation"]
    answers = [arm.get(url) for _ in range(46)]
    assert [one.status_code for one in answers[-2:]] == [200, 429]


def test_regions_have_buckets_of_their_own(arm, machine, good_vm, nic_body, provider):
    arm.put("/emulator/throttling", {"enabled": False})
    nic = provider("Microsoft.Network/networkInterfaces/there")
    arm.put(nic, {**nic_body, "location": "northeurope"})
    good_vm["location"] = "northeurope"
    good_vm["properties"]["networkProfile"] = {"networkInterfaces": [{"id": nic}]}
    there = provider("Microsoft.Compute/virtualMachines/there")
    arm.make(there, good_vm)
    arm.put("/emulator/throttling", {"enabled": True})
    for path in (machine, there):
        assert left(arm.get(path))["Microsoft.Compute/GetVMSubscriptionMaximum"] == 23_999


def test_other_providers_and_the_emulator_itself_are_not_limited(arm, provider):
    for path in ("/emulator/clock", provider("Microsoft.Network/virtualNetworks")):
        assert "x-ms-ratelimit-remaining-resource" not in arm.get(path).headers


def test_it_is_off_until_it_is_asked_for(tmp_path):
    arm = Arm(tmp_path / "other.sqlite")
    assert arm.get("/emulator/throttling").json() == {"enabled": False}
    assert arm.put("/emulator/throttling", {"enabled": True}).json() == {"enabled": True}
    answer = arm.put("/emulator/throttling", {"enabled": "yes"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidSetting")
