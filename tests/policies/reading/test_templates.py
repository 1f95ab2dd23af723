"""How an ARM template becomes records: nested, named, copied, with values that are here and values that are not."""

import json
from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.policies.reading import template_records
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.template import read_template
from azure_hotpatch.policies.reading.templates.walk_position import DEEPEST, LARGEST, MOST_RESOURCES, WalkPosition
from azure_hotpatch.policies.reading.templates.work import Work
from tests.policies.machines import ARM, TEMPLATE

SKU = "storageProfile.imageReference.sku"


def vm(sku: Any = "x", **more: Any) -> dict[str, Any]:
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": sku}
    return {**ARM, "properties": {"storageProfile": {"imageReference": image}}, **more}


def read(resource: Any, given: Any = None, **template: Any) -> list[Record]:
    return template_records({"resources": [resource], **template}, given)


def sku(expression: str, given: Any = None, **template: Any) -> Any:
    (record,) = read(vm(expression), given, **template)
    return record.peek(SKU)


def nested(template: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Microsoft.Resources/deployments",
        "name": "inner",
        "properties": {"template": template, **properties},
    }


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("[concat('2022-', toLower('CORE'))]", "2022-core"),
        ("[format('{0}-{1}', 2022, 'core')]", "2022-core"),
        ("[if(equals('a', 'a'), 'yes', reference('x').no)]", "yes"),
        ("[if(and(true(), not(false())), 'yes', 'no')]", "yes"),
        ("[if(or(true(), parameters('gone')), 'yes', 'no')]", "yes"),
        ("[variables('v').sku]", "s"),
        ("[variables('V')['sku']]", "s"),
        ("[variables('list')[1]]", "b"),
        ("[first(split('a,b', ','))]", "a"),
        ("[coalesce(null(), 'x')]", "x"),
        ('[json(\'{"a": {"b": 3}}\').a.b]', 3),
        ("[createObject('sku', 'o').sku]", "o"),
        ("[replace('a-b', '-', '+')]", "a+b"),
        ("[substring('2022-core', 0, 4)]", "2022"),
        ("[string(length('four'))]", "4"),
        ("[string(createArray(1, 'é'))]", '[1,"é"]'),
        ("[format('{0}{1}', '{1}', 'x')]", "{1}x"),
        ("[union(createObject('a', createObject('b', 1)), createObject('a', createObject('c', 2))).a.b]", 1),
        ("[union(createObject('a', createObject('b', 1)), createObject('a', createObject('b', 2))).a.b]", 2),
        ("[[not an expression]", "[not an expression]"),
        ("it''s plain", "it''s plain"),
        ("[concat('it''s', ' one')]", "it's one"),
        ("[parameters('p')]", "given"),
        ("[parameters('P')]", "given"),
        ("[parameters('d')]", "by default given"),
    ],
)
def test_a_literal_expression_is_evaluated(expression: str, value: Any) -> None:
    template = {
        "parameters": {"p": {"type": "string"}, "d": {"defaultValue": "[concat('by default ', parameters('p'))]"}},
        "variables": {"v": {"sku": "s"}, "list": ["a", "b"]},
    }
    assert sku(expression, {"p": {"value": "given"}}, **template) == value


@pytest.mark.parametrize(
    "expression",
    [
        "[reference('vm').sku]",
        "[uniqueString('a')]",
        "[parameters('none')]",
        "[variables('none')]",
        "[my.function('x')]",
        "[concat('a']",
        "[concat('a', 'b'))]",
        "[1 + 1]",
        "[if(parameters('none'), 'a', 'b')]",
        "[variables('loop')]",
        "[concat(reference('x'), 'known')]",
        "[int('x')]",
        "[format('{0:C2}', 1)]",
        "[mul(1000000000, 'four')]",
        f"[first(createArray({'9' * 5000}))]",
        "[resourceGroup().location]",
        "[]",
    ],
)
def test_what_only_azure_can_tell_is_unknown(expression: str) -> None:
    found = sku(expression, variables={"loop": "[variables('loop')]"})
    assert isinstance(found, Unknown)
    assert found.why


def test_a_parameter_without_a_value_is_unknown_and_one_with_a_default_is_not() -> None:
    declared = {"sku": {"type": "string"}}
    assert isinstance(sku("[parameters('sku')]", None, parameters=declared), Unknown)
    declared["sku"]["defaultValue"] = "d"
    assert sku("[parameters('sku')]", parameters=declared) == "d"


def test_a_parameters_file_is_taken_whole() -> None:
    file = {
        "$schema": "…/deploymentParameters.json#",
        "contentVersion": "1.0.0.0",
        "parameters": {"sku": {"value": "f"}},
    }
    (record,) = template_records({"parameters": {"sku": {}}, "resources": [vm("[parameters('sku')]")]}, file)
    assert record.peek(SKU) == "f"


def test_a_value_from_a_key_vault_is_unknown() -> None:
    found = sku("[parameters('sku')]", {"sku": {"reference": {"secretName": "s"}}}, parameters={"sku": {}})
    assert isinstance(found, Unknown)


def test_a_secure_parameter_is_a_secret_wherever_it_goes() -> None:
    declared = {"pass": {"type": "secureString", "defaultValue": "hunter2"}}
    (record,) = read(vm("[concat('a', parameters('pass'))]"), parameters=declared)
    assert record.secrets == {SKU}
    assert record.shown(SKU) == "[secret]"


def test_symbolic_names_and_children_are_walked() -> None:
    child = {"type": "extensions", "name": "health", "properties": {"publisher": "p", "type": "t"}}
    scale_set = {"type": "Microsoft.Compute/virtualMachineScaleSets", "name": "set", "resources": [child]}
    found = template_records({"resources": {"one": vm(), "set": scale_set, "gone": vm(existing=True)}})
    assert [(record.kind, record.origin) for record in found] == [
        (Kind.VIRTUAL_MACHINE, "resources.one"),
        (Kind.SCALE_SET, "resources.set"),
        (Kind.SCALE_SET_EXTENSION, "resources.set.resources[0]"),
    ]
    assert found[2].body["vmScaleSetName"] == "set"
    assert (found[2].body["publisher"], found[2].body["type"]) == ("p", "t")


def test_an_outer_deployment_s_expressions_read_the_template_around_it() -> None:
    inner = {"variables": {"v": "inner"}, "resources": [vm("[variables('v')]")]}
    (outer,) = template_records({"variables": {"v": "outer"}, "resources": [nested(inner)]})
    assert outer.peek(SKU) == "outer"
    assert outer.origin == "resources[0].properties.template.resources[0]"
    scope = {"expressionEvaluationOptions": {"scope": "Inner"}}
    (own,) = template_records({"variables": {"v": "outer"}, "resources": [nested(inner, **scope)]})
    assert own.peek(SKU) == "inner"


def test_an_inner_deployment_gets_its_parameters_from_around_it() -> None:
    inner = {"parameters": {"sku": {}}, "resources": [vm("[parameters('sku')]")]}
    given = {"parameters": {"sku": {"value": "[variables('v')]"}}, "expressionEvaluationOptions": {"scope": "inner"}}
    (record,) = template_records({"variables": {"v": "outer"}, "resources": [nested(inner, **given)]})
    assert record.peek(SKU) == "outer"


def test_a_nested_deployment_s_group_is_its_machines() -> None:
    (record,) = read({**nested(TEMPLATE), "resourceGroup": "[concat('rg', '1')]"})
    assert record.group == "rg1"


@pytest.mark.parametrize("link", [{"uri": "https://example.org"}, {"id": "/subscriptions/…/templateSpecs/t"}])
def test_a_linked_template_is_opaque(link: dict[str, str]) -> None:
    (record,) = read({"type": "Microsoft.Resources/deployments", "name": "d", "properties": {"templateLink": link}})
    assert record.kind is Kind.OPAQUE
    assert "linked" in record.unreadable


def test_a_loop_whose_copies_differ_is_made_out_and_another_is_read_once() -> None:
    copy = {"copy": {"name": "c", "count": 3}}
    assert [r.peek(SKU) for r in read(vm("[concat('s', copyIndex())]", **copy))] == ["s0", "s1", "s2"]
    assert [r.peek(SKU) for r in read(vm("[concat('s', copyIndex('c', 5))]", **copy))] == ["s5", "s6", "s7"]
    assert len(read(vm("s", **copy))) == 1
    assert not read(vm("s", copy={"name": "c", "count": 0}))
    (unknown,) = read(vm("[concat('s', copyIndex())]", copy={"name": "c", "count": "[parameters('n')]"}))
    assert isinstance(unknown.peek(SKU), Unknown)


def test_a_property_loop_is_made_out() -> None:
    loop = {"copy": [{"name": "zones", "count": 2, "input": "[string(copyIndex('zones'))]"}]}
    (record,) = read({**vm(), "properties": loop})
    assert record.body["zones"] == ["0", "1"]


def test_a_false_condition_leaves_a_resource_out_and_an_unknown_one_does_not() -> None:
    assert not read(vm(condition=False))
    assert not read(vm(condition="[equals('a', 'b')]"))
    assert read(vm(condition="[parameters('p')]"))


def test_letter_case_does_not_count_in_names() -> None:
    shouted = json.loads(json.dumps(vm()).replace("storageProfile", "STORAGEPROFILE").replace('"sku"', '"Sku"'))
    (record,) = template_records({"RESOURCES": [{key.upper(): value for key, value in shouted.items()}]})
    assert record.peek(SKU) == "x"


def test_a_name_that_is_written_twice_is_not_chosen_from() -> None:
    twice = {**vm(), "properties": {"orchestrationMode": "Flexible", "OrchestrationMode": "Uniform"}}
    (record,) = read({**twice, "type": "Microsoft.Compute/virtualMachineScaleSets"})
    assert isinstance(record.peek("orchestrationMode"), Unknown)


@pytest.mark.parametrize("resource", [3, "x", None, ["x"]])
def test_a_resource_that_is_no_object_is_opaque(resource: Any) -> None:
    (record,) = read(resource)
    assert record.kind is Kind.OPAQUE


def test_a_type_that_is_not_known_is_opaque() -> None:
    (record,) = read(vm(type="[parameters('type')]"))
    assert record.kind is Kind.OPAQUE


def test_depth_number_and_size_have_an_end() -> None:
    deep: Any = TEMPLATE
    for _ in range(DEEPEST + 2):
        deep = {"resources": [nested(deep)]}
    source = Source("", "t", "", {})
    many = {"resources": [vm()] * (MOST_RESOURCES + 1)}
    for template, words in (
        (deep, "deeper than"),
        (many, f"more than {MOST_RESOURCES} resources"),
        (" " * (LARGEST + 1), "larger than"),
        ("{", "not JSON"),
        ("[]", "not an object"),
    ):
        (record,) = read_template(template, {}, WalkPosition(source, Work()))
        assert record.kind is Kind.OPAQUE
        assert words in record.unreadable


def test_many_nested_copies_end_too() -> None:
    loop = {"copy": {"name": "c", "count": 800}, "name": "[string(copyIndex())]"}
    found = read({**nested({"resources": [vm("[concat('a', copyIndex())]", **loop)] * 20})})
    assert found[-1].kind is Kind.OPAQUE
    assert len(found) == 5_001


@pytest.mark.parametrize("twice", [["[variables('{0}')]"] * 2, "[createArray(variables('{0}'), variables('{0}'))]"])
def test_lists_that_hold_each_other_twice_end(twice: Any) -> None:
    doubling = {f"v{n}": json.loads(json.dumps(twice).replace("{0}", f"v{n - 1}")) for n in range(1, 40)}
    as_defaults = json.loads(json.dumps(doubling).replace("variables", "parameters"))
    declared = {name: {"defaultValue": value} for name, value in {"v0": "x", **as_defaults}.items()}
    for whole in ({"variables": {"v0": "x", **doubling}}, {"parameters": declared}):
        (record,) = read(vm(f"[string({next(iter(whole))}('v39'))]"), **whole)
        assert record.kind is Kind.OPAQUE or isinstance(record.peek(SKU), Unknown)


def test_doubling_variables_are_read_once_each() -> None:
    doubling = {f"v{n}": f"[concat(variables('v{n - 1}'), variables('v{n - 1}'))]" for n in range(1, 60)}
    assert isinstance(sku("[variables('v59')]", variables={"v0": "x", **doubling}), Unknown)


def test_an_assignment_below_a_machine_names_it() -> None:
    below = {
        "type": "Microsoft.Compute/virtualMachines/providers/configurationAssignments",
        "name": "vm1/Microsoft.Maintenance/assigned",
        "properties": {"maintenanceConfigurationId": "/x/mc"},
    }
    (record,) = read(below)
    assert (record.kind, record.body["resourceName"]) == (Kind.MAINTENANCE_ASSIGNMENT, "vm1")
    scoped = {
        "type": "Microsoft.Maintenance/configurationAssignments",
        "name": "a",
        "scope": "[resourceId('Microsoft.Compute/virtualMachines', 'vm1')]",
    }
    (record,) = read(scoped)
    assert record.body["resourceId"] == "/providers/Microsoft.Compute/virtualMachines/vm1"
