"""ARM's functions of arrays and objects, and those that take a lambda."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Unknown
from tests.policies.reading.expressions import value_of

VARIABLES = {
    "dogs": [
        {"name": "Evie", "age": 5, "interests": ["Ball", "Frisbee"]},
        {"name": "Casper", "age": 3, "interests": ["Other dogs"]},
        {"name": "Kira", "age": 8, "interests": ["Rubs"]},
    ],
    "one": {"a": 1, "b": {"c": 2, "d": [1]}},
    "two": {"A": 3, "b": {"d": [2]}, "e": None},
}
COLLECTIONS = {
    "[array('a')]": ["a"],
    "[array(createArray('a'))]": ["a"],
    "[concat(createArray(1), createArray(2), 3)]": [1, 2, 3],
    "[union(createArray('a', 'b'), createArray('b', 'c'))]": ["a", "b", "c"],
    "[union(variables('one'), variables('two'))]": {"a": 3, "b": {"c": 2, "d": [2]}, "e": None},
    "[shallowMerge(createArray(variables('one'), variables('two')))]": {"a": 3, "b": {"d": [2]}, "e": None},
    "[intersection(createArray(1, 2, 3), createArray(3, 2))]": [2, 3],
    "[intersection(createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3))]": {"a": 1},
    "[first('one')]": "o",
    "[first(createArray())]": None,
    "[last(createArray(1, 2))]": 2,
    "[last('')]": "",
    "[take(createArray(1, 2, 3), 2)]": [1, 2],
    "[take('azure', 2)]": "az",
    "[take('azure', -1)]": "",
    "[skip(createArray(1, 2, 3), 1)]": [2, 3],
    "[skip('azure', 9)]": "",
    "[flatten(createArray(createArray(1), createArray(2, 3)))]": [1, 2, 3],
    "[items(createObject('b', 1, 'a', 2))]": [{"key": "a", "value": 2}, {"key": "b", "value": 1}],
    "[objectKeys(createObject('b', 1, 'a', 2))]": ["a", "b"],
    "[contains(createObject('Key', 1), 'kEY')]": True,
    "[contains(createArray('a'), 'A')]": False,
    "[contains('Azure', 'zur')]": True,
    "[empty(createObject())]": True,
    "[empty(null())]": True,
    "[empty('a')]": False,
    "[length(createObject('a', 1, 'b', 2))]": 2,
    "[length('four')]": 4,
    "[equals(createObject('a', createArray(1)), createObject('a', createArray(1)))]": True,
    "[equals(1, true())]": False,
    "[equals('a', 'A')]": False,
    "[equals(null(), null())]": True,
    "[tryGet(variables('one'), 'B', 'c')]": 2,
    "[tryGet(variables('one'), 'x', 'c')]": None,
    "[tryGet(createArray(1), 4)]": None,
    "[tryGet(null(), 'x')]": None,
    "[tryIndexFromEnd(createArray(1, 2), 1)]": 2,
    "[tryIndexFromEnd(createArray(1, 2), 3)]": None,
    "[indexFromEnd(createArray(1, 2), 2)]": 1,
    "[coalesce(null(), tryGet(variables('one'), 'x'), 'last')]": "last",
}
LAMBDAS = {
    "[map(variables('dogs'), lambda('d', lambdaVariables('d').name))]": ["Evie", "Casper", "Kira"],
    "[map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))]": [
        "a0",
        "b1",
    ],
    "[length(filter(variables('dogs'), lambda('d', greaterOrEquals(lambdaVariables('d').age, 5))))]": 2,
    "[reduce(variables('dogs'), 0, lambda('s', 'd', add(lambdaVariables('s'), lambdaVariables('d').age)))]": 16,
    "[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]": [1, 2, 3],
    "[toObject(variables('dogs'), lambda('d', lambdaVariables('d').name), lambda('d', lambdaVariables('d').age))]": {
        "Evie": 5,
        "Casper": 3,
        "Kira": 8,
    },
    "[groupBy(createArray('ab', 'b', 'ac'), lambda('x', take(lambdaVariables('x'), 1)))]": {
        "a": ["ab", "ac"],
        "b": ["b"],
    },
    "[mapValues(createObject('a', 1), lambda('v', mul(lambdaVariables('v'), 2)))]": {"a": 2},
    "[map(createArray(1), lambda('x', map(createArray(2), lambda('y', sub(lambdaVariables('x'), 1)))))]": [[0]],
}


@pytest.mark.parametrize(("expression", "value"), [*COLLECTIONS.items(), *LAMBDAS.items()])
def test_gives_what_azure_gives(expression: str, value: Any) -> None:
    assert value_of(expression, variables=VARIABLES) == value


UNKNOWN = "reference('x').y"  # what only Azure can tell


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (f"[createObject('a', {UNKNOWN}, 'b', 2).b]", 2),
        (f"[union(createObject('a', {UNKNOWN}), createObject('b', 2)).b]", 2),
        (f"[union({UNKNOWN}, createObject('b', 2)).b]", 2),
        (f"[shallowMerge(createArray({UNKNOWN}, createObject('b', 2))).b]", 2),
        (f"[createObject({UNKNOWN}, 1, 'b', 2).b]", 2),
        (f"[createArray({UNKNOWN}, 2)[1]]", 2),
        (f"[last(createArray({UNKNOWN}, 2))]", 2),
        (f"[length(createArray({UNKNOWN}, 2))]", 2),
        (f"[concat(createArray({UNKNOWN}), createArray(2))[1]]", 2),
        (f"[if({UNKNOWN}, createObject('a', 1, 'b', 2), createObject('b', 2)).b]", 2),
        (f"[if({UNKNOWN}, 'same', 'same')]", "same"),
        (f"[if({UNKNOWN}, fail('no size'), 'b')]", "b"),
        (f"[contains(createArray({UNKNOWN}, 'b'), 'b')]", True),
        (f"[contains(createObject('a', {UNKNOWN}), 'a')]", True),
        (f"[empty(createObject('a', {UNKNOWN}))]", False),
        ("[empty(uniqueString('a'))]", False),
        ("[empty(resourceGroup().location)]", False),
        ("[empty(format('vm-{0}', uniqueString('a')))]", False),
        ("[coalesce(guid('a'), 'b')]", None),
        (f"[equals(createObject('a', {UNKNOWN}, 'b', 1), createObject('a', 1, 'b', 2))]", False),
        ("[equals(resourceGroup().name, '')]", False),
        (f"[map(createArray({UNKNOWN}, 2), lambda('x', add(lambdaVariables('x'), 1)))[1]]", 3),
        (f"[or({UNKNOWN}, true())]", True),
        (f"[and(false(), {UNKNOWN})]", False),
    ],
)
def test_what_is_unknown_stays_where_it_is(expression: str, value: Any) -> None:
    found = value_of(expression)
    assert isinstance(found, Unknown) if value is None else found == value


@pytest.mark.parametrize(
    "expression",
    [
        f"[union(createObject('b', 2), {UNKNOWN}).b]",
        f"[union(createObject('b', 2), {UNKNOWN}).c]",
        f"[tryGet(union({UNKNOWN}, createObject('b', 2)), 'c')]",
        f"[createObject('a', 1, {UNKNOWN}, 2).a]",
        f"[createObject('a', 1, {UNKNOWN}, 2).b]",
        f"[toObject(createArray('a', {UNKNOWN}), lambda('x', lambdaVariables('x'))).a]",
        f"[if({UNKNOWN}, createObject('a', 1), createObject()).a]",
        f"[contains(if({UNKNOWN}, createObject('a', 1), createObject()), 'a')]",
        f"[empty(if({UNKNOWN}, createObject('a', 1), createObject()))]",
        f"[length({UNKNOWN})]",
        f"[items(if({UNKNOWN}, createObject('a', 1), createObject()))]",
        f"[filter(createArray(1), lambda('x', {UNKNOWN}))]",
        f"[equals({UNKNOWN}, 1)]",
        f"[contains(createArray({UNKNOWN}), 'b')]",
        f"[coalesce({UNKNOWN}, 'b')]",
        f"[string(createObject('a', {UNKNOWN}))]",
        f"[and(true(), {UNKNOWN})]",
        "[union(variables('none'), createArray(1))]",
        "[map('text', lambda('x', 1))]",
        "[toObject(createArray(1), lambda('x', 1))]",
        "[union(createObject('a', 1), 'text')]",
        "[lambdaVariables('x')]",
        "[fail('no size')]",
    ],
)
def test_what_may_be_otherwise_is_unknown(expression: str) -> None:
    assert isinstance(value_of(expression), Unknown)


def test_a_name_that_may_be_there_is_not_absent_in_a_record() -> None:
    found = value_of(f"[union(createObject('b', 2), if({UNKNOWN}, createObject('c', 1), createObject()), {UNKNOWN})]")
    assert isinstance(found["patchMode"], Unknown)
