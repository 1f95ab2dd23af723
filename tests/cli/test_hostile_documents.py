"""A file from anywhere: it ends soon, with an exit code and words, never a traceback."""

import json
import random
from collections.abc import Iterator
from datetime import date
from time import process_time
from typing import Any

import pytest

from azure_hotpatch.cli.documents import read_document
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.judging import report_on
from azure_hotpatch.cli.reports import FORMATS
from azure_hotpatch.cli.reports import write as written
from azure_hotpatch.policies.config import parse_config
from tests.cli.conftest import MACHINE
from tests.policies.machines import TEMPLATE

TODAY = date(2026, 11, 24)
URN = f"urn:pulumi:prod::fleet::{MACHINE}::web"
ODD: tuple[Any, ...] = (
    None,
    5,
    -1,
    1.5,
    True,
    "",
    "x",
    "\ud800",
    [],
    [{}],
    [[5]],
    {},
    {"a": {}},
    {"": None},
    "[x]",
    "[",
)


@pytest.mark.parametrize(
    "text",
    [
        '{"steps": ["' + 'a\\"b' * 400_000,
        '{"steps": [' + "/*/" * 400_000,
        '{"steps": [/*' + "*" * 1_000_000,
        '{"steps": [' + "/" * 1_000_000,
        '{"steps": [' + ", " * 500_000 + "x",
        '{"steps": ["a", ' + " " * 1_000_000 + "x",
        '"' * 1_000_000,
        "{" * 1_000_000,
    ],
    ids=["escaped quotes", "comments", "stars", "slashes", "commas", "blanks", "quotes", "braces"],
)
def test_a_text_that_ends_early_is_refused_soon(text: str) -> None:
    began = process_time()
    with pytest.raises(Failure):
        read_document("a.json", text.encode())
    assert process_time() - began < 10


def test_what_templates_may_have_is_read() -> None:
    text = json.dumps({**TEMPLATE, "$schema": "x/deploymentTemplate.json#"}, indent=1)
    lenient = text.replace('"vm"', "\"[concat('v',\n 'm')]\"").replace("\n}", ", // the last\n}").replace("]", ",]")
    lenient = lenient.replace("[concat('v',\n 'm'),]", "[concat('v',\n 'm')]")
    (located,) = read_document("a.json", lenient.encode()).located
    assert located.record.name == "vm"


DAMAGED = [
    ({"propertyDependencies": {"resourceName": [{}]}}, "`propertyDependencies.resourceName` of urn"),
    ({"propertyDependencies": 5}, "`propertyDependencies` of urn"),
    ({"ignoreChanges": [5]}, "`ignoreChanges` of urn"),
    ({"inputs": [5]}, "`inputs` of urn"),
    ({"outputs": "x"}, "`outputs` of urn"),
    ({"type": {}}, "an entry of `deployment.resources` is not a resource"),
    ({"urn": 5}, "an entry of `deployment.resources` is not a resource"),
]


@pytest.mark.parametrize(("change", "words"), DAMAGED)
def test_a_damaged_resource_is_refused_by_its_urn(change: Any, words: str, check: Any, write: Any) -> None:
    state = {"type": MACHINE, "urn": URN, "inputs": {}, **change}
    outcome = check(write("a.json", {"version": 3, "deployment": {"resources": [state]}}))
    assert (outcome.code, outcome.out) == (3, "")
    assert words in outcome.err


def test_half_a_character_in_a_place_is_a_question_mark(hotpatch: Any, write: Any, preview: Any, vm: Any) -> None:
    document = preview(vm({"storageProfile": None}, sourcePosition="project:///a\ud800.py#3,1"))
    for form in FORMATS:
        outcome = hotpatch("check", write("a.json", json.dumps(document).encode()), "--format", form)
        assert outcome.code == 1, form


def documents() -> dict[str, Any]:
    machine = TEMPLATE["resources"][0]["properties"]
    state = {
        "type": MACHINE,
        "urn": URN,
        "inputs": machine,
        "outputs": {},
        "sourcePosition": "project:///a.py#1,1",
        "propertyDependencies": {"osProfile": [URN]},
        "ignoreChanges": ["tags"],
    }
    assignment = {
        "type": "azure-native:maintenance:ConfigurationAssignment",
        "urn": URN.replace("web", "assigned"),
        "inputs": {"resourceName": "web", "filter": {"tagSettings": {"tags": {"a": ["b"]}}}},
        "propertyDependencies": {"resourceName": [URN]},
    }
    resource = {**TEMPLATE["resources"][0], "copy": {"name": "c", "count": 2}, "condition": "[parameters('p')]"}
    return {
        "preview": {"steps": [{"op": "create", "newState": state}], "changeSummary": {"create": 1}, "diagnostics": []},
        "state": {"version": 3, "deployment": {"resources": [state, assignment], "manifest": {}}},
        "template": {
            **TEMPLATE,
            "parameters": {"p": {"type": "bool", "defaultValue": True}},
            "variables": {"copy": [{"name": "v", "count": 2, "input": "[copyIndex('v')]"}]},
            "functions": [
                {"namespace": "n", "members": {"f": {"parameters": [{"name": "x"}], "output": {"value": 1}}}}
            ],
            "resources": [resource, {"type": "Microsoft.Resources/deployments", "properties": {"template": TEMPLATE}}],
        },
        "what-if": {
            "changes": [{"resourceId": "/x", "changeType": "Create", "after": resource}],
            "status": "Succeeded",
        },
    }


def spoilt(value: Any, dice: random.Random) -> Any:
    """The same with one value, anywhere in it, replaced by an odd one."""
    if not isinstance(value, dict | list) or not value or dice.random() < 0.1:
        return dice.choice(ODD)
    if isinstance(value, list):
        at = dice.randrange(len(value))
        return [spoilt(item, dice) if index == at else item for index, item in enumerate(value)]
    chosen = dice.choice(list(value))
    return {key: spoilt(child, dice) if key == chosen else child for key, child in value.items()}


def reports(data: bytes) -> Iterator[str]:
    report = report_on([read_document("a.json", data)], parse_config({}), TODAY, adoption=True)
    yield from (written(form, report) for form in FORMATS)


@pytest.mark.parametrize("kind", documents())
def test_no_value_in_a_document_ends_in_a_traceback(kind: str) -> None:
    dice = random.Random(kind)  # noqa: S311 - it chooses what to spoil
    answers = [_answer(spoilt(spoilt(documents()[kind], dice), dice)) for _ in range(150)]
    refused = [answer for answer in answers if answer.startswith("a.json ")]
    assert 0 < len(refused) < len(answers)


def _answer(document: Any) -> str:
    try:
        return "".join(reports(json.dumps(document).encode()))
    except Failure as failure:
        return str(failure)
