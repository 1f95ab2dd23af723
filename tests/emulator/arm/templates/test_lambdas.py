"""Functions that take a lambda, with the dogs of Microsoft's documentation."""

import re

import pytest

from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed

DOGS = [
    {"name": "Evie", "age": 5},
    {"name": "Casper", "age": 3},
    {"name": "Indy", "age": 2},
    {"name": "Kira", "age": 8},
]


def _written_out(expression):
    """`$dog` stands for lambdaVariables('dog')."""
    return re.sub(r"\$(\w+)", r"lambdaVariables('\1')", expression)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            "[map(filter(variables('dogs'), lambda('dog', greaterOrEquals($dog.age, 5))), lambda('dog', $dog.name))]",
            ["Evie", "Kira"],
        ),
        (
            "[map(variables('dogs'), lambda('dog', format('Hello {0}!', $dog.name)))]",
            ["Hello Evie!", "Hello Casper!", "Hello Indy!", "Hello Kira!"],
        ),
        (
            "[map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', $x, $i)))]",
            ["a0", "b1"],
        ),
        ("[filter(range(0, 10), lambda('i', equals(0, mod($i, 2))))]", [0, 2, 4, 6, 8]),
        ("[filter(createArray('a', 'b', 'c'), lambda('x', 'i', less($i, 2)))]", ["a", "b"]),
        (
            "[reduce(map(variables('dogs'), lambda('dog', $dog.age)), 1, lambda('cur', 'next', add($cur, $next)))]",
            19,
        ),
        (
            "[reduce(createArray(createObject('foo', 123), createObject('bar', 456))"
            ", createObject(), lambda('cur', 'next', union($cur, $next)))]",
            {"foo": 123, "bar": 456},
        ),
        (
            "[map(sort(variables('dogs'), lambda('a', 'b', less($a.age, $b.age))), lambda('dog', $dog.name))]",
            ["Indy", "Casper", "Evie", "Kira"],
        ),
        (
            "[toObject(variables('dogs'), lambda('dog', $dog.name), lambda('dog', $dog.age))]",
            {"Evie": 5, "Casper": 3, "Indy": 2, "Kira": 8},
        ),
        ("[toObject(createArray('a'), lambda('x', $x))]", {"a": "a"}),
        (
            "[groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring($x, 0, 1)))]",
            {"f": ["foo"], "b": ["bar", "baz"]},
        ),
        ("[mapValues(createObject('foo', 'foo'), lambda('val', toUpper($val)))]", {"foo": "FOO"}),
        (
            "[map(createArray(1, 2), lambda('x', map(createArray(10), lambda('y', add($x, $y)))))]",
            [[11], [12]],
        ),
    ],
)
def test_evaluates_a_lambda(evaluated, expression, expected):
    assert evaluated(_written_out(expression), variables={"dogs": DOGS}) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "[map(createArray(1), 5)]",
        "[map('text', lambda('x', 1))]",
        "[filter(createArray(1), lambda('x', 'yes'))]",
        "[map(createArray(1), lambda('x', $y))]",
        "[reduce(createArray(1), 0, lambda('x', 1))]",
        "[lambda('x', 1)]",
        "[toObject(createArray(1), lambda('x', $x))]",
    ],
)
def test_refuses_what_is_no_lambda(evaluated, expression):
    with pytest.raises(OutputsFailed):
        evaluated(_written_out(expression))
