"""How expressions are taken apart: what is one, what it names, what is said where it is none."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed
from azure_hotpatch.emulator.arm.templates.syntax import parse_expression


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("[[not an expression]", "[not an expression]"),
        ("[not closed", "[not closed"),
        ("[ concat ( 'a' ,\n 'b' ) ]", "ab"),
        ("[CONCAT('a', 'B')]", "aB"),
        ("[createObject('a', createArray(10, 20)).a[1]]", 20),
        ("[createObject('a', createObject('B', 5))['A'].b]", 5),
        ("[variables('odd name')['x y']]", 1),
        ("[-5]", -5),
        ("['text']", "text"),
    ],
)
def test_evaluates(evaluated, text, expected):
    assert evaluated(text, variables={"odd name": {"x y": 1}}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[concat('a',]",
        "[concat('a'",
        "[concat 'a')]",
        "[a b()]",
        "[concat('a')) ]",
        "[5.5]",
        "[concat(',)]",
        "[x]",
        "[.a]",
    ],
)
def test_refuses_what_is_no_expression(text):
    with pytest.raises(ExpressionError):
        parse_expression(text)


@given(st.text(alphabet="abc'()[],. 0129-\n", max_size=30))
def test_any_text_is_parsed_or_refused(text):
    with contextlib.suppress(ExpressionError):
        parse_expression(f"[{text}]")


def _message(refused):
    return refused.value.details[0]["message"]


def test_says_which_members_there_are_where_one_is_missing(evaluated):
    with pytest.raises(OutputsFailed) as refused:
        evaluated("[resourceGroup().size]")
    assert "The language expression property 'size' doesn't exist, available properties are" in _message(refused)


def test_says_which_index_is_out_of_bounds(evaluated):
    with pytest.raises(OutputsFailed) as refused:
        evaluated("[createArray(1)[1]]")
    assert "The language expression property array index '1' is out of bounds." in _message(refused)


def test_an_unknown_function_is_refused_by_name(evaluated):
    with pytest.raises(OutputsFailed) as refused:
        evaluated("[frobnicate('a')]")
    assert "The template function 'frobnicate' is not valid." in _message(refused)


def test_the_number_of_arguments_is_checked(evaluated):
    with pytest.raises(OutputsFailed) as refused:
        evaluated("[toLower('a', 'b')]")
    assert "function requires 1 argument(s) while 2 were provided" in _message(refused)


def test_an_expression_may_name_a_member(outputs, template):
    whole = template(
        variables={"tag": "owner"},
        outputs={"it": {"type": "object", "value": {"[variables('tag')]": "[toUpper('x')]"}}},
    )
    assert outputs(whole) == {"it": {"owner": "X"}}


@pytest.mark.parametrize("text", [f"[{'concat(' * 100}'a'{')' * 100}]", f"['{'a' * 25_000}']"])
def test_an_expression_beyond_the_limits_is_refused(evaluated, text):
    with pytest.raises((OutputsFailed, InvalidTemplate)):
        evaluated(text)


FUNCTIONS = [
    {
        "namespace": "contoso",
        "members": {
            "name": {
                "parameters": [{"name": "prefix", "type": "string"}],
                "output": {"type": "string", "value": "[concat(toLower(parameters('prefix')), '-vm')]"},
            },
            "twice": {
                "parameters": [{"name": "x", "type": "string"}],
                "output": {"type": "string", "value": "[concat(contoso.name(parameters('x')), parameters('x'))]"},
            },
            "sees": {"output": {"type": "string", "value": "[variables('outside')]"}},
            "itself": {"output": {"type": "string", "value": "[contoso.itself()]"}},
        },
    }
]


def test_a_template_has_functions_of_its_own(evaluated):
    assert evaluated("[contoso.name('WEB')]", functions=FUNCTIONS) == "web-vm"
    assert evaluated("[Contoso.Twice('A')]", functions=FUNCTIONS) == "a-vmA"


@pytest.mark.parametrize("call", ["contoso.sees()", "contoso.itself()", "contoso.name()", "contoso.none()"])
def test_a_function_of_a_template_sees_its_own_parameters_alone(evaluated, call):
    with pytest.raises(OutputsFailed):
        evaluated(f"[{call}]", functions=FUNCTIONS, variables={"outside": "x"})
