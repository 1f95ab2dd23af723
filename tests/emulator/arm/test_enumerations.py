"""Every enumerated member of every emulated type: other values are refused, Azure's own taken in any letter case."""

import copy
from typing import Any

import pytest

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.lifecycle import enumerations
from tests.emulator.arm.conftest import Arm
from tests.emulator.arm.every_type import world

CODES = {
    "Microsoft.Compute": "InvalidParameter",
    "Microsoft.Network": "InvalidRequestFormat",
    "Microsoft.Storage": "InvalidValuesForRequestParameters",
}
ROWS = [(kind.name, path) for kind in providers.TYPES for path in enumerations.members(kind.name)]


@pytest.fixture(scope="module")
def made() -> tuple[Arm, dict[str, tuple[str, Any]]]:
    arm, rows = world()
    found: dict[str, tuple[str, Any]] = {}
    for kind, path, body in rows:
        found.setdefault(kind, (path, body or {"location": "westeurope", "properties": {}}))
    return arm, found


def put_at(body: Any, path: str, value: Any) -> Any:
    """The body with a value at a path; a list on the way has at least one object."""
    step, _, rest = path.partition(".")
    if step == "[]":
        items = body if isinstance(body, list) and body else [None]
        return [put_at(items[0], rest, value) if rest else value, *items[1:]]
    members = dict(body) if isinstance(body, dict) else {}
    members[step] = put_at(members.get(step), rest, value) if rest else value
    return members


@pytest.mark.parametrize(("kind", "path"), ROWS)
def test_refuses_a_value_that_is_none_of_azures(made: Any, kind: str, path: str) -> None:
    arm, (place, body) = made[0], made[1][kind]
    answer = arm.put(place, put_at(copy.deepcopy(body), path, "Fancy"))
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["code"] == CODES.get(kind.split("/")[0], "InvalidRequestContent")
    words = error.get("details", [error])[0]["message"]
    name = path.replace(".[]", "").rsplit(".", 1)[-1]
    assert name in words
    assert all(value in words for value in enumerations.members(kind)[path].values)


@pytest.mark.parametrize(("kind", "path"), ROWS)
def test_takes_azures_values_in_any_letter_case(kind: str, path: str) -> None:
    for value in enumerations.members(kind)[path].values:
        body = put_at({}, path, value.swapcase())
        enumerations.apply(body, kind)
        assert body == put_at({}, path, value)


def test_what_was_sent_in_another_letter_case_works_as_the_rest(arm: Arm, vm: str, good_vm: Any) -> None:
    good_vm["properties"]["storageProfile"]["osDisk"] = {"createOption": "fromimage", "deleteOption": "DELETE"}
    disk = arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]
    assert (disk["createOption"], disk["deleteOption"]) == ("FromImage", "Delete")
    arm.remove(vm)
    assert arm.get(disk["managedDisk"]["id"]).status_code == 404


def test_an_empty_value_is_an_absent_one(arm: Arm, provider: Any) -> None:
    path = provider("Microsoft.Compute/disks/data")
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8, "networkAccessPolicy": ""}
    made = arm.make(path, {"location": "westeurope", "properties": source})
    assert made["properties"]["networkAccessPolicy"] == "AllowAll"


def test_a_patch_is_held_to_the_same_values(arm: Arm, provider: Any) -> None:
    path = provider("Microsoft.Compute/disks/data")
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}
    arm.make(path, {"location": "westeurope", "properties": source})
    answer = arm.patch(path, {"properties": {"networkAccessPolicy": "Nobody"}})
    assert answer.json()["error"]["message"] == (
        "The value 'Nobody' of parameter 'networkAccessPolicy' is not allowed. "
        "Allowed values are: AllowAll, AllowPrivate, DenyAll."
    )


def test_names_the_types_that_have_enumerated_members() -> None:
    unknown = set(enumerations.types()) - {kind.name.lower() for kind in providers.TYPES}
    assert unknown == set()
    assert len(ROWS) > 250
