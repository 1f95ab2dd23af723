"""The script that takes an update off: it parses, nothing leaves its quotes, and it looks for the right packages."""

import random
from dataclasses import replace
from datetime import date

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

from azure_hotpatch.operations.rollback.removal import NotRemovableError, removal_of, script
from azure_hotpatch.operations.status.release_history import ReleaseHistory

RECORD = ReleaseHistory("2025", date(2026, 9, 20))
BAD = RECORD.of_kb("5122871")


def parsed(text: str) -> Node:
    return Parser(Language(tree_sitter_powershell.language())).parse(text.encode()).root_node


def nodes(node: Node) -> list[Node]:
    return [node, *(found for child in node.children for found in nodes(child))]


def test_it_is_powershell():
    assert not parsed(script(removal_of(BAD, RECORD))).has_error


def test_a_value_never_leaves_its_quotes():
    """Whatever a value is, the script has the same statements, and the value is one string of it."""
    rng, removal = random.Random(20260908), removal_of(BAD, RECORD)  # noqa: S311 - the same values each time
    whole = [node.type for node in nodes(parsed(script(removal)))]
    alphabet = "'\u2018\u2019\u201a\u201b\"`$();|&{}@\n\r\t #<>[]*?-aKB1\\\u00e4\U0001f512"
    for _ in range(300):
        value = "".join(rng.choices(alphabet, k=rng.randint(0, 24)))
        found = parsed(script(removal.model_copy(update={"kb": value, "named": value, "baseline": value})))
        shapes = [node.type for node in nodes(found)]
        quoted = value
        for mark in "'\u2018\u2019\u201a\u201b":
            quoted = quoted.replace(mark, mark * 2)
        assert f"$kb = '{quoted}'\n" in script(removal.model_copy(update={"kb": value}))
        if not set(value) & set(
            "\u2018\u2019\u201a\u201b"
        ):  # the grammar does not know them as quotes; PowerShell does
            assert shapes == whole, value


def test_a_cumulative_update_is_found_by_its_build_and_falls_back_on_the_last_baseline():
    removal = removal_of(BAD, RECORD)
    assert (removal.rollup, removal.good_build) == ("Package_for_*RollupFix*~26100.33438.*", "26100.33158")


def test_a_hotpatch_that_shares_its_build_is_found_by_its_number_alone():
    record = ReleaseHistory("2025", date(2025, 11, 1))
    assert removal_of(record.of_kb("5070893"), record).rollup == "-"
    assert removal_of(record.of_kb("5070881"), record).rollup != "-"


def test_another_baseline_may_be_named():
    assert removal_of(BAD, RECORD, "26100.32690").good_build == "26100.32690"
    with pytest.raises(NotRemovableError, match="is not a build"):
        removal_of(BAD, RECORD, "'; Restart-Computer; '")


def test_an_update_whose_build_is_not_recorded_is_not_taken_off():
    with pytest.raises(NotRemovableError, match="hotpatch calendar update"):
        removal_of(replace(BAD, revision=None), RECORD)
