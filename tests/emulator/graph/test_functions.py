"""Each scalar function, by a few small cases over a row with `name` Web-1, `n` 1, `x` 1.5, a time and a dynamic `d`."""

import pytest

from azure_hotpatch.emulator.arm.graph.kql.functions import ALIASES, FUNCTIONS

NULL_LONG, NULL_TIME = "long(null)", "datetime(null)"
CASES = {
    "iff": [("iff(n == 1, 'a', 'b')", "a"), ("iif(n > 1, 1, 2.5)", 2.5), ("iff(long(null) == 1, 'a', 'b')", "b")],
    "case": [("case(n == 2, 'two', n == 1, 'one', 'more')", "one"), ("case(false, 1, 2)", 2)],
    "coalesce": [("coalesce(d.nothing, d.s)", "Ready"), ("coalesce('', 'x')", "x"), ("coalesce(long(null), 3)", 3)],
    "not": [("not(n == 1)", False), ("not(long(null) > 1)", None)],
    "isnull": [("isnull(d.nothing)", True), ("isnull('')", False), ("isnull(long(null))", True), ("isnull(d)", False)],
    "isnotnull": [("isnotnull(d.flag)", True), ("notnull(d.nothing)", False)],
    "isempty": [
        ("isempty('')", True),
        ("isempty(d.nothing)", True),
        ("isempty(long(null))", True),
        ("isempty(d)", False),
    ],
    "isnotempty": [("isnotempty(name)", True), ("notempty(d.nothing)", False)],
    "tostring": [
        *(
            ("tostring(d.list)", '[1,"b"]'),
            ("tostring(d.flag)", "true"),
            ("tostring(d.nothing)", ""),
            ("tostring(x)", "1.5"),
        ),
        *(
            ("tostring(when)", "2026-11-19T06:30:00.0000000Z"),
            ("tostring(1.5h)", "01:30:00"),
            ("tostring(3d)", "3.00:00:00"),
        ),
        *(("tostring(-90s)", "-00:01:30"), ("tostring(d.bag)", '{"k":"v"}'), ("tostring(2.0)", "2")),
    ],
    "tolong": [
        *(
            ("tolong('42')", 42),
            ("toint('4.7')", 4),
            ("tolong('x')", None),
            ("toint(d.flag)", 1),
            ("tolong('0x1F')", 31),
        ),
        *(("tolong(-2.9)", -2), ("tolong(d.nothing)", None)),
    ],
    "toreal": [("todouble('1.25')", 1.25), ("toreal(d.n)", 3.0), ("toreal('1_0')", None), ("todouble('')", None)],
    "tobool": [("tobool('True')", True), ("tobool(0)", False), ("toboolean('2')", True), ("tobool('yes')", None)],
    "todatetime": [
        *(("todatetime(d.at)", "2026-11-19T06:30:00.1234560Z"), ("todatetime('2026-02-30')", None)),
        *(("todatetime('2026-01-02 03:04')", "2026-01-02T03:04:00.0000000Z"), ("todatetime(d.s)", None)),
        ("todatetime('2026-01-02T03:04:05+02:00')", "2026-01-02T01:04:05.0000000Z"),
    ],
    "totimespan": [("totimespan('1.02:03:04')", "1.02:03:04"), ("totimespan('x')", None)],
    "parse_json": [
        *(("parse_json('{\"a\": [1]}').a[0]", 1), ("todynamic('no json')", "no json"), ("parsejson('')", None)),
        *(("toobject(d).s", "Ready"), ("parse_json('[1, NaN]')", "[1, NaN]")),
    ],
    "pack": [
        ("pack('a', n, 'b', when).b", "2026-11-19T06:30:00.0000000Z"),
        ("bag_pack('a', 1)", {"a": 1}),
        ("pack()", {}),
    ],
    "pack_array": [("pack_array(n, name, d.list)", [1, "Web-1", [1, "b"]])],
    "array_concat": [("array_concat(d.list, dynamic([2]))", [1, "b", 2])],
    "array_length": [("array_length(d.list)", 2), ("array_length(d.bag)", None), ("array_length(d.nothing)", None)],
    "bag_keys": [("bag_keys(d.bag)", ["k"]), ("bag_keys(d.list)", None)],
    "bag_has_key": [("bag_has_key(d, 'flag')", True), ("bag_has_key(d, 'nothing')", False)],
    "bag_merge": [('bag_merge(dynamic({"a": 1}), dynamic({"a": 2, "b": 3}))', {"a": 1, "b": 3})],
    "set_has_element": [("set_has_element(d.list, 'b')", True), ("set_has_element(d.list, true)", False)],
    "now": [("now()", "2026-11-20T12:00:00.0000000Z"), ("now(-1d)", "2026-11-19T12:00:00.0000000Z")],
    "ago": [("ago(90m)", "2026-11-20T10:30:00.0000000Z"), ("when > ago(2d)", True)],
    "datetime_add": [
        ("datetime_add('month', 1, datetime(2026-01-31))", "2026-02-28T00:00:00.0000000Z"),
        ("datetime_add('hour', -1, datetime(2026-01-01))", "2025-12-31T23:00:00.0000000Z"),
        ("datetime_add('year', 9000, datetime(2026-01-01))", None),
    ],
    "datetime_diff": [
        ("datetime_diff('day', datetime(2026-01-02 00:01), datetime(2026-01-01 23:59))", 1),
        ("datetime_diff('year', datetime(2026-01-01), datetime(2025-12-31))", 1),
        ("datetime_diff('month', datetime(null), now())", None),
    ],
    "startofday": [("startofday(when)", "2026-11-19T00:00:00.0000000Z")],
    "startofweek": [("startofweek(when)", "2026-11-15T00:00:00.0000000Z")],
    "startofmonth": [("startofmonth(when)", "2026-11-01T00:00:00.0000000Z")],
    "startofyear": [("startofyear(when)", "2026-01-01T00:00:00.0000000Z")],
    "bin": [
        *(
            ("bin(7, 3)", 6),
            ("bin(-7, 3)", -9),
            ("bin(7.9, 0.5)", 7.5),
            ("floor(7.9, 1)", 7.0),
            ("bin(26h, 1d)", "1.00:00:00"),
        ),
        *(("bin(when, 1h)", "2026-11-19T06:00:00.0000000Z"), ("bin(n, 0)", None), (f"bin({NULL_TIME}, 1d)", None)),
    ],
    "round": [("round(2.345, 1)", 2.3), ("round(2.6)", 3.0), ("round(double(null), 1)", None)],
    "ceiling": [("ceiling(1.2)", 2.0)],
    "abs": [("abs(-2.5)", 2.5)],
    "max_of": [("max_of(1, 3, 2)", 3), (f"max_of({NULL_LONG}, 1)", 1)],
    "min_of": [("min_of(1, 2.5)", 1.0)],
    "parse_version": [
        *(("parse_version('10.0.26100.4652') >= parse_version('10.0.26100.0')", True), ("parse_version('x')", None)),
        ("parse_version('1.10') > parse_version('1.9')", True),
    ],
    "tolower": [("tolower(name)", "web-1"), ("tolower(coalesce(d.s, d.x))", "ready"), ("tolower(d.nothing)", "")],
    "toupper": [("toupper(name)", "WEB-1")],
    "strlen": [("strlen(name)", 5)],
    "substring": [("substring(name, 1, 2)", "eb"), ("substring(name, 4)", "1"), ("substring(name, 9)", "")],
    "indexof": [("indexof(name, '-')", 3), ("indexof(name, 'x')", -1), ("indexof(name, 'e', 2)", -1)],
    "split": [
        *(("split('/a/b', '/')", ["", "a", "b"]), ("split('/a/b', '/', 1)", ["a"]), ("split('a', '/', 7)", [])),
        *(("split('/a/b', '/')[2]", "b"), ("tostring(split('/a/b', '/', 1))", '["a"]')),
    ],
    "strcat": [("strcat(name, ':', n, d.flag, d.nothing)", "Web-1:1true")],
    "strcat_delim": [("strcat_delim('-', 1, 'a', d.s)", "1-a-Ready")],
    "strcat_array": [("strcat_array(d.list, '/')", "1/b"), ("strcat_array(d.nothing, '/')", "")],
    "replace_string": [("replace_string('aXbX', 'X', '-')", "a-b-"), ("replace_string('a', '', '-')", "a")],
    "replace_regex": [
        ("replace_regex('a1b22', @'(\\d+)', @'<\\1>')", "a<1>b<22>"),
        ("replace_regex('ab', 'b', @'\\0\\0\\7')", "abb"),
    ],
    "extract": [
        *(
            ("extract('([a-z]+)-([0-9])', 2, 'web-7')", "7"),
            ("extract('x(y)?', 1, 'x')", ""),
            ("extract('z', 0, name)", ""),
        ),
    ],
    "trim": [("trim('-', '-a-b-')", "a-b")],
    "trim_start": [("trim_start('[^a]+', 'xxa')", "a")],
    "trim_end": [("trim_end(@'/\\w+', 'a/b/c')", "a/b")],
}


@pytest.mark.parametrize(("expression", "expected"), [case for cases in CASES.values() for case in cases])
def test_a_function_gives(value, expression, expected):
    found = value(expression)
    assert (found, type(found)) == (expected, type(expected))


def test_every_function_has_its_cases():
    assert set(CASES) == set(FUNCTIONS)


def test_every_other_name_is_of_a_function():
    assert set(ALIASES.values()) <= set(FUNCTIONS)
    assert not set(ALIASES) & set(FUNCTIONS)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("tolower()", "tolower() expects 1 argument(s), not 0."),
        ("iff(d.flag, 1, 2)", "iff() expects bool as a condition, not dynamic."),
        ("iff(n == 1, 'a', 2)", "must be of the same type, not long, string"),
        ("case(n == 1, 'a', n == 2, 'b')", "expects pairs of condition and value"),
        ("tolower(n)", "tolower() expects string, not long"),
        ("extract('(', 1, name)", "regular expression '(' is invalid"),
        ("extract('a', 1, name)", "group 1 of 0"),
        ("extract(name, 1, name)", "constant string"),
        ("datetime_add('fortnight', 1, when)", "no period 'fortnight'"),
        ("bin(name, 1)", "not defined for string and long"),
        ("pack('a')", "pairs of a name and a value"),
        ("strcat(a = name)", "no named arguments"),
        ("max_of('a', 'b')", "not defined for string"),
    ],
)
def test_a_wrong_argument_is_refused(refused, expression, words):
    assert words in refused(f"t | project {expression}")["message"]


@pytest.mark.parametrize("name", ["gettype", "format_datetime", "toLower", "row_number", "ipv4_is_match", "count"])
def test_any_other_function_is_refused_by_its_name(refused, name):
    assert refused(f"t | project v = {name}(name)") == {
        "code": "UnknownFunction",
        "message": f"Unknown function: '{name}'.",
        "line": 1,
        "characterPositionInLine": 16,
        "token": name,
    }
