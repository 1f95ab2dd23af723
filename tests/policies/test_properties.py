"""Whatever is written, the reader does not fail, and what is not known never passes in silence."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records, template_records
from azure_hotpatch.policies.reading.templates.collections import COLLECTIONS
from azure_hotpatch.policies.reading.templates.dates import DATES
from azure_hotpatch.policies.reading.templates.lambdas import LAMBDAS
from azure_hotpatch.policies.reading.templates.networks import NETWORKS
from azure_hotpatch.policies.reading.templates.numbers import NUMBERS
from azure_hotpatch.policies.reading.templates.strings import STRINGS
from azure_hotpatch.policies.verdict import message, rulings
from tests.examples import examples
from tests.policies.machines import MACHINE, TEMPLATE
from tests.policies.routes import ROUTES, Route
from tests.policies.variations import SECRET, SIGNATURE, UNKNOWN, judged_leaves, leaves, put

CONFIG = parse_config({})
TODAY = date(2026, 6, 1)
MANY = settings(max_examples=examples(600), deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Names that the adapters look for, and others; a value of any kind may stand at each.
NAMES = sorted({str(step) for route in ROUTES for path in leaves(dict(route.props)) for step in path})
TOKENS = sorted({route.token for route in ROUTES})


def marked(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return values.map(lambda value: {SIGNATURE: SECRET, "value": value})


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5000),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([UNKNOWN, "[secret]", "true", "Uniform", "[parameters('x')]", "[variables('x')]", "{}", "[]"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=5), marked(inner)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8)
FUNCTIONS = sorted(
    {*COLLECTIONS, *STRINGS, *NUMBERS, *DATES, *NETWORKS, "if", "and", "or", "coalesce", "resourceId", "reference"}
)
LEAVES = ["'x'", "1", "parameters('p')", "parameters('s')", "variables('v')", "copyIndex()", "true()", "null()", "x"]
EXPRESSIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(FUNCTIONS), st.lists(inner, max_size=4)).map(
            lambda call: f"{call[0]}({', '.join(call[1])})"
        ),
        st.tuples(st.sampled_from(sorted(LAMBDAS)), inner, st.sampled_from(["lambdaVariables('y')", "1"]) | inner).map(
            lambda call: f"{call[0]}({call[1]}, lambda('y', {call[2]}))"
        ),
        inner.map(lambda value: f"{value}.sku"),
        inner.map(lambda value: f"{value}[0]"),
    ),
    max_leaves=8,
)
HUSH = "zq7-hush"
AROUND = {
    "parameters": {
        "p": {"type": "object", "defaultValue": {"sku": ["a"]}},
        "s": {"type": "secureString", "defaultValue": HUSH},
    },
    "variables": {
        "v": "[createArray(variables('w'), parameters('p').sku[0], parameters('s'))]",
        "w": "[variables('w')]",
    },
}


@MANY
@given(token=st.sampled_from(TOKENS), props=OBJECTS)
def test_no_properties_break_the_reader(token: str, props: Mapping[str, Any]) -> None:
    for ruling in rulings(records(Source(token, "vm", "urn", props)), CONFIG, TODAY):
        assert ruling.finding.verdict is not Verdict.CRASHED, message(ruling)
        assert "defect" not in ruling.finding.message


@MANY
@given(route=st.sampled_from(ROUTES), data=st.data())
def test_no_change_of_a_machine_breaks_the_reader(route: Route, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(leaves(route.good()))))
    length = data.draw(st.integers(1, len(path)))
    props = put(route.good(), path[:length], lambda _: data.draw(VALUES))
    for ruling in rulings(records(Source(route.token, "vm", "urn", props)), CONFIG, TODAY):
        assert ruling.finding.verdict is not Verdict.CRASHED, message(ruling)
        assert "defect" not in ruling.finding.message


@MANY
@given(route=st.sampled_from([route for route in ROUTES if not route.never]), data=st.data())
def test_unknown_values_are_told_whatever_else_is_unknown(route: Route, data: st.DataObject) -> None:
    judged = data.draw(st.sampled_from(judged_leaves(route.props)))
    others = data.draw(st.lists(st.sampled_from(list(leaves(route.good()))), max_size=4))
    props = route.good()
    for path in (judged, *others):
        props = put(props, path, lambda _: UNKNOWN)
    found = list(rulings(records(Source(route.token, "vm", "urn", props)), CONFIG, TODAY))
    assert any(ruling.finding.verdict is Verdict.UNVERIFIABLE for ruling in found), judged


@MANY
@given(route=st.sampled_from([route for route in ROUTES if not route.never]), data=st.data())
def test_a_violation_is_told_whatever_else_is_unknown(route: Route, data: st.DataObject) -> None:
    props = route.bad()
    source = Source(route.token, "vm", "urn", props)
    told = {ruling.finding.path for ruling in rulings(records(source), CONFIG, TODAY)}
    wrong = {ruling.rule.id for ruling in rulings(records(source), CONFIG, TODAY)}
    harmless = [
        path
        for path in leaves(props)
        if str(path[-1]) in ("adminUsername", "computerName", "location", "vmSize", "size", "rebootSetting")
    ]
    for path in data.draw(st.lists(st.sampled_from(harmless), max_size=3)) if harmless else ():
        props = put(props, path, lambda _: UNKNOWN)
    after = {ruling.rule.id for ruling in rulings(records(Source(route.token, "vm", "urn", props)), CONFIG, TODAY)}
    assert wrong <= after, told


def judged_as(expression: str) -> Record:
    """A machine whose `probe` is an expression."""
    properties = {**MACHINE, "probe": expression}
    (record,) = template_records({**AROUND, "resources": [{**TEMPLATE["resources"][0], "properties": properties}]})
    return record


@MANY
@given(expression=EXPRESSIONS, tail=st.sampled_from(["", ")", "(", "'", "[0", ".", ","]))
def test_no_expression_breaks_the_evaluation(expression: str, tail: str) -> None:
    judged_as(f"[{expression}{tail}]")


@MANY
@given(expression=EXPRESSIONS)
def test_no_expression_takes_the_seal_off_a_secret(expression: str) -> None:
    record = judged_as(f"[{expression}]")
    for path, value in record.leaves():
        if HUSH in f"{path} {value}".lower():
            assert record.shown(path) == "[secret]", (expression, path)


def sealed_somewhere(route: Route, data: st.DataObject) -> tuple[dict[str, Any], list[str]]:
    """A machine with one object, list or leaf sealed, and the texts in it that must not be printed."""
    props = route.good()
    texts = [path for path in leaves(props) if str(path[-1]) in _TEXTS]
    for number, path in enumerate(texts):
        props = put(props, path, lambda value, number=number: f"{value}-zq{number}")
    path = data.draw(st.sampled_from(texts))
    sealed = path[: data.draw(st.integers(1, len(path)))]
    hidden = [f"-zq{number}" for number, each in enumerate(texts) if each[: len(sealed)] == sealed]
    return put(props, sealed, lambda value: {SIGNATURE: SECRET, "value": value}), hidden


_TEXTS = frozenset({"publisher", "offer", "sku", "version", "vmSize", "patchMode", "assessmentMode", "rebootSetting"})
_ARM_BODIES = [route for route in ROUTES if "template" in route.props or {"body", "properties"} & set(route.props)]
_ARM_BODIES = [route for route in _ARM_BODIES if any(str(path[-1]) in _TEXTS for path in leaves(dict(route.props)))]


@MANY
@given(route=st.sampled_from(_ARM_BODIES), data=st.data())
def test_no_seal_is_lost_on_the_way_through_arms_own_form(route: Route, data: st.DataObject) -> None:
    props, hidden = sealed_somewhere(route, data)
    read = records(Source(route.token, "vm", "urn", props))
    for record in read:
        for path, value in record.leaves():
            if any(str(value).endswith(mark) for mark in hidden):
                assert record.shown(path) == "[secret]", path
    for ruling in rulings(read, CONFIG, TODAY):
        assert not any(f"{mark}'" in message(ruling) for mark in hidden), message(ruling)


@MANY
@given(body=VALUES, expression=EXPRESSIONS)
def test_no_template_breaks_the_walk(body: Any, expression: str) -> None:
    resource = {**TEMPLATE["resources"][0], "properties": {**MACHINE, "osProfile": f"[{expression}]"}}
    for template in ({"resources": body}, {"resources": [resource], "variables": body, "parameters": body}):
        for ruling in rulings(template_records(template), CONFIG, TODAY):
            assert ruling.finding.verdict is not Verdict.CRASHED, message(ruling)
        json.dumps([record.name for record in template_records(template)], default=str)


@pytest.mark.parametrize("depth", [50, 500, 5_000])
def test_depth_ends_in_what_cannot_be_read(depth: int) -> None:
    nested: Any = "end"
    for _ in range(depth):
        nested = {"osProfile": nested}
    found = records(Source("azure-native:compute:VirtualMachine", "vm", "urn", nested))
    assert found
    assert not found[0].unreadable.startswith("reading it failed")
