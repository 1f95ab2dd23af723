"""Variables and copy loops: of variables, properties, resources and outputs, and how far they may go."""

import pytest

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed


def test_a_variable_may_name_one_that_comes_later(evaluated):
    variables = {"a": "[concat(variables('b'), '!')]", "b": {"c": 1}, "d": "[variables('B').c]"}
    with pytest.raises(InvalidTemplate, match="The template variable 'a' is not valid"):
        evaluated("[variables('a')]", variables=variables)
    assert evaluated("[variables('d')]", variables={**variables, "a": 1}) == 1


def test_a_chain_of_variables_may_be_as_long_as_the_limit(evaluated):
    variables = {f"v{at}": f"[add(variables('v{at + 1}'), 1)]" for at in range(511)}
    assert evaluated("[variables('v0')]", variables={**variables, "v511": 0}) == 511


def test_variables_that_name_each_other_are_refused(evaluated):
    with pytest.raises(InvalidTemplate, match="Circular dependency detected"):
        evaluated("[variables('a')]", variables={"a": "[variables('b')]", "b": "[variables('a')]"})


def test_a_variable_that_names_itself_is_refused(evaluated):
    with pytest.raises(InvalidTemplate, match="Circular dependency detected"):
        evaluated("[variables('a')]", variables={"a": "[variables('A')]"})


def test_variables_are_made_by_loops(evaluated):
    variables = {
        "copy": [{"name": "names", "count": 3, "input": "[concat('item', copyIndex('names', 1))]"}],
        "inside": {"copy": [{"name": "disks", "count": 2, "input": {"lun": "[copyIndex('disks')]"}}], "other": 1},
        "uses": "[last(variables('names'))]",
    }
    assert evaluated("[variables('names')]", variables=variables) == ["item1", "item2", "item3"]
    assert evaluated("[variables('inside')]", variables=variables) == {"disks": [{"lun": 0}, {"lun": 1}], "other": 1}
    assert evaluated("[variables('uses')]", variables=variables) == "item3"


def test_outputs_are_made_by_loops_and_conditions(outputs, template):
    parts = {
        "subnets": {"type": "array", "copy": {"count": 2, "input": "[cidrSubnet('10.144.0.0/20', 24, copyIndex())]"}},
        "none": {"type": "string", "condition": "[equals(1, 2)]", "value": "[fail('evaluated')]"},
    }
    assert outputs(template(outputs=parts)) == {"subnets": ["10.144.0.0/24", "10.144.1.0/24"]}


def disk(**more):
    return {
        "type": "Microsoft.Compute/disks",
        "apiVersion": "2024-03-02",
        "name": "d",
        "location": "westeurope",
        **more,
    }


def bodies(compiled, whole, azure=None, values=None):
    program = compiled(whole, values)
    return {one.name: program.body(one, azure) for one in program.resources}


def test_resources_are_made_by_loops(compiled, template):
    loop = disk(
        name="[format('d{0}', copyIndex(1))]",
        copy={"name": "disks", "count": "[length(createArray('a', 'b'))]"},
        properties={"size": "[copyIndex()]", "same": "[copyIndex('DISKS', 10)]"},
    )
    found = bodies(compiled, template(resources=[loop]))
    assert {name: body["properties"] for name, body in found.items()} == {
        "d1": {"size": 0, "same": 10},
        "d2": {"size": 1, "same": 11},
    }


def test_properties_are_made_by_loops_within_loops(compiled, template):
    inner = {
        "copy": [
            {
                "name": "dataDisks",
                "count": 2,
                "input": {"lun": "[copyIndex('dataDisks')]", "machine": "[copyIndex()]"},
            }
        ]
    }
    loop = disk(name="[concat('d', copyIndex())]", copy={"name": "vms", "count": 2}, properties={"profile": inner})
    found = bodies(compiled, template(resources=[loop]))
    expected = {"dataDisks": [{"lun": 0, "machine": 1}, {"lun": 1, "machine": 1}]}
    assert found["d1"]["properties"]["profile"] == expected


def test_a_loop_may_run_no_times(compiled, template):
    assert bodies(compiled, template(resources=[disk(copy={"name": "none", "count": 0})])) == {}


def test_a_serial_loop_waits_for_the_batch_before(compiled, template):
    loop = disk(name="[concat('d', copyIndex())]", copy={"name": "l", "count": 5, "mode": "serial", "batchSize": 2})
    found = compiled(template(resources=[loop])).resources
    waits = {one.name: sorted(key.rsplit("/", 1)[1] for key in one.after) for one in found}
    assert waits == {"d0": [], "d1": [], "d2": ["d0", "d1"], "d3": ["d0", "d1"], "d4": ["d2", "d3"]}


def test_a_resource_waits_for_all_that_a_loop_makes(compiled, template):
    loop = disk(name="[concat('d', copyIndex())]", copy={"name": "many", "count": 2})
    last = disk(name="last", dependsOn=["many"])
    found = compiled(template(resources=[last, loop])).resources
    assert [one.name for one in found] == ["d0", "d1", "last"]


@pytest.mark.parametrize("count", [801, -1, "3", None])
def test_a_loop_beyond_the_limits_is_refused(compiled, template, count):
    with pytest.raises(InvalidTemplate, match="cannot exceed '800'"):
        compiled(template(resources=[disk(copy={"name": "l", "count": count})]))


def test_more_resources_than_azure_takes_are_refused(compiled, template):
    loops = [disk(name=f"[concat('{name}', copyIndex())]", copy={"name": name, "count": 401}) for name in "ab"]
    with pytest.raises(InvalidTemplate, match="Limit: '800' and actual: '802'"):
        compiled(template(resources=loops))


@pytest.mark.parametrize(("part", "limit"), [("parameters", 256), ("variables", 512), ("outputs", 64)])
def test_more_declarations_than_azure_takes_are_refused(compiled, template, part, limit):
    one = {"type": "string", "value": "x", "defaultValue": "x"}
    with pytest.raises(InvalidTemplate, match=f"limit exceeded. Limit: '{limit}' and actual: '{limit + 1}'"):
        compiled(template(**{part: {f"n{at}": one for at in range(limit + 1)}}))


def nested_loops(depth):
    body = 1
    for at in range(depth):
        body = {"copy": [{"name": f"l{at}", "count": 800, "input": body}]}
    return body


def test_loops_in_loops_end_at_a_bound(compiled, template):
    with pytest.raises(InvalidTemplate, match="more work than the limit allows"):
        compiled(template(variables={"v": nested_loops(4)}))


def test_a_lambda_that_doubles_ends_at_a_bound(evaluated):
    doubling = "lambda('c', 'n', createArray(lambdaVariables('c'), lambdaVariables('c')))"
    with pytest.raises(InvalidTemplate, match="more work than the limit allows"):
        evaluated(f"[reduce(range(0, 60), createArray(1), {doubling})]")


def test_a_string_that_doubles_ends_at_a_bound(evaluated):
    doubling = "lambda('c', 'n', concat(lambdaVariables('c'), lambdaVariables('c')))"
    with pytest.raises(InvalidTemplate, match="limit"):
        evaluated(f"[reduce(range(0, 60), 'ab', {doubling})]")


@pytest.mark.parametrize("expression", ["[copyIndex()]", "[copyIndex('x')]"])
def test_copy_index_outside_of_a_loop_is_refused(evaluated, expression):
    with pytest.raises(OutputsFailed) as refused:
        evaluated(expression)
    assert "is not expected at this location" in refused.value.details[0]["message"]


def test_a_template_that_is_nested_too_deeply_is_refused(compiled, template):
    deep = "x"
    for _ in range(150):
        deep = [deep]
    with pytest.raises(InvalidTemplate, match="nested deeper"):
        compiled(template(variables={"deep": deep}))
