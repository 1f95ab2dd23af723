"""Pipes that are not understood, or that Resource Graph does not allow, are refused by name."""

import pytest


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("t | evaluate pivot(n)", "ParserFailure", "the operator 'evaluate' is not supported"),
        ("t | mv-apply d on (count)", "ParserFailure", "the operator 'mv-apply' is not supported"),
        ("t | project-reorder n", "ParserFailure", "the operator 'project-reorder' is not supported"),
        ("t | lookup t on n", "ParserFailure", "the operator 'lookup' is not supported"),
        ("print 1", "ParserFailure", "expected the end of the query"),
        ("u | count", "DisallowedLogicalTableName", "Table u is invalid, unsupported or disallowed."),
        (
            "t | join kind=leftanti (t) on n",
            "UnsupportedJoinFlavor",
            'The join kind "leftanti" is not supported or not allowed.',
        ),
        ("t | join hint.strategy=shuffle (t) on n", "ParserFailure", "join takes no hints, found 'hint'"),
        ("t | join (t) on n == 1", "ParserFailure", "a join is on columns"),
        ("t | join (t) on d", "InvalidQuery", "join key 'd' is of a 'dynamic' type"),
        ("t | join (t | project n = name) on n", "InvalidQuery", "of different types, long and string"),
        ("t | join (t) on missing", "InvalidQuery", "'missing'"),
        ("t | summarize count() by d", "InvalidQuery", "Summarize group key 'd' is of a 'dynamic' type"),
        ("t | distinct d", "InvalidQuery", "'dynamic' type"),
        ("t | order by d.s", "InvalidQuery", "order operator: key can't be of dynamic type"),
        ("t | summarize sum(d.n)", "InvalidQuery", "sum() expects a number, not dynamic"),
        ("t | summarize sum(n, n)", "InvalidQuery", "sum() expects 1 argument(s), not 2"),
        ("t | summarize n", "InvalidQuery", "named 'n'"),
        ("t | summarize percentile(n, 50)", "UnknownFunction", "Unknown function: 'percentile'."),
        ("t | where count() > 1", "UnknownFunction", "Unknown function: 'count'."),
        ("t | project a = 1, a = 2", "ParserFailure", "'a' already exists"),
        ("t | project-away nothing", "InvalidQuery", "named 'nothing'"),
        ("t | project-rename n = name", "ParserFailure", "'n' already exists"),
        ("t | take n", "InvalidQuery", "named 'n'"),
        ("t | take -1", "InvalidQuery", "not negative"),
        ("t | mv-expand name", "InvalidQuery", "mv-expand expects dynamic, not string"),
        ("t | parse name with a b", "ParserFailure", "text between two columns"),
        ("t | parse kind=regex flags=x name with a", "ParserFailure", "no flags 'x'"),
        ("union (one | project a = n), (one | project a = name)", "InvalidQuery", "'a' is long in one leg"),
        ("union withsource=s t", "ParserFailure", "union withsource=s is not supported"),
        ("let a = b; let b = a; t | where n == a", "InvalidQuery", "'a'"),
        ("let a = 1; let a = 2; t", "ParserFailure", "defined twice"),
        ("t | where n == 1; t", "ParserFailure", "expected the end"),
        ("t | where", "ParserFailure", "found '<EOF>'"),
        ("t | where name == 'x", "ParserFailure", 'unexpected character "\'"'),
        ("t | where n # 1", "ParserFailure", "unexpected character '#'"),
        ("t |", "ParserFailure", "expected an operator"),
        ("", "ParserFailure", "expected a name"),
    ],
)
def test_what_is_not_understood_is_refused(refused, query, code, words):
    detail = refused(query)
    assert detail["code"] == code
    assert words in detail["message"]
