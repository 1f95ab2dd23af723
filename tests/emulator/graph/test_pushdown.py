"""Which types a query can be about is read from its first conditions, and never too narrowly."""

import pytest

from azure_hotpatch.emulator.arm.graph.kql.pushdown import types
from azure_hotpatch.emulator.arm.graph.kql.statements import parse_query


@pytest.mark.parametrize(
    ("pipe", "expected"),
    [
        ("where type == 'a/b'", {"a/b"}),
        ("where ['type'] =~ 'A/B' and name == 'x'", {"a/b"}),
        ("where type in~ ('A', 'b')", {"a", "b"}),
        ("where type == 'a' or type == 'b' or type in ('c')", {"a", "b", "c"}),
        ("where name == 'x' | where type == 'a' | where type in ('a', 'b')", {"a"}),
        ("where type == 'a' and type == 'b'", set()),
        ("where type == 'a' or name == 'x'", None),
        ("where name == 'x' or type == 'a'", None),
        ("where type != 'a'", None),
        ("where type !in ('a')", None),
        ("where type has 'a'", None),
        ("where not(type == 'a')", None),
        ("where tolower(type) == 'a'", None),
        ("where type in ('a', name)", None),
        ("extend type = 'a' | where type == 'a'", None),
        ("take 3 | where type == 'a'", None),
        ("count", None),
    ],
)
def test_the_types_of(pipe, expected):
    assert types(parse_query(f"t | {pipe}").pipe.operators) == expected
