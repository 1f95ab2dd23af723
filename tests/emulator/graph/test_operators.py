"""The operators of expressions: comparisons, strings, lists, sums, and what null and dynamic make of them."""

import pytest


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # == is case-sensitive, =~ is not
        *(("name == 'web-1'", False), ("name =~ 'WEB-1'", True), ("name != 'web-1'", True), ("name !~ 'WEB-1'", False)),
        *(("name < 'Xyz'", True), ("n <> 2", True), ("x >= 1.5", True), ("n == 1.0", True)),
        # a dynamic is compared by the type of the other side
        *(("d.flag == 'true'", True), ("d.flag == true", True), ("d.flag == 1", True), ("d.n == '3'", True)),
        *(
            ("d.n == 3", True),
            ("d.n < 3.5", True),
            ("3 == d.n", True),
            ("d.s == 'Ready'", True),
            ("d.s == 'ready'", False),
        ),
        *(("d.at > ago(7d)", True), ("d.at < datetime(2026-11-19T06:30:00Z)", False), ("d.s > 5", None)),
        *(("d.list == '[1,\"b\"]'", True), ("d.s =~ 'READY'", True)),
        # null: equal to nothing, different from every value
        *(("long(null) == 1", False), ("long(null) != 1", True), ("long(null) == long(null)", None)),
        *(("long(null) > 1", None), ("d.nothing == 1", False), ("d.nothing != 'x'", True), ("d.nothing == ''", True)),
        *(
            ("long(null) > 1 or n == 1", True),
            ("long(null) > 1 and n == 1", None),
            ("long(null) > 1 and n == 2", False),
        ),
    ],
)
def test_compares(value, expression, expected):
    assert value(expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # has looks for a whole term, contains for any part
        *(("'Microsoft.Compute/virtualMachines' has 'compute'", True), ("'Microsoft.Compute' has 'comp'", False)),
        *(("'Microsoft.Compute' contains 'COMP'", True), ("'a-b c' has 'b c'", True), ("'ab' has ''", True)),
        *(
            ("'web10' has 'web1'", False),
            ("'myweb' has 'web'", False),
            ("'myweb web' has 'web'", True),
            ("'web1 web10' has 'WEB10'", True),
            ("'a_b' has 'a'", True),
        ),
        *(("'abc' has_cs 'ABC'", False), ("'abc' contains_cs 'AB'", False), ("'abc def' hasprefix 'DE'", True)),
        *(("'abc def' hassuffix 'BC'", True), ("'abc' startswith 'AB'", True), ("'abc' startswith_cs 'AB'", False)),
        *(("'abc' endswith 'BC'", True), ("'abc' !endswith 'BC'", False), ("'abc' !has 'abd'", True)),
        *(("'abc' !contains 'x'", True), ("'abc' !startswith 'a'", False), ("'abc' matches regex '^a.c$'", True)),
        *(("'ABC' matches regex 'abc'", False), ("'ABC' matches regex '(?i)abc'", True)),
        # of a dynamic its JSON is searched, names of members too
        *(("d has 'flag'", True), ("d.list contains 'b'", True), ("d.nothing !has 'x'", True), ("d.bag has 'v'", True)),
        *(("name in ('web-1', 'x')", False), ("name in~ ('web-1', 'x')", True), ("name !in ('x')", True)),
        *(("name !in~ ('WEB-1')", False), ("n in (1, 2)", True), ("d.s in ('Ready')", True), ("d.n in (3)", True)),
        *(("name in (dynamic(['Web-1']))", True), ("n in ()", False), ("name has_any ('db', 'WEB')", True)),
        *(("name has_all ('web', '1')", True), ("name has_all ('web', '2')", False)),
        *(("n between (1 .. 2)", True), ("n !between (1 .. 2)", False), ("long(null) between (1 .. 2)", None)),
        *(("when between (datetime(2026-11-19) .. 1d)", True), ("d.n between (4 .. 5)", False)),
    ],
)
def test_searches(value, expression, expected):
    assert value(expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        *(("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("7 / 2", 3), ("-7 / 2", -3), ("7 / 2.0", 3.5), ("-7 % 3", 2)),
        *(("1 / 0", None), ("1.0 / 0", None), ("n - long(null)", None), ("-n", -1), ("2 - -1", 3)),
        *(("9223372036854775807 + 1", -9223372036854775808), ("0x10", 16), ("1e3", 1000.0)),
        *(("datetime(2026-01-02) - datetime(2026-01-01)", "1.00:00:00"), ("2 * 1h", "02:00:00"), ("3h / 1h", 3.0)),
        *(
            ("datetime(2026-01-02) + 1d", "2026-01-03T00:00:00.0000000Z"),
            ("1h + 30m", "01:30:00"),
            ("1d / 2", "12:00:00"),
        ),
        *(
            ("long(-5)", -5),
            ("int(null)", None),
            ("bool(true)", True),
            ("real(1.5)", 1.5),
            ("timespan(1.02:00:00)", "1.02:00:00"),
        ),
        *(("'a\\tb\\u0041'", "a\tbA"), ('@"a\\b""c"', 'a\\b"c'), ("h'secret'", "secret")),
        *(('dynamic({"a": [1, -2, true, null]})', {"a": [1, -2, True, None]}), ("dynamic(null)", None)),
        *(("d['bag']['k']", "v"), ("d.list[1]", "b"), ("d.list[-1]", "b"), ("d.list[9]", None), ("d.s.deeper", None)),
        *(("d[strcat('ba', 'g')].k", "v"), ("['name']", "Web-1"), ("d.nothing.at.all", None)),
    ],
)
def test_works_out(value, expression, expected):
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("d.a == d.b", "Cannot compare values of types dynamic and dynamic with '=='"),
        ("name == 1", "Cannot compare values of types string and long"),
        ("when > '2026-01-01'", "Cannot compare values of types datetime and string"),
        ("d.n + 1", "'+' is not defined for dynamic and long"),
        ("name + 'x'", "use strcat()"),
        ("n has '1'", "'has' expects string, not long"),
        ("name.length", "is of a dynamic value, not of string"),
        ("d[1.5]", "An index must be long or string"),
        ("Name", "Failed to resolve scalar expression named 'Name'"),
        ("name in (d.list)", "cannot be used with 'in'"),
        ("name in (t | project name)", "a query inside in() is not supported"),
        ("name matches regex name", "constant pattern"),
        ("name matches regex 'a(?=b)'", "is invalid"),
        ("*", "'*' stands for no value"),
        ("$left.name", "of a join's condition alone"),
        ("-name", "'-' is not defined for string"),
        ("dynamic({a: 1})", "in quotes"),
        ("datetime(2026-13-01)", "is not a datetime"),
        ("99999999999999999999", "is not a long"),
        ("toscalar(t)", "'toscalar' is not supported"),
    ],
)
def test_what_is_not_defined_is_refused(refused, expression, words):
    assert words in refused(f"t | project v = {expression}")["message"]


def test_a_condition_is_bool(refused):
    assert "must be bool, not dynamic" in refused("t | where d.flag")["message"]
    assert "must be bool, not string" in refused("t | where name and n == 1")["message"]


def test_a_condition_that_is_null_lets_no_row_through(kql):
    assert kql("t | where x > 0")["name"] == ["Web-1"]
    assert kql("t | where not(x > 0)")["name"] == [""]
    assert kql("t | where x != 1.5")["name"] == ["db-2", ""]
