"""Azure's limits of a query, and what keeps a hostile one from holding up the emulator."""

import time

import pytest

JOIN = " | join kind=inner (t | project n) on n"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("t" + JOIN * 4, "at most 3 joins, not 4"),
        ("t | join (t | join (t | join (t | join t on n) on n) on n) on n", "at most 3 joins"),
        ("t" + " | mv-expand d" * 4, "at most 3 mv-expand, not 4"),
        ("t | mv-expand d limit 401", "at most 400"),
        ("union t, t, t, t", "at most 3 legs of a union, not 4"),
        ("t" + " | union t" * 4, "at most 3 legs of a union, not 4"),
        ("t | where " + "(" * 70 + "true" + ")" * 70, "nested more than 60 deep"),
        ("t | project v = " + "-" * 5000 + "1", "nested more than 60 deep"),
        ("t | project v = " + "+".join(["1"] * 5000), "nested more than 60 deep"),
        ("t | project v = d" + "[0]" * 5000, "nested more than 60 deep"),
        ("t | project v = " + "not(" * 5000, "nested more than 60 deep"),
        ("t | project v = dynamic(" + "[" * 5000, "nested more than 60 deep"),
        ("(" * 5000 + "t", "nested more than 60 deep"),
        ("t | where name == '" + "x" * 140_000 + "'", "more than 131072 characters"),
        ("t | extend a = 'aaaaaaaaaaaaaaaa'" + " | extend a = strcat(a, a, a, a)" * 12, "1048576 characters"),
        ("t | extend a = dynamic([1])" + " | extend a = pack_array(a, a, a, a)" * 12, "1048576 characters"),
        ("t | extend a = dynamic([1])" + " | extend a = array_concat(a, a, a, a)" * 12, "1048576 characters"),
        (
            "t | extend a = 'aaaaaaaaaaaaaaaa'" + " | extend a = replace_string(a, 'a', 'aaaaaaaaaaaaaaaaaaaa')" * 6,
            "1048576 characters",
        ),
        ("t | extend a = 'aaaa'" + " | extend a = replace_regex(a, '.+', @'\\0\\0\\0\\0')" * 12, "1048576 characters"),
    ],
)
def test_is_refused_at_once(refused, query, words):
    started = time.process_time()
    detail = refused(query)
    assert words in detail["message"]
    assert time.process_time() - started < 5


@pytest.mark.slow
def test_rows_that_multiply_are_stopped(refused):
    started = time.process_time()
    many = "t | extend k = 1, l = dynamic([" + ",".join("1" * 400) + "]) | mv-expand l limit 400"
    crossed = f"{many} | join kind=inner ({many}) on k"
    assert "more than 1000000 rows" in refused(crossed)["message"]
    assert time.process_time() - started < 20


@pytest.mark.slow
def test_tables_that_are_named_and_doubled_are_stopped(monkeypatch, refused):
    """Were the legs not counted, the work would be."""
    monkeypatch.setattr("azure_hotpatch.emulator.arm.graph.kql.evaluation.MOST_LEGS", 1000)
    started = time.process_time()
    for first in ("t", "t | where false"):
        doubled = "".join(f"let a{n + 1} = union a{n}, a{n};" for n in range(60))
        assert "too much work" in refused(f"let a0 = {first} | take 3;{doubled} a60 | count")["message"]
    assert time.process_time() - started < 20


def test_values_that_are_named_are_worked_out_once(kql):
    doubled = "".join(f"let a{n + 1} = iff(now() > ago(1d) and a{n} >= 0, a{n} + 0, a{n});" for n in range(60))
    assert kql(f"let a0 = 7;{doubled} one | project v = a60").only == 7


def test_long_chains_of_conditions_are_fine(kql):
    terms = " or ".join(f"name == 'm{number}'" for number in range(3000))
    assert kql(f"t | where {terms} or n == 1 | count").only == 1
    assert kql("t" + " | where n >= 0" * 1000 + " | count").only == 2


def test_a_pattern_takes_linear_time(kql):
    text = "a" * 5000 + "!"
    started = time.process_time()
    assert kql(f"one | where '{text}' matches regex '^(a+)+$' | count").only == 0
    assert kql(f"one | project v = extract('(a|aa)+$', 1, '{text}')").only == ""
    assert time.process_time() - started < 2


def test_has_takes_linear_time(kql):
    text = "ab" * 50_000
    started = time.process_time()
    assert kql(f"one | where '{text}' has 'ab' | count").only == 0
    assert time.process_time() - started < 2


@pytest.mark.parametrize("mark", ["'", '"', "@'", '@"', "//", "datetime(", "1" * 1000, "\\", "h"])
def test_the_lexer_takes_linear_time(refused, mark):
    started = time.process_time()
    refused("t | where " + (mark * 60_000)[:120_000])
    assert time.process_time() - started < 5
