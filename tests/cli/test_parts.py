"""A JSON text in parts is the document that json.loads makes of it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azure_hotpatch.cli.documents.parts import ELEMENT, parts
from tests.examples import examples

_KEYS = st.sampled_from(["a", "b", "resources", 'quo"te', "é", ""])
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_DOCUMENTS = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12
)
_PATHS = st.frozensets(st.lists(_KEYS | st.just(ELEMENT), max_size=3).map(tuple), max_size=6)


def _whole(document, opened, path=()):
    """What `parts` should give: each value with its path, containers in `opened` by their members."""
    if path in opened and document and isinstance(document, dict):
        for key, value in document.items():
            yield from _whole(value, opened, (*path, key))
    elif path in opened and document and isinstance(document, list):
        for value in document:
            yield from _whole(value, opened, (*path, ELEMENT))
    else:
        yield path, document


@settings(max_examples=examples(300), deadline=None)
@given(_DOCUMENTS, _PATHS, st.sampled_from([None, 0, 2, "\t"]))
def test_gives_every_value_once_in_order_wherever_it_is_opened(document, opened, indent):
    text = json.dumps(document, indent=indent)
    found = list(parts(text, opened | {()}))
    assert [(part.path, part.value) for part in found] == list(_whole(document, opened | {()}))
    assert all(json.JSONDecoder().raw_decode(text, part.offset)[0] == part.value for part in found)


@settings(max_examples=examples(300), deadline=None)
@given(_DOCUMENTS, _PATHS, st.data())
def test_refuses_what_json_refuses(document, opened, data):
    text = json.dumps(document, indent=1)
    cut = data.draw(st.integers(0, len(text) - 1))
    broken = text[:cut] + data.draw(st.sampled_from(["", ",", "}", "]", "x", '"'])) + text[cut + 1 :]
    try:
        expected = json.loads(broken)
    except json.JSONDecodeError:
        with pytest.raises(json.JSONDecodeError):
            list(parts(broken, opened | {()}))
    else:
        assert [part.value for part in parts(broken, ())] == [expected]


def test_an_empty_container_that_is_opened_is_given_itself():
    assert [(part.path, part.value) for part in parts('{"a": { }, "b": [\n]}', {(), ("a",), ("b",)})] == [
        (("a",), {}),
        (("b",), []),
    ]
