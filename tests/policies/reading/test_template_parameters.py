"""What a template's parameters, variables and own functions are: given, by default, null, secret by their type."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Unknown
from tests.policies.machines import GOOD_SKU
from tests.policies.reading.expressions import record_of, value_of

HIDDEN = "a-value-of-nobody"
SECURE = {"type": "secureString"}


def test_a_nullable_parameter_that_is_not_given_is_null() -> None:
    declared = {"p": {"type": "string", "nullable": True}, "q": {"$ref": "#/definitions/t"}}
    definitions = {"t": {"type": "object", "nullable": True}}
    expression = "[createArray(parameters('p'), tryGet(parameters('q'), 'a'), coalesce(parameters('p'), 'x'))]"
    assert value_of(expression, parameters=declared, definitions=definitions) == [None, None, "x"]


def test_null_is_taken_for_a_value_that_is_not_given() -> None:
    assert value_of("[parameters('p')]", {"p": {"value": None}}, parameters={"p": {"defaultValue": "d"}}) == "d"


def test_a_default_may_read_a_parameter_after_it_and_not_itself() -> None:
    declared = {
        "p": {"defaultValue": "[concat('a', parameters('q'))]"},
        "q": {"defaultValue": "b"},
        "r": {"defaultValue": "[parameters('r')]"},
    }
    assert value_of("[parameters('p')]", parameters=declared) == "ab"
    assert isinstance(value_of("[parameters('r')]", parameters=declared), Unknown)


def test_a_variable_may_be_made_by_a_copy_loop() -> None:
    loop = {"name": "disks", "count": "[length(parameters('n'))]", "input": "[parameters('n')[copyIndex('disks')].a]"}
    declared = {"n": {"defaultValue": [{"a": 1}, {"a": 2}]}}
    found = value_of("[variables('disks')]", parameters=declared, variables={"copy": [loop], "v": "[copyIndex()]"})
    assert found == [1, 2]


FUNCTIONS = [
    {
        "namespace": "__bicep",
        "members": {
            "named": {
                "parameters": [{"type": "string", "name": "base"}, {"type": "int", "name": "index"}],
                "output": {"type": "string", "value": "[format('{0}-{1}', parameters('base'), parameters('index'))]"},
            },
            "twice": {"parameters": [{"name": "x"}], "output": {"value": "[__bicep.named(parameters('x'), 2)]"}},
            "endless": {"parameters": [], "output": {"value": "[__bicep.endless()]"}},
            "around": {"parameters": [], "output": {"value": "[variables('v')]"}},
            "secret": {"parameters": [], "output": {"type": "securestring", "value": HIDDEN}},
        },
    }
]


@pytest.mark.parametrize(
    ("expression", "value"), [("[__bicep.named('vm', 1)]", "vm-1"), ("[__BICEP.Twice('a')]", "a-2")]
)
def test_a_templates_own_function_is_called(expression: str, value: str) -> None:
    assert value_of(expression, functions=FUNCTIONS) == value


@pytest.mark.parametrize("name", ["endless", "around", "gone"])
def test_a_function_that_cannot_be_told_is_unknown(name: str) -> None:
    assert isinstance(value_of(f"[__bicep.{name}()]", functions=FUNCTIONS, variables={"v": 1}), Unknown)


@pytest.mark.parametrize(
    ("declaration", "value", "expression"),
    [
        (SECURE, HIDDEN, "[parameters('p')]"),
        (SECURE, HIDDEN, "[concat('a', parameters('p'))]"),
        (SECURE, HIDDEN, "[createObject('a', parameters('p')).a]"),
        (SECURE, HIDDEN, "[first(createArray(parameters('p')))]"),
        (SECURE, HIDDEN, "[union(createObject('b', 1), createObject('a', parameters('p'))).a]"),
        (SECURE, HIDDEN, "[coalesce(parameters('p'), 'x')]"),
        (SECURE, HIDDEN, "[string(createObject('a', parameters('p')))]"),
        (SECURE, HIDDEN, "[last(split(parameters('p'), '-'))]"),
        (SECURE, HIDDEN, "[map(createArray(parameters('p')), lambda('x', toUpper(lambdaVariables('x'))))[0]]"),
        (SECURE, HIDDEN, "[items(createObject('a', parameters('p')))[0].value]"),
        (SECURE, HIDDEN, "[objectKeys(createObject(parameters('p'), 1))[0]]"),
        (SECURE, HIDDEN, "[string(createObject(parameters('p'), null()))]"),
        (SECURE, HIDDEN, "[items(union(createObject(parameters('p'), 1), createObject('b', 2)))[0].key]"),
        (SECURE, HIDDEN, "[items(toObject(createArray(1), lambda('x', parameters('p'))))[0].key]"),
        (SECURE, HIDDEN, "[objectKeys(groupBy(createArray(1), lambda('x', parameters('p'))))[0]]"),
        (SECURE, HIDDEN, "[if(equals(parameters('p'), 'x'), 'y', 'n')]"),
        (SECURE, HIDDEN, "[take(parameters('p'), 5)]"),
        ({"type": "secureObject"}, {"a": {"b": HIDDEN}}, "[parameters('p').a.b]"),
        ({"type": "secureObject"}, {HIDDEN: None}, "[string(union(parameters('p'), createObject()))]"),
        ({"type": "secureObject"}, {HIDDEN: 1}, "[objectKeys(mapValues(parameters('p'), lambda('x', 2)))[0]]"),
        ({"type": "object", "properties": {"A": SECURE}}, {"a": HIDDEN}, "[parameters('p').a]"),
        ({"type": "array", "items": SECURE}, [HIDDEN], "[parameters('p')[0]]"),
        ({"type": "array", "prefixItems": [SECURE]}, [HIDDEN, 1], "[parameters('p')[0]]"),
        ({"type": "object", "additionalProperties": SECURE}, {"x": HIDDEN}, "[parameters('p').x]"),
        ({"$ref": "#/definitions/t"}, {"a": HIDDEN}, "[tryGet(parameters('p'), 'a')]"),
        (
            {"discriminator": {"propertyName": "k", "mapping": {"x": {"$ref": "#/definitions/t"}}}},
            {"k": "x", "a": HIDDEN},
            "[parameters('p').a]",
        ),
    ],
)
@pytest.mark.parametrize("given", [True, False])
def test_what_is_secure_by_its_type_is_never_shown(declaration: Any, value: Any, expression: str, given: bool) -> None:
    whole = {"parameters": {"p": declaration if given else {**declaration, "defaultValue": value}}}
    whole["definitions"] = {"t": {"type": "object", "properties": {"a": SECURE}}}
    record = record_of({"probe": expression}, {"p": {"value": value}} if given else None, **whole)
    assert record.peek("probe") is not None
    assert record.shown("probe") == "[secret]"


def test_what_is_not_secure_beside_it_is_shown() -> None:
    whole = {"parameters": {"p": {"type": "secureString", "defaultValue": HIDDEN}}}
    record = record_of("[createObject('a', parameters('p'), 'b', 'plain')]", **whole)
    assert (record.shown("a"), record.shown("b")) == ("[secret]", "'plain'")


def test_the_result_of_a_secure_function_is_never_shown() -> None:
    assert record_of({"probe": "[__bicep.secret()]"}, functions=FUNCTIONS).shown("probe") == "[secret]"


@pytest.mark.parametrize(("secret", "told"), [("", True), ("a", True), ("sku", False), ("ge", True), (GOOD_SKU, False)])
def test_a_secret_that_is_in_every_message_blanks_none(secret: str, told: bool) -> None:
    whole = {"parameters": {"p": {"type": "secureString", "defaultValue": secret}}}
    record = record_of({"osProfile": {"adminPassword": "[parameters('p')]"}}, **whole)
    assert record.reveals(f"SKU {GOOD_SKU!r} of the image") is not told


def test_a_value_in_a_secret_object_is_not_told() -> None:
    whole = {"parameters": {"p": {"type": "secureObject", "defaultValue": {"a": [HIDDEN]}}}}
    assert record_of({"osProfile": "[parameters('p')]"}, **whole).reveals(f"it is {HIDDEN.upper()}")
