"""A template that would cost too much to read ends soon, says so, and hides no machine that can be read."""

from collections.abc import Iterator
from time import process_time
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.policies.reading import Run, Source, records, template_records
from azure_hotpatch.policies.reading.templates.work import MOST_A_RUN, MOST_A_TEMPLATE
from tests.policies.machines import ARM

SMALL = {**ARM, "name": "small", "properties": {"osProfile": {"computerName": "small"}}}


def loops(depth: int) -> Any:
    return {"copy": [{"name": f"c{depth}", "count": 800, "input": loops(depth - 1)}]} if depth else "[copyIndex()]"


def mapped(depth: int) -> str:
    return f"map(variables('many'), lambda('x{depth}', {mapped(depth - 1)}))" if depth else "1"


@pytest.fixture
def soon() -> Iterator[None]:
    """The test takes at most half a minute of the processor, on any machine."""
    began = process_time()
    yield
    assert process_time() - began < 30


HOSTILE: dict[str, Any] = {
    "copy loops": loops(3),
    "lambdas": {"a": f"[{mapped(3)}]"},
    "unions": {str(n): "[union(variables('many'), variables('many'))]" for n in range(500)},
    "padding": {str(n): "[padLeft('x', 100000)]" for n in range(50_000)},
    "own functions": {"a": "[n.f(1)]"},
    "shared objects": {str(n): "[variables('many')]" for n in range(50_000)},
    "names in another letter case": {str(n): "[variables('named').K4999]" for n in range(50_000)},
}
AROUND = {
    "variables": {
        "many": "[range(0, 10000)]",
        "named": {f"k{n}": n for n in range(5_000)},
    },
    "functions": [
        {
            "namespace": "n",
            "members": {"f": {"parameters": [{"name": "a"}], "output": {"value": "[add(n.f(1), n.f(2))]"}}},
        }
    ],
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.usefixtures("soon")
def test_a_hostile_resource_is_said_to_be_unread_and_the_next_is_read(kind: str) -> None:
    hostile = {**ARM, "name": "hostile", "properties": HOSTILE[kind]}
    found = template_records({**AROUND, "resources": [hostile, SMALL]})
    assert found[-1].read("osProfile.computerName") == "small"
    if kind != "own functions":  # which end by their depth
        assert (found[0].kind, "values have to be read" in found[0].unreadable) == (Kind.OPAQUE, True)


@pytest.mark.usefixtures("soon")
def test_many_hostile_resources_end_together() -> None:
    hostile = {**ARM, "properties": HOSTILE["copy loops"]}
    found = template_records({**AROUND, "resources": [hostile] * 300})
    assert str(MOST_A_TEMPLATE) in found[-1].unreadable
    assert len(found) < 300


@pytest.mark.usefixtures("soon")
def test_deep_nesting_of_deployments_that_make_nothing_ends() -> None:
    inner: Any = {"type": "X.Y/z", "name": "z"}
    for _ in range(4):
        inner = {
            "type": "Microsoft.Resources/deployments",
            "name": "[string(copyIndex())]",
            "copy": {"name": "c", "count": 800},
            "properties": {"template": {"resources": [inner]}},
        }
    (record,) = template_records({"resources": [inner]})
    assert record.kind is Kind.OPAQUE


BY_NAME = {
    "union": "[union(variables('low'), variables('high'))]",
    "intersection": "[intersection(variables('low'), variables('high'))]",
    "equals": "[equals(variables('low'), variables('high'))]",
    "if": "[if(contains(reference('x').y, 'z'), variables('low'), variables('high'))]",
}


@pytest.mark.parametrize("function", BY_NAME)
@pytest.mark.usefixtures("soon")
def test_objects_of_many_names_are_compared_without_their_case_in_one_pass(function: str) -> None:
    named = {"low": {f"k{n}": n for n in range(14_000)}, "high": {f"K{n}": n for n in range(14_000)}}
    began = process_time()
    found = template_records({"variables": named, "resources": [{**ARM, "properties": {"probe": BY_NAME[function]}}]})
    assert process_time() - began < 2  # looking through all names for each takes thirty times as long
    assert found[0].kind is Kind.VIRTUAL_MACHINE


def test_eight_hundred_honest_machines_are_read() -> None:
    machine = {**ARM, "name": "[format('vm{0}', copyIndex())]", "copy": {"name": "c", "count": 800}}
    machine["properties"] = {"tags": {str(n): f"[concat('a', '{n}')]" for n in range(200)}}
    found: list[Record] = template_records({"resources": [machine]})
    assert [record.name for record in found[:2]] == ["vm0", "vm1"]
    assert len(found) == 800


def deployment(number: int, resources: list[Any], run: Run) -> Source:
    template = {**AROUND, "resources": resources}
    return Source(
        "azure-native:resources:Deployment", f"d{number}", f"d{number}", {"properties": {"template": template}}, run=run
    )


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
def test_a_thousand_hostile_templates_of_a_run_end_together() -> None:
    run = Run()
    hostile = [{**ARM, "name": "hostile", "properties": HOSTILE["copy loops"]}] * 40
    found = [records(deployment(number, hostile, run)) for number in range(1_000)]
    assert all(read for read in found)
    assert [record.kind for record in found[-1]] == [Kind.OPAQUE]
    assert str(MOST_A_RUN) in found[-1][0].unreadable


@pytest.mark.slow
@pytest.mark.usefixtures("soon")
def test_a_thousand_templates_that_make_as_many_machines_as_they_may_end_together() -> None:
    run = Run()
    many = [{**ARM, "name": "[string(copyIndex())]", "copy": {"name": "c", "count": 800}}] * 7
    found = [records(deployment(number, many, run)) for number in range(1_000)]
    assert sum(map(len, found)) < 50_000
    assert str(MOST_A_RUN) in found[-1][0].unreadable


def test_a_thousand_honest_deployments_of_a_run_are_read() -> None:
    run = Run()
    found = [records(deployment(number, [SMALL], run)) for number in range(1_000)]
    assert {read[0].read("osProfile.computerName") for read in found} == {"small"}
