"""Array functions, with the examples of Microsoft's documentation and the edges of each."""

import pytest

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[array(1)]", [1]),
        ("[array('efgh')]", ["efgh"]),
        ("[array(createObject('a', 'b'))]", [{"a": "b"}]),
        ("[array(createArray(1, 2))]", [1, 2]),
        ("[concat(createArray('1-1', '1-2'), createArray('2-1'))]", ["1-1", "1-2", "2-1"]),
        ("[concat('prefix', '-', 5, true())]", "prefix-5True"),
        ("[contains('OneTwoThree', 'e')]", True),
        ("[contains('OneTwoThree', 'E')]", False),
        ("[contains(createObject('one', 'a'), 'ONE')]", True),
        ("[contains(createObject('one', 'a'), 'a')]", False),
        ("[contains(createArray('one', 'two'), 'two')]", True),
        ("[contains(createArray(1, 2), '1')]", False),
        ("[createArray()]", []),
        ("[createArray('a', 1, createArray())]", ["a", 1, []]),
        ("[empty('')]", True),
        ("[empty(createArray())]", True),
        ("[empty(createObject())]", True),
        ("[empty(null())]", True),
        ("[empty(createArray(0))]", False),
        ("[first(createArray('one', 'two', 'three'))]", "one"),
        ("[first('One Two Three')]", "O"),
        ("[first('')]", ""),
        ("[flatten(createArray(createArray('a', 'b'), createArray('c'), createArray()))]", ["a", "b", "c"]),
        ("[indexOf(createArray('a', 'B', 'b'), 'b')]", 2),
        ("[lastIndexOf(createArray(1, 2, 1), 1)]", 2),
        ("[indexOf('test', 't')]", 0),
        ("[lastIndexOf('test', 't')]", 3),
        ("[indexOf('abcdef', 'CD')]", 2),
        ("[lastIndexOf('abcdef', 'AB')]", 0),
        ("[indexOf('abcdef', 'z')]", -1),
        ("[indexFromEnd(createArray('a', 'b', 'c'), 1)]", "c"),
        ("[tryIndexFromEnd(createArray('a', 'b', 'c'), 3)]", "a"),
        ("[tryIndexFromEnd(createArray('a', 'b', 'c'), 4)]", None),
        (
            "[intersection(createObject('one', 'a', 'two', 'b', 'three', 'c'),"
            " createObject('one', 'a', 'two', 'z', 'three', 'c'))]",
            {"one": "a", "three": "c"},
        ),
        ("[intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))]", ["two", "three"]),
        ("[join(createArray('one', 'two', 3), ';')]", "one;two;3"),
        ("[last(createArray('one', 'two', 'three'))]", "three"),
        ("[last('One Two Three')]", "e"),
        ("[length(createArray('one', 'two', 'three'))]", 3),
        ("[length('One Two Three')]", 13),
        ("[length(createObject('a', 1, 'b', 2))]", 2),
        ("[max(createArray(0, 3, 2, 5, 4))]", 5),
        ("[max(0, 3, 2, 5, 4)]", 5),
        ("[min(createArray(0, 3, 2, 5, 4))]", 0),
        ("[min(3, 2)]", 2),
        ("[range(5, 3)]", [5, 6, 7]),
        ("[range(5, 0)]", []),
        ("[range(-1, 3)]", [-1, 0, 1]),
        ("[skip(createArray('one', 'two', 'three'), 2)]", ["three"]),
        ("[skip('one two three', 4)]", "two three"),
        ("[skip('one', 9)]", ""),
        ("[skip('one', -1)]", "one"),
        ("[take(createArray('one', 'two', 'three'), 2)]", ["one", "two"]),
        ("[take('one two three', 2)]", "on"),
        ("[take('one', -1)]", ""),
        (
            "[union(createObject('one', 'a', 'three', 'c1'), createObject('three', 'c2', 'four', 'd'))]",
            {"one": "a", "three": "c2", "four": "d"},
        ),
        ("[union(createArray('one', 'two', 'three'), createArray('three', 'four'))]", ["one", "two", "three", "four"]),
        ("[union(createArray(1), createArray('1', true()))]", [1, "1", True]),
    ],
)
def test_evaluates_an_array_function(evaluated, expression, expected):
    found = evaluated(expression)
    assert (found, type(found)) == (expected, type(expected))


def test_union_merges_objects_deeply_and_replaces_arrays(evaluated):
    variables = {
        "first": {"property": {"one": "a", "three": "c1"}, "nestedArray": [1, 2]},
        "second": {"property": {"three": "c2", "four": "d"}, "nestedArray": [3, 4]},
    }
    found = evaluated("[union(variables('first'), variables('second'))]", variables=variables)
    assert found == {"property": {"one": "a", "three": "c2", "four": "d"}, "nestedArray": [3, 4]}


def test_union_of_arrays_leaves_the_arrays_in_them_whole(evaluated):
    variables = {"a": [["one", "two"], ["three"]], "b": [["three"], ["four", "two"]]}
    found = evaluated("[union(variables('a'), variables('b'))]", variables=variables)
    assert found == [["one", "two"], ["three"], ["four", "two"]]


@pytest.mark.parametrize(
    "expression",
    [
        "[concat('a', createArray('b'))]",
        "[length(5)]",
        "[empty(5)]",
        "[range(0, 10001)]",
        "[range(0, -1)]",
        "[skip(createArray(1), 'x')]",
        "[indexFromEnd(createArray(1), 2)]",
        "[indexFromEnd(createArray(1), 0)]",
        "[union(createArray(1), createObject())]",
        "[max()]",
        "[max(createArray())]",
        "[first()]",
        "[take('a', 1, 2)]",
    ],
)
def test_refuses_what_an_array_function_does_not_take(evaluated, expression):
    with pytest.raises((OutputsFailed, InvalidTemplate)):
        evaluated(expression)
