"""Names of tags, operations of providers, and their registration."""

from typing import Any

from tests.emulator.arm.conftest import Arm

TAGS = f"{Arm.subscription}/tagNames"


def counts(arm: Arm) -> dict[str, dict[str, int]]:
    found = arm.get(TAGS).json()["value"]
    return {one["tagName"]: {each["tagValue"]: each["count"]["value"] for each in one["values"]} for one in found}


def test_declares_tags_and_takes_them_back(arm: Arm, group: str) -> None:
    assert arm.put(f"{TAGS}/owner", None).status_code == 201
    assert arm.put(f"{TAGS}/Owner", None).status_code == 200
    assert arm.put(f"{TAGS}/owner/tagValues/ops", None).status_code == 201
    arm.patch(group, {"tags": {"owner": "web"}})
    assert counts(arm) == {"owner": {"ops": 0, "web": 1}}
    assert arm.delete(f"{TAGS}/owner").json()["error"]["code"] == "TagNameHasValues"
    assert arm.delete(f"{TAGS}/owner/tagValues/web").json()["error"]["code"] == "TagInUse"
    assert arm.delete(f"{TAGS}/owner/tagValues/ops").status_code == 200
    arm.patch(group, {"tags": {}})
    assert arm.delete(f"{TAGS}/owner").status_code == 200
    assert arm.delete(f"{TAGS}/owner").status_code == 204
    assert counts(arm) == {}


def test_refuses_a_value_of_a_tag_that_is_not_there(arm: Arm, group: str) -> None:
    answer = arm.put(f"{TAGS}/nobody/tagValues/one", None)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "TagNotFound")
    assert group


def test_lists_what_may_be_done_with_a_provider(arm: Arm) -> None:
    names = {one["name"] for one in arm.get("/providers/microsoft.compute/operations").json()["value"]}
    assert {
        "Microsoft.Compute/virtualMachines/write",
        "Microsoft.Compute/virtualMachines/installPatches/action",
        "Microsoft.Compute/virtualMachines/instanceView/read",
    } <= names
    assert arm.get("/providers/Microsoft.Nothing/operations").json()["error"]["code"] == "InvalidResourceNamespace"


def test_unregisters_a_provider_unless_it_is_used(arm: Arm, group: str) -> None:
    provider = f"{arm.subscription}/providers/Microsoft.ContainerService"
    assert arm.post(f"{provider}/register").json()["registrationState"] == "Registered"
    cluster = f"{group}/providers/Microsoft.ContainerService/managedClusters/aks"
    arm.make(cluster, {"location": "westeurope", "properties": {}}, version="2024-05-01")
    refused = arm.post(f"{provider}/unregister")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "CannotUnregisterResourceProvider")
    arm.wait(arm.delete(cluster, version="2024-05-01"))
    assert arm.post(f"{provider}/unregister").json()["registrationState"] == "NotRegistered"


def test_lists_the_types_of_a_provider_by_themselves(arm: Arm) -> None:
    listed: Any = arm.get(f"{arm.subscription}/providers/Microsoft.Compute/resourceTypes").json()["value"]
    assert "virtualMachines" in {one["resourceType"] for one in listed}
