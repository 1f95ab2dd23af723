"""What a plan knows of a value, what it leaves to the provider, and what it marks as sensitive."""

from collections.abc import Mapping
from typing import Any

import pytest

from azure_hotpatch.cli.documents.terraform.values import UNSEEN, ResourceValues, StatedBlock
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed

CONSTANT = {"constant_value": "x"}
REFERENCE = {"references": ["azurerm_image.golden.id", "azurerm_image.golden"]}


def read(written: Any, unknown: Any = None, sensitive: Any = None, stated: Any = UNSEEN, null: Any = None) -> Any:
    return ResourceValues(unknown, sensitive, stated, lambda expression: expression is null).of(written)


def spelled(value: Any) -> Any:
    """The same with `?` for what is not known, for it is equal to nothing."""
    if isinstance(value, Unknown):
        return "?"
    if isinstance(value, Sealed):
        return Sealed(spelled(value.value))
    if isinstance(value, Mapping):
        return {name: spelled(each) for name, each in value.items()}
    return [spelled(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        (StatedBlock(), {}),
        (StatedBlock(patch_mode=REFERENCE), {"patch_mode": "?"}),
        (StatedBlock(patch_mode={}), {"patch_mode": "?"}),  # a call of a function
        (StatedBlock(patch_mode=[CONSTANT]), {"patch_mode": "?"}),
        (UNSEEN, {"patch_mode": "?"}),
    ],
)
def test_what_is_not_written_is_for_the_provider_to_compute(stated: Any, value: Any) -> None:
    assert spelled(read({}, {"patch_mode": True}, stated=stated)) == value


def test_a_value_that_was_null_is_for_the_provider_to_compute() -> None:
    stated = StatedBlock(patch_mode=REFERENCE)
    assert read({}, {"patch_mode": True}, stated=stated, null=REFERENCE) == {}


def test_a_block_that_is_made_by_an_unknown_dynamic_block_is_unknown() -> None:
    blocks = {"source_image_reference": True, "extension": True}
    assert spelled(read({}, blocks, stated=StatedBlock(name=CONSTANT))) == {"source_image_reference": "?"}


def test_a_leaf_of_a_block_is_unknown_alone() -> None:
    written = {"os_disk": [{"caching": "None", "size": None}]}
    stated = StatedBlock(os_disk=[{"caching": CONSTANT, "name": REFERENCE}])
    read_ = spelled(read(written, {"os_disk": [{"name": True, "id": True}]}, stated=stated))
    assert read_ == {"os_disk": [{"caching": "None", "name": "?"}]}


def test_what_one_block_of_a_set_states_counts_for_all() -> None:
    """A set is in another order in the values than in the configuration."""
    stated = StatedBlock(extension=[{"name": CONSTANT}, {"name": CONSTANT, "type": REFERENCE}])
    unknown = {"extension": [{"type": True, "id": True}, {}]}
    read_ = spelled(read({"extension": [{"name": "b"}, {"name": "a"}]}, unknown, stated=stated))
    assert read_ == {"extension": [{"name": "b", "type": "?"}, {"name": "a"}]}


def test_an_element_of_a_list_or_map_that_is_unknown_is_unknown_alone() -> None:
    stated = StatedBlock(zones=REFERENCE, body=REFERENCE)
    written = {"zones": ["1", None], "body": {"properties": {"a": 1}}}
    unknown = {"zones": [False, True], "body": {"properties": {"b": True}}}
    read_ = spelled(read(written, unknown, stated=stated))
    assert read_ == {"zones": ["1", "?"], "body": {"properties": {"a": 1, "b": "?"}}}


@pytest.mark.parametrize(
    ("sensitive", "value"),
    [
        (False, {"a": [{"b": 1}], "c": 2}),
        ({}, {"a": [{"b": 1}], "c": 2}),
        ({"c": True}, {"a": [{"b": 1}], "c": Sealed(2)}),
        ({"a": [{"b": True}]}, {"a": [{"b": Sealed(1)}], "c": 2}),
        ({"a": True}, {"a": Sealed([{"b": 1}]), "c": 2}),
        (True, {"a": Sealed([{"b": 1}]), "c": Sealed(2)}),
    ],
)
def test_seals_what_is_sensitive(sensitive: Any, value: Any) -> None:
    assert read({"a": [{"b": 1}], "c": 2}, sensitive=sensitive) == value


@pytest.mark.parametrize("marks", [None, 5, "x", [], [5], {"a": 5}, {"a": "x"}, {"a": [5, 6]}, {"a": {"b": 5}}])
def test_odd_marks_change_nothing(marks: Any) -> None:
    written = {"a": [{"b": 1}], "c": 2}
    assert read(written, unknown=marks, sensitive=marks) == written
