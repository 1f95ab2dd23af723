"""String functions, with the examples of Microsoft's documentation and the edges of each."""

import pytest

from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[base64('one, two, three')]", "b25lLCB0d28sIHRocmVl"),
        ("[base64ToString('b25lLCB0d28sIHRocmVl')]", "one, two, three"),
        ('[base64ToJson(base64(\'{"one": "a", "two": "b"}\'))]', {"one": "a", "two": "b"}),
        ("[dataUri('Hello')]", "data:text/plain;charset=utf8;base64,SGVsbG8="),
        ("[dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')]", "Hello, World!"),
        ("[dataUriToString('data:text/plain,Hello%2C%20World!')]", "Hello, World!"),
        ("[endsWith('abcdef', 'ef')]", True),
        ("[endsWith('abcdef', 'F')]", True),
        ("[endsWith('abcdef', 'e')]", False),
        ("[startsWith('abcdef', 'ab')]", True),
        ("[startsWith('abcdef', 'A')]", True),
        ("[startsWith('abcdef', 'e')]", False),
        (
            "[format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)]",
            "Hello, User. Formatted number: 8,175,133",
        ),
        ("[format('vm{0:000}', 7)]", "vm007"),
        ("[format('{0:D4}|{0:X}|{0:x4}|{0:F1}|{0:N2}|{0:P0}', 255)]", "0255|FF|00ff|255.0|255.00|25,500%"),
        ("[format('[{0,5}|{0,-5}]', 42)]", "[   42|42   ]"),
        ("[format('{{0}} {0}', true())]", "{0} True"),
        ("[format('{0:#,##0.0#}', 12345)]", "12,345.0"),
        ("[format('{0}', createArray(1, 'a'))]", '[1,"a"]'),
        ("[padLeft('123', 10, '0')]", "0000000123"),
        ("[padLeft(7, 3)]", "  7"),
        ("[padLeft('12345', 3, '0')]", "12345"),
        ("[replace('123-123-1234', '-', '')]", "1231231234"),
        ("[replace('123-123-1234', '1234', 'xxxx')]", "123-123-xxxx"),
        ("[split('one,two,three', ',')]", ["one", "two", "three"]),
        ("[split('one;two,three', createArray(',', ';'))]", ["one", "two", "three"]),
        ("[split('one', '')]", ["one"]),
        ("[string(createObject('valueA', 10, 'valueB', 'Example Text'))]", '{"valueA":10,"valueB":"Example Text"}'),
        ("[string(createArray('a', 'b', 'c'))]", '["a","b","c"]'),
        ("[string(5)]", "5"),
        ("[string(false())]", "False"),
        ("[substring('one two three', 4, 3)]", "two"),
        ("[substring('one two three', 4)]", "two three"),
        ("[substring('abc', 3, 0)]", ""),
        ("[toLower('One Two Three')]", "one two three"),
        ("[toUpper('One Two Three')]", "ONE TWO THREE"),
        ("[trim('    one two three   ')]", "one two three"),
        (
            "[uri('http://contoso.com/resources/', 'nested/azuredeploy.json')]",
            "http://contoso.com/resources/nested/azuredeploy.json",
        ),
        (
            "[uri('http://contoso.com/resources/azuredeploy.json', 'nested/x.json')]",
            "http://contoso.com/resources/nested/x.json",
        ),
        ("[uri('http://contoso.com', 'x.json')]", "http://contoso.com/x.json"),
        (
            "[uriComponent('http://contoso.com/resources/nested/azuredeploy.json')]",
            "http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json",
        ),
        ("[uriComponentToString('http%3A%2F%2Fcontoso.com')]", "http://contoso.com"),
        ("[parseUri('https://contoso.com:8443/a?b=1').port]", 8443),
        (
            "[buildUri(createObject('scheme', 'https', 'host', 'contoso.com', 'path', 'a', 'query', 'b=1'))]",
            "https://contoso.com/a?b=1",
        ),
        ("[concat('it''s', ' fine')]", "it's fine"),
    ],
)
def test_evaluates_a_string_function(evaluated, expression, expected):
    found = evaluated(expression)
    assert (found, type(found)) == (expected, type(expected))


# The value is the one that Azure's own Terraform provider tests its uniqueString with.
def test_unique_strings_are_azures(evaluated):
    text = "[uniqueString('/subscriptions/00000000-0000-0000-0000-000000000000', 'resource-id')]"
    assert evaluated(text) == "cwvxuqg24sifi"


def test_unique_strings_have_13_characters_and_know_capitals(evaluated):
    found = {
        evaluated(f"[uniqueString('{text}')]") for text in ("", "a", "A", "abcdefgh", "abcdefghi", "abcdefghijklm")
    }
    assert len(found) == 6
    assert {len(text) for text in found} == {13}


def test_a_guid_depends_on_its_arguments_alone(evaluated):
    assert evaluated("[guid('a', 'b')]") == evaluated("[guid('a-b')]")
    assert evaluated("[guid('a')]") == "3703365d-5a9f-59b4-bca7-b9681389e4c1"
    assert evaluated("[guid('a')]") != evaluated("[guid('b')]")


def test_a_substring_beyond_the_end_is_refused_in_azures_words(evaluated):
    with pytest.raises(OutputsFailed) as refused:
        evaluated("[substring('1234567890', 0, 11)]")
    message = refused.value.details[0]["message"]
    assert "The index parameter: '0', the length parameter: '11', the length of the string parameter: '10'." in message


@pytest.mark.parametrize(
    "expression",
    [
        "[base64(5)]",
        "[base64ToString('%%%')]",
        "[base64ToJson(base64('{'))]",
        "[dataUriToString('no data')]",
        "[format('{1}', 'only one')]",
        "[format('{', 'x')]",
        "[format('{0:Q}', 1)]",
        "[padLeft('a', 5, 'xy')]",
        "[replace('a', '', 'b')]",
        "[split(createArray('a'), ',')]",
        "[toLower(5)]",
        "[guid()]",
        "[uniqueString(5)]",
        "[substring('abc', -1, 1)]",
    ],
)
def test_refuses_what_a_string_function_does_not_take(evaluated, expression):
    with pytest.raises(OutputsFailed):
        evaluated(expression)
