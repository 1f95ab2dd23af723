"""Bodies of deployments that are no JSON, as the Azure CLI pastes them together; elsewhere they are refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.emulator.arm.deployments import lenient
from azure_hotpatch.emulator.arm.protocol.errors import InvalidRequestContent

PASTED = """{"properties": {"parameters": {}, "mode": "Incremental", template:{
  // a comment, and an expression on several lines
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "diskName": { "type": "string", "defaultValue": "cdisk" } },
  "resources": [ /* one */
    { "type": "Microsoft.Compute/disks", "apiVersion": "2024-03-02", "name": "[concat(
         parameters('diskName'), '-x')]", "location": "[resourceGroup().location]",
      "properties": { "diskSizeGB": 4, "creationData": { "createOption": "Empty" } }, },
  ]
}}}"""


def test_a_deployment_takes_what_the_cli_pastes(arm, deployments, provider):
    answer = arm.put(deployments.path("first"), PASTED.encode())
    assert answer.status_code == 201, answer.text
    assert deployments.follow(answer) == {"status": "Succeeded"}
    assert arm.get(provider("Microsoft.Compute/disks/cdisk-x")).status_code == 200


@pytest.mark.parametrize("action", ["validate", "whatIf"])
def test_validation_and_what_if_take_it_too(arm, deployments, action):
    assert arm.post(f"{deployments.path('first')}/{action}", PASTED.encode()).status_code in {200, 202}


def test_another_path_refuses_it(arm, provider):
    answer = arm.put(provider("Microsoft.Compute/disks/a"), b"{location: 'westeurope'}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidRequestContent")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{a: 1, 'b': [1.5, -2, 2.0, 1e3,], \"c\": null, $d: true}",
            {"a": 1, "b": [1.5, -2, 2, 1000], "c": None, "$d": True},
        ),
        ('"a\nb\\n\\u0041\\"\\/"', 'a\nb\nA"/'),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ("'it is'", "it is"),
        ("/* a */ [] // b", []),
        ("false", False),
    ],
)
def test_reads(text, expected):
    assert lenient.parse_body(text) == expected


@pytest.mark.parametrize(
    "text", ["", "{", "[1 2]", "{a 1}", "{'a': }", "nothing", "'open", "{} {}", "/* open", "\\", '"\\u12"']
)
def test_refuses_the_rest(text):
    with pytest.raises(InvalidRequestContent):
        lenient.parse_body(text)


def test_says_the_line_and_not_what_stands_there(arm, deployments):
    answer = arm.put(deployments.path("first"), b'{"a": 1,\n "password" "Sec-ret"}')
    message = answer.json()["error"]["message"]
    assert (answer.status_code, "line 2" in message, "Sec-ret" in message) == (400, True, False)


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000])
def test_a_body_that_is_nested_without_end_is_refused(arm, deployments, text):
    assert arm.put(deployments.path("first"), text.encode()).status_code == 400


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(VALUES, st.booleans())
def test_json_means_what_it_means(value, ascii_only):
    assert lenient.parse_body(json.dumps(value, ensure_ascii=ascii_only)) == value
