"""Functions that take a lambda, with the dogs of Microsoft's documentation."""

import pytest

from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed

DOGS = [
    {"name": "Evie", "age": 5},
    {"name": "Casper", "age": 3},
    {"name": "Indy", "age": 2},
    {"name": "Kira", "age": 8},
]
_DOG = "lambdaVariables('dog')"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            f"[map(filter(variables('dogs'), lambda('dog', greaterOrEquals({_DOG}.age, 5))), lambda('dog', {_DOG}.name))]",
            ["Evie", "Kira"],
        ),
        (
            f"[map(variables('dogs'), lambda('dog', format('Hello {{0}}!', {_DOG}.name)))]",
            ["Hello Evie!", "Hello Casper!", "Hello Indy!", "Hello Kira!"],
        ),
        (
            "[map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))]",
            ["a0", "b1"],
        ),
        ("[filter(range(0, 10), lambda('i', equals(0, mod(lambdaVariables('i'), 2))))]", [0, 2, 4, 6, 8]),
        ("[filter(createArray('a', 'b', 'c'), lambda('x', 'i', less(lambdaVariables('i'), 2)))]", ["a", "b"]),
        (
            f"[reduce(map(variables('dogs'), lambda('dog', {_DOG}.age)), 1, lambda('cur', 'next', add(lambdaVariables('cur'), lambdaVariables('next'))))]",
            19,
        ),
        (
            "[reduce(createArray(createObject('foo', 123), createObject('bar', 456)), createObject(), lambda('cur', 'next', union(lambdaVariables('cur'), lambdaVariables('next'))))]",
            {"foo": 123, "bar": 456},
        ),
        (
            "[map(sort(variables('dogs'), lambda('a', 'b', less(lambdaVariables('a').age, lambdaVariables('b').age))), lambda('dog', lambdaVariables('dog').name))]",
            ["Indy", "Casper", "Evie", "Kira"],
        ),
        (
            f"[toObject(variables('dogs'), lambda('dog', {_DOG}.name), lambda('dog', {_DOG}.age))]",
            {"Evie": 5, "Casper": 3, "Indy": 2, "Kira": 8},
        ),
        ("[toObject(createArray('a'), lambda('x', lambdaVariables('x')))]", {"a": "a"}),
        (
            "[groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))]",
            {"f": ["foo"], "b": ["bar", "baz"]},
        ),
        ("[mapValues(createObject('foo', 'foo'), lambda('val', toUpper(lambdaVariables('val'))))]", {"foo": "FOO"}),
        (
            "[map(createArray(1, 2), lambda('x', map(createArray(10), lambda('y', add(lambdaVariables('x'), lambdaVariables('y'))))))]",
            [[11], [12]],
        ),
    ],
)
def test_evaluates_a_lambda(evaluated, expression, expected):
    assert evaluated(expression, variables={"dogs": DOGS}) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "[map(createArray(1), 5)]",
        "[map('text', lambda('x', 1))]",
        "[filter(createArray(1), lambda('x', 'yes'))]",
        "[map(createArray(1), lambda('x', lambdaVariables('y')))]",
        "[reduce(createArray(1), 0, lambda('x', 1))]",
        "[lambda('x', 1)]",
        "[toObject(createArray(1), lambda('x', lambdaVariables('x')))]",
    ],
)
def test_refuses_what_is_no_lambda(evaluated, expression):
    with pytest.raises(OutputsFailed):
        evaluated(expression)
