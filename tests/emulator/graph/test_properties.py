"""Whatever text is asked, the answer is rows or a refusal."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azure_hotpatch.emulator.arm.graph.kql.aggregates import AGGREGATES
from azure_hotpatch.emulator.arm.graph.kql.evaluation import run
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.kql.functions import ALIASES, FUNCTIONS
from azure_hotpatch.emulator.arm.graph.kql.refusals import QueryRefused
from azure_hotpatch.emulator.arm.graph.kql.statements import OPERATORS
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import answered, to_string
from tests.examples import examples

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KINDS = {"s": Type.STRING, "n": Type.LONG, "x": Type.REAL, "b": Type.BOOL, "w": Type.DATETIME, "p": Type.TIMESPAN}
COLUMNS = {**KINDS, "d": Type.DYNAMIC}
ROWS = [
    {
        "s": "Web-1",
        "n": 1,
        "x": 1.5,
        "b": True,
        "w": NOW,
        "p": NOW - datetime(2026, 1, 1, tzinfo=UTC),
        "d": {"a": [1, "x"]},
    },
    {"s": "", "n": None, "x": None, "b": None, "w": None, "p": None, "d": None},
    {
        "s": "{}",
        "n": -(2**63),
        "x": float("inf"),
        "b": False,
        "w": datetime.min.replace(tzinfo=UTC),
        "p": None,
        "d": [1, {}],
    },
]
WORDS = st.sampled_from(
    [
        *OPERATORS, *FUNCTIONS, *ALIASES, *AGGREGATES, *COLUMNS, "t", "by", "on", "with", "kind", "let", "asc", "nulls",
        "|", "(", ")", "[", "]", ",", ".", "=", "==", "=~", "!", "-", "*", "..", ":", ";", "and", "or", "in", "in~",
        "'a'", '"/"', "1", "2.5", "7d", "null", "true", "dynamic", "datetime(null)", "$left", "$right", "typeof",
    ]
)  # fmt: skip


def outcome(query):
    """Run a query; what is neither rows nor a refusal raises."""
    try:
        found = run(query, lambda name, _types: Frame(dict(COLUMNS), list(ROWS)) if name == "t" else None, NOW)
    except QueryRefused as refused:
        detail = refused.detail(query)
        assert detail["code"]
        assert detail["message"]
        return None
    for row in found.rows:
        assert set(row) == set(found.columns)
        for name, kind in found.columns.items():
            assert kind is not Type.STRING or isinstance(row[name], str)
            to_string(answered(row[name]))
    return found


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_text_is_answered_or_refused(query):
    outcome(query)


@given(st.lists(WORDS, max_size=25))
@settings(max_examples=examples(400), deadline=None)
def test_any_words_are_answered_or_refused(words):
    outcome(" ".join(words))


@given(st.lists(WORDS, max_size=20))
@settings(max_examples=examples(400), deadline=None)
def test_any_pipe_is_answered_or_refused(words):
    outcome("t | " + " ".join(words))


ATOMS = st.sampled_from(
    [*COLUMNS, "d.a", "d.a[0]", "1", "-1", "0", "2.5", "'x'", "''", "true", "7d", "now()", "long(null)", "dynamic([1])"]
)
SIGNS = st.sampled_from(["==", "!=", "<", ">=", "=~", "has", "contains", "+", "-", "*", "/", "%", "and", "or", "!has"])


def larger(inner):
    calls = st.tuples(st.sampled_from(sorted({*FUNCTIONS, *ALIASES})), st.lists(inner, max_size=4))
    return st.one_of(
        st.tuples(inner, SIGNS, inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        calls.map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.tuples(inner, inner).map(lambda parts: f"{parts[0]}[{parts[1]}]"),
    )


EXPRESSIONS = st.recursive(ATOMS, larger, max_leaves=8)


@pytest.mark.slow
@given(EXPRESSIONS)
@settings(max_examples=examples(1500), deadline=None)
def test_any_expression_is_answered_or_refused(expression):
    outcome(f"t | project v = {expression}")


@given(st.sampled_from(sorted(AGGREGATES)), st.lists(EXPRESSIONS, max_size=3), st.sampled_from(sorted(KINDS)))
@settings(max_examples=examples(400), deadline=None)
def test_any_aggregate_is_answered_or_refused(name, arguments, key):
    outcome(f"t | summarize v = {name}({', '.join(arguments)}) by {key}")


@given(st.sampled_from(sorted(KINDS)), st.sampled_from(["inner", "leftouter", "fullouter", "innerunique"]))
@settings(deadline=None)
def test_a_join_has_a_row_for_each_pair(key, kind):
    found = outcome(f"t | join kind={kind} t on {key}")
    assert found is not None
    assert all(row[key] == row[f"{key}1"] for row in found.rows if kind == "inner")
