"""The operators of a pipe, each by a few small cases over the three rows of `t`."""

import pytest


@pytest.fixture
def names(kql):
    """The names of the columns that a query gives, in order."""
    return lambda query: list(kql(query).types)


def test_project_chooses_and_names(kql):
    asked = kql(
        "t | take 1 | project title = name, d.bag.k, d['s'], d.list[0], tostring(d.n), tolower(name), n + 1, name"
    )
    assert asked.rows == [
        {
            "title": "Web-1",
            "d_bag_k": "v",
            "d_s": "Ready",
            "d_list_0": 1,
            "d_n": "3",
            "Column1": "web-1",
            "Column2": 2,
            "name": "Web-1",
        }
    ]


def test_extend_adds_and_replaces(kql):
    asked = kql("t | take 1 | extend n = n + 1, m = n | extend tostring(n)")
    assert asked.rows[0] | {"d": None} == {
        "name": "Web-1",
        "n": 2,
        "x": 1.5,
        "when": "2026-11-19T06:30:00.0000000Z",
        "d": None,
        "m": 1,
        "n1": "2",
    }


def test_an_argument_with_a_name_names_the_column(kql):
    assert kql("one | project tostring(part = split(name, '-', 0))").rows == [{"part": '["Web"]'}]


def test_columns_are_left_out_kept_and_renamed(names):
    assert names("t | project-away d, w*") == ["name", "n", "x"]
    assert names("t | project-keep n*") == ["name", "n"]
    assert names("t | project-rename title = name, number = n") == ["title", "number", "x", "when", "d"]


def test_order_is_descending_unless_said(kql):
    assert kql("t | order by n")["n"] == [2, 1, None]
    assert kql("t | sort by n asc")["n"] == [None, 1, 2]
    assert kql("t | order by n asc nulls last")["n"] == [1, 2, None]
    assert kql("t | order by n desc nulls first")["n"] == [None, 2, 1]
    assert kql("t | order by isnull(n) asc, tolower(name) desc")["name"] == ["Web-1", "db-2", ""]


def test_top_and_take_cut(kql):
    assert kql("t | top 1 by x asc")["x"] == [None]
    assert kql("t | top 2 by x")["x"] == [1.5, -2.0]
    assert kql("t | take 2")["n"] == [1, 2]
    assert kql("t | limit 0").rows == []


def test_distinct_and_count(kql):
    assert kql("t | union t | distinct n | order by n asc")["n"] == [None, 1, 2]
    assert kql("t | project n, name | union (t | project n, name) | distinct * | count").rows == [{"Count": 3}]


def test_summarize_counts_by_keys(kql):
    asked = kql(
        "t | summarize count(), countif(n > 1), dcount(name), sum(n), avg(x), min(when), max(name) by flag = isnull(d)"
    )
    assert asked.rows == [
        {
            "flag": False,
            "count_": 2,
            "countif_": 1,
            "dcount_name": 2,
            "sum_n": 3,
            "avg_x": 1.5,
            "min_when": "2026-11-19T06:30:00.0000000Z",
            "max_name": "db-2",
        },
        {
            "flag": True,
            "count_": 1,
            "countif_": 0,
            "dcount_name": 1,
            "sum_n": 0,
            "avg_x": -2.0,
            "min_when": "2026-01-01T00:00:00.0000000Z",
            "max_name": "",
        },
    ]


def test_summarize_by_a_bin(kql):
    rows = kql("t | summarize c = count() by bin(when, 1d), bin(x, 2) | order by c desc, when asc").rows
    assert [tuple(row.values()) for row in rows] == [
        (None, None, 1),
        ("2026-01-01T00:00:00.0000000Z", -2.0, 1),
        ("2026-11-19T00:00:00.0000000Z", 0.0, 1),
    ]


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        *(("sumif(n, n > 1)", 2), ("avgif(x, x > 0)", 1.5), ("minif(n, n > 1)", 2), ("maxif(n, n < 2)", 1)),
        *(("dcountif(name, n > 0)", 2), ("make_list(n)", [1, 2]), ("make_set(isnull(d))", [False, True])),
        *(("make_list_if(name, n > 1)", ["db-2"]), ("make_set_if(n, n > 1)", [2]), ("make_list(n, 1)", [1])),
        *(("makelist(n)", [1, 2]), ("makeset(n, 1)", [1]), ("make_bag(d.bag)", {"k": "v"}), ("take_any(n)", 1)),
        *(("any(name)", "Web-1"), ("arg_max(n)", 2), ("arg_min(n)", 1), ("min(d.flag)", False), ("max(d.s)", "ready")),
        *(("avg(n)", 1.5), ("count() * 100 / 2", 150), ("sum(n) + count()", 6), ("dcount(n)", 2)),
        *(("strcat('all ', count())", "all 3"), ("round(todouble(countif(n > 1)) / count() * 100, 1)", 33.3)),
        *(("iff(max(n) > 1, 'many', 'few')", "many"), ("7", 7), ("max(when) - min(when)", "322.06:30:00")),
        *(("dcount(d.flag)", 2), ("array_length(make_set(name))", 3)),
    ],
)
def test_an_aggregate_gives(kql, aggregate, expected):
    assert kql(f"t | summarize v = {aggregate}").only == expected


def test_an_aggregate_of_no_rows(kql):
    (row,) = kql(
        "t | where n > 9 | summarize count(), sum(n), avg(x), max(name), max(n), make_list(n), arg_max(n, name)"
    ).rows
    assert list(row.values()) == [0, 0, None, "", None, [], None, ""]
    assert kql("t | where n > 9 | summarize count() by name").rows == []


def test_arg_max_gives_the_row(kql):
    (row,) = kql("t | summarize arg_max(n, name, flag = d.flag)").rows
    assert row == {"n": 2, "name": "db-2", "flag": False}
    assert kql("t | summarize latest = arg_max(when, *) by isnull(d)")["latest"] == [
        *("2026-11-19T06:30:00.0000000Z", "2026-01-01T00:00:00.0000000Z"),
    ]
    assert kql("t | summarize arg_min(n, *) | project name, n").rows == [{"name": "Web-1", "n": 1}]
    assert kql("t | summarize take_any(*) | project-keep name, n").rows == [{"name": "Web-1", "n": 1}]


RIGHT = "(t | where n >= 1 | project n, label = strcat('n', n), extra = d.nothing)"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("", [("Web-1", "n1"), ("db-2", "n2")]),
        ("kind=inner", [("Web-1", "n1"), ("db-2", "n2")]),
        ("kind = leftouter", [("Web-1", "n1"), ("db-2", "n2"), ("", "")]),
        ("kind=FullOuter", [("Web-1", "n1"), ("db-2", "n2"), ("", "")]),
    ],
)
def test_join(kql, kind, expected):
    rows = kql(f"t | join {kind} {RIGHT} on n").rows
    assert [(row["name"], row["label"]) for row in rows] == expected


def test_what_a_join_lacks_is_empty_text_or_null(kql):
    (row,) = kql(f"t | where isnull(n) | join kind=leftouter {RIGHT} on n | project label, n1, extra").rows
    assert row == {"label": "", "n1": None, "extra": None}
    rows = kql(f"t | where n == 1 | join kind=fullouter {RIGHT} on n | where isempty(name) | project name, x, n1").rows
    assert rows == [{"name": "", "x": None, "n1": 2}]


def test_columns_of_the_same_name_are_numbered(names):
    assert names("one | project id = name, d | join (one | project id = name, d) on id") == ["id", "d", "id1", "d1"]
    twice = "one | project id = n, d | join (one | project id = n, d) on id | join (one | project id = n, d) on id"
    assert names(twice) == ["id", "d", "id1", "d1", "id2", "d2"]


def test_innerunique_takes_the_first_of_each_key(kql):
    left = "t | union t | where n == 1 | project n"
    assert len(kql(f"{left} | join {RIGHT} on n").rows) == 1
    assert len(kql(f"{left} | join kind=inner {RIGHT} on n").rows) == 2


def test_join_on_several_columns(kql):
    query = "t | join kind=inner (t | project a = n, b = name) on {} | count"
    assert kql(query.format("$left.n == $right.a, $left.name == $right.b")).only == 2
    assert kql(query.format("$right.a == $left.n and $left.name == $right.b")).only == 2


def test_union_fills_what_is_missing(kql):
    asked = kql("union (one | project name), (one | project n, d) | project name, n, d")
    assert asked.rows[0] == {"name": "Web-1", "n": None, "d": None}
    assert asked.rows[1]["name"] == ""
    assert kql("t | union kind=outer one, one | count").only == 5


def test_mv_expand_makes_a_row_of_each_item(kql):
    assert kql("t | mv-expand i = d.list | project name, i").rows == [
        *({"name": "Web-1", "i": 1}, {"name": "Web-1", "i": "b"}, {"name": "db-2", "i": None}, {"name": "", "i": None}),
    ]
    assert kql('one | mv-expand b = dynamic({"p": 1, "q": 2}) | project b')["b"] == [{"p": 1}, {"q": 2}]
    assert kql("one | mv-expand bagexpansion=array b = d.bag | project b")["b"] == [["k", "v"]]
    assert kql("one | mvexpand i = d.list to typeof(string) limit 1 | project i")["i"] == ["1"]
    asked = kql("one | mv-expand with_itemindex=at a = d.list, b = dynamic([7]) | project at, a, b")
    assert [tuple(row.values()) for row in asked.rows] == [(0, 1, 7), (1, "b", None)]


def test_mv_expand_of_null_is_a_row_and_of_nothing_is_none(kql):
    """ "mv-expand operator": null gives one record, an empty array or bag gives none."""
    assert kql("one | mv-expand v = d.nothing | project v").rows == [{"v": None}]
    assert kql("one | mv-expand v = dynamic([]) | project v").rows == []
    assert kql("one | mv-expand v = dynamic({}) | project v").rows == []
    assert kql("one | mv-expand v = d.n | project v").rows == [{"v": 3}]


def test_mv_expand_replaces_the_column_that_it_expands(kql):
    assert kql("one | project d = d.list | mv-expand d").rows == [{"d": 1}, {"d": "b"}]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a '/' b", "x/y/z", ("x", "y/z")),
        ("* '/' a '/' b", "x/y/z", ("y", "z")),
        ("a '/' * '/' b", "x/y/z", ("x", "z")),
        ("'x/' a '/' b", "x/y/z", ("y", "z")),
        ("'y/' a '/' b", "x/y/z", ("", "")),
        ("a '/y/' b", "x/Y/z", ("", "")),
        ("a '-' b '-'", "1-2-3-", ("1", "2-3")),
        ("a '-' b '-'", "1-2-3", ("", "")),
        ("a '-' b '-' *", "1-2-3", ("1", "2")),
        ("a:long '-' b", "12-x", (12, "x")),
        ("a:long '-' b", "x-12", (None, "")),
    ],
)
def test_parse(kql, pattern, text, expected):
    row = kql(f"one | parse '{text}' with {pattern} | project a, b").rows[0]
    assert tuple(row.values()) == expected


def test_parse_by_a_pattern(kql):
    query = "one | parse kind=regex {} 'AB12cd' with * '[a-z]+' a:long '[a-z]+' | project a"
    assert kql(query.format("flags=i")).only == 12
    assert kql(query.format("")).only is None


def test_let_names_values_and_tables(kql):
    assert kql("let least = 1; let some = t | where n > least; some | project n")["n"] == [2]
    assert kql("let a = 1d; let b = a * 2; one | project tostring(b)").only == "2.00:00:00"
    assert kql("let t2 = (t | where n == 1);\nunion t2, t2 | count").only == 2


def test_a_chart_is_left_to_whoever_asks(kql):
    assert kql("t | count | render barchart with (title='n', kind=stacked)").only == 3


def test_comments_and_spaces_are_nothing(kql):
    assert kql("// all\n\tt // of them\r\n|   where n == 1 // '|'\n| count // end").only == 1
