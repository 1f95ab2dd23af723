"""Which resources of a template are made: conditions, parents, what exists already, and what cannot be told."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.policies.reading import template_read, template_records
from tests.policies.machines import ARM


def read(resource: Any) -> list[Record]:
    return template_records({"resources": [resource]})


def vm(**more: Any) -> dict[str, Any]:
    return {**ARM, **more}


@pytest.mark.parametrize("type_", [None, 5, ["Microsoft.Compute/virtualMachines"], {}])
def test_a_type_that_is_no_string_is_opaque(type_: Any) -> None:
    (record,) = read(vm(type=type_))
    assert record.kind is Kind.OPAQUE


def test_a_parents_condition_is_not_its_childrens() -> None:
    child = {"type": "extensions", "name": "health", "properties": {"publisher": "p"}}
    scale_set = {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "set", "condition": False}
    (record,) = read({**scale_set, "resources": [child]})
    assert (record.kind, record.body["vmScaleSetName"]) == (Kind.SCALE_SET_EXTENSION, "set")


def test_a_child_of_what_exists_already_is_made() -> None:
    child = {"type": "extensions", "name": "health", "properties": {"publisher": "p"}}
    scale_set = {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "set", "existing": True}
    (record,) = template_records({"resources": {"set": {**scale_set, "resources": {"child": child}}}})
    assert (record.kind, record.origin) == (Kind.SCALE_SET_EXTENSION, "resources.set.resources.child")


def test_a_machine_in_a_deployment_that_is_left_out_is_noted() -> None:
    def deployment(*resources: Any) -> dict[str, Any]:
        held = {"properties": {"template": {"resources": [*resources]}}}
        return {"type": "Microsoft.Resources/deployments", "name": "d", "condition": False, **held}

    found = template_read({"resources": [deployment(), deployment({"type": "X.Y/z", "name": "z"}, vm())]})
    (left_out,) = found.left_out
    assert not found.records
    assert left_out.origin == "resources[1].properties.template.resources[1]"


def test_what_a_condition_leaves_out_is_noted_if_it_would_be_judged() -> None:
    found = template_read({"resources": [vm(condition=False), {"type": "X.Y/z", "name": "z", "condition": False}]})
    assert [(each.origin, each.type, each.why) for each in found.left_out] == [
        ("resources[0]", "Microsoft.Compute/virtualMachines", "its condition is false")
    ]


def test_what_a_copy_loop_makes_none_of_is_noted_if_it_would_be_judged() -> None:
    none = {"copy": {"name": "c", "count": "[if(equals('a', 'b'), 1, 0)]"}}
    others = [{"type": "X.Y/z", "name": "z", **none}, {"type": None, "name": "z", **none}]
    found = template_read({"resources": [vm(**none, resources=[vm()]), *others]})
    assert not found.records
    assert [(each.origin, each.why) for each in found.left_out] == [("resources[0]", "its copy loop has a count of 0")]


@pytest.mark.parametrize("properties", ["[reference('x')]", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"])
def test_properties_that_are_hidden_as_a_whole_are_not_absent(properties: str) -> None:
    (record,) = read({**ARM, "properties": properties})
    assert (record.kind, record.origin) == (Kind.OPAQUE, "resources[0].properties")
    assert record.unreadable.startswith("what it holds is ")


def test_a_negative_count_is_not_taken_for_no_machine() -> None:
    assert read(vm(copy={"name": "c", "count": -1}))
