"""The request and the answer: scopes, pages, formats, quota, and the shape of a refusal."""

import re

import pytest

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
TENANT = "00000000-0000-0000-0000-00000000a2e0"


@pytest.fixture
def groups(azure):
    """Five groups, a to e."""
    for name in "abcde":
        azure.send("PUT", f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{name}", {"location": "westeurope"})
    return "resourcecontainers | where type has 'resourcegroups' | project id, name | order by name asc"


def refusal(answer):
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "BadRequest"
    return error["details"]


def test_an_answer_has_its_counts_and_its_rows(azure, groups):
    body = azure.graph(groups).json()
    assert list(body) == ["totalRecords", "count", "data", "facets", "resultTruncated"]
    assert (body["totalRecords"], body["count"], body["facets"], body["resultTruncated"]) == (5, 5, [], "false")
    assert [row["name"] for row in body["data"]] == list("abcde")


def test_pages_follow_each_other_by_the_token(azure, groups):
    found, options = [], {"$top": 2}
    for count in (2, 2, 1):
        body = azure.graph(groups, options=options).json()
        assert (body["totalRecords"], body["count"], body["resultTruncated"]) == (5, count, "false")
        found += [row["name"] for row in body["data"]]
        options = {"$top": 2, "$skipToken": body.get("$skipToken")}
    assert found == list("abcde")
    assert "$skipToken" not in body


def test_without_an_id_there_is_no_next_page(azure, groups):
    body = azure.graph(f"{groups} | project name", options={"$top": 2}).json()
    assert (body["totalRecords"], body["count"], body["resultTruncated"]) == (5, 2, "true")
    assert "$skipToken" not in body


@pytest.mark.usefixtures("group")
def test_a_page_has_a_thousand_rows_at_most(azure, monkeypatch):
    monkeypatch.setattr("azure_hotpatch.emulator.arm.graph.pages.MOST_ROWS", 3)
    for name in "abcde":
        azure.send("PUT", f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{name}", {"location": "westeurope"})
    body = azure.graph("resourcecontainers").json()
    assert body["count"] == 3
    assert "$skipToken" in body


def test_skip_leaves_rows_out_unless_take_is_asked(azure, groups):
    assert [row["name"] for row in azure.rows(groups, options={"$skip": 3})] == ["d", "e"]
    assert [row["name"] for row in azure.rows(f"{groups} | take 2", options={"$skip": 3})] == ["a", "b"]


def test_a_token_belongs_to_its_query_and_scope(azure, groups):
    token = azure.graph(groups, options={"$top": 2}).json()["$skipToken"]
    (detail,) = refusal(azure.graph(f"{groups} | where 1 == 1", options={"$skipToken": token}))
    assert "another query" in detail["message"]
    refusal(azure.graph(groups, subscriptions=[SUBSCRIPTION], options={"$skipToken": token}))
    refusal(azure.graph(groups, options={"$skipToken": "bm90IG9uZQ=="}))


def test_all_pages_are_of_the_moment_of_the_first(azure, groups):
    first = azure.graph(groups, options={"$top": 2}).json()
    azure.send("PUT", f"/subscriptions/{SUBSCRIPTION}/resourceGroups/aa", {"location": "westeurope"})
    second = azure.graph(groups, options={"$top": 3, "$skipToken": first["$skipToken"]}).json()
    assert [row["name"] for row in (*first["data"], *second["data"])] == list("abcde")
    assert (second["totalRecords"], len(azure.rows(groups))) == (5, 6)


def test_a_further_page_does_not_run_the_query_again(azure, groups, monkeypatch):
    token = azure.graph(groups, options={"$top": 2}).json()["$skipToken"]
    monkeypatch.setattr("azure_hotpatch.emulator.arm.graph.endpoint.run", None)
    for _ in range(2):  # as a client does that repeats a request
        body = azure.graph(groups, options={"$top": 2, "$skipToken": token, "resultFormat": "table"}).json()
        assert [row[1] for row in body["data"]["rows"]] == ["c", "d"]


def test_a_page_that_is_kept_no_more_is_asked_for_again(azure, groups, monkeypatch):
    token = azure.graph(groups, options={"$top": 2}).json()["$skipToken"]
    monkeypatch.setattr("azure_hotpatch.emulator.arm.result_cache.ResultCache.find", lambda _kept, _name: None)
    assert [row["name"] for row in azure.rows(groups, options={"$skipToken": token})] == ["c", "d", "e"]


def test_skip_goes_before_the_place_of_the_token(azure, groups):
    token = azure.graph(groups, options={"$top": 2}).json()["$skipToken"]
    rows = azure.rows(groups, options={"$top": 2, "$skip": 1, "$skipToken": token})
    assert [row["name"] for row in rows] == ["b", "c"]


def test_the_requests_of_the_azure_cli(azure, groups):
    """azure-cli-extensions, resource-graph: `az graph query -q … --first 3`, and with the token of its answer."""
    options = {"$top": 3, "$skip": 0, "resultFormat": "objectArray", "allowPartialScopes": False}
    first = azure.graph(groups, subscriptions=[SUBSCRIPTION], options=options).json()
    assert [row["name"] for row in first["data"]] == ["a", "b", "c"]
    del options["$skip"]
    options["$skipToken"] = first["$skipToken"]
    second = azure.graph(groups, subscriptions=[SUBSCRIPTION], options=options).json()
    assert [row["name"] for row in second["data"]] == ["d", "e"]
    assert second["resultTruncated"] == "false"


def test_a_table_has_columns_with_types(azure, groups):
    query = f"{groups} | take 1 | extend n = 1, x = 1.5, b = true, d = dynamic([1]), t = datetime(2026-01-02)"
    data = azure.rows(query, options={"resultFormat": "table"})
    assert [(column["name"], column["type"]) for column in data["columns"]] == [
        *(("id", "string"), ("name", "string"), ("n", "integer"), ("x", "number"), ("b", "boolean")),
        *(("d", "object"), ("t", "string")),
    ]
    assert data["rows"][0][1:] == ["a", 1, 1.5, True, [1], "2026-01-02T00:00:00.0000000Z"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"$top": 0}, "$top"),
        ({"$top": 5000}, "$top"),
        ({"$top": "7"}, "$top"),
        ({"$skip": -1}, "$skip"),
        ({"resultFormat": "csv"}, "csv"),
        ({"allowPartialScopes": "yes"}, "allowPartialScopes"),
        ({"authorizationScopeFilter": "Above"}, "Above"),
        ({"first": 5}, "first"),
        ([], "query"),
    ],
)
def test_options_that_are_not_understood_are_refused(azure, options, named):
    details = refusal(azure.graph("resources" if options else "", options=options))
    assert named in details[0]["message"]


def test_the_scope_is_checked(azure):
    assert "'x'" in refusal(azure.graph("resources", subscriptions=["x"]))[0]["message"]
    assert refusal(azure.graph("resources", subscriptions="all"))
    assert (
        "Only one"
        in refusal(azure.graph("resources", subscriptions=[SUBSCRIPTION], managementGroups=["m"]))[0]["message"]
    )
    assert "'m'" in refusal(azure.graph("resources", managementGroups=["m"]))[0]["message"]
    assert azure.rows("resources | count", managementGroups=[TENANT]) == [{"Count": 0}]
    assert "colour" in refusal(azure.graph("resources", colour="red"))[0]["message"]


def test_a_refusal_says_where_and_what(azure):
    answer = azure.graph("resources\n| where name == 'a'\n| make-series n = count()")
    assert re.match(
        r"Please provide below info when asking for support: timestamp = [\dT:.-]+Z, correlationId = [\da-f-]{36}\.",
        answer.json()["error"]["message"],
    )
    first, second = refusal(answer)
    assert first["code"] == "InvalidQuery"
    assert second == {
        "code": "ParserFailure",
        "message": "ParserFailure: the operator 'make-series' is not supported.",
        "line": 3,
        "characterPositionInLine": 2,
        "token": "make-series",
    }


def test_facets_are_refused_by_name(azure):
    answer = azure.graph("resources", facets=[{"expression": "type"}])
    assert (answer.status_code, answer.json()["error"]["code"]) == (501, "NotEmulated")


def test_every_answer_tells_what_is_left_of_the_quota(azure):
    mine, others = {"Authorization": "Bearer mine"}, {"Authorization": "Bearer other"}
    assert azure.graph("resources", headers=mine).headers["x-ms-user-quota-remaining"] == "14"
    refused = azure.graph("nothing", headers=mine)
    assert (refused.status_code, refused.headers["x-ms-user-quota-remaining"]) == (400, "13")
    assert re.fullmatch(r"00:00:0[1-5]", refused.headers["x-ms-user-quota-resets-after"])
    assert azure.graph("resources", headers=others).headers["x-ms-user-quota-remaining"] == "14"


def test_more_than_the_quota_is_refused_only_where_that_was_asked_for(azure, monkeypatch):
    monkeypatch.setattr("azure_hotpatch.emulator.arm.graph.quota.WINDOW", 3600.0)
    monkeypatch.setattr("azure_hotpatch.emulator.arm.graph.quota.QUERIES", 2)
    assert [azure.graph("resources").status_code for _ in range(3)] == [200, 200, 200]
    assert azure.send("POST", "/emulator/graph", {"enforceQuota": True}).json()["enforceQuota"] is True
    answer = azure.graph("resources")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "RateLimiting")
    assert answer.headers["x-ms-user-quota-remaining"] == "0"
    assert azure.send("POST", "/emulator/graph", {"enforceQuota": "no"}).status_code == 400
    azure.send("POST", "/emulator/graph", {"enforceQuota": False})
    assert azure.graph("resources").status_code == 200


def test_the_operations_are_listed(azure):
    names = [one["name"] for one in azure.send("GET", "/providers/Microsoft.ResourceGraph/operations").json()["value"]]
    assert "Microsoft.ResourceGraph/resources/action" in names


@pytest.mark.usefixtures("group")
def test_the_clock_of_a_query_is_the_emulators(azure):
    before = azure.rows("resourcecontainers | take 1 | project t = now()")[0]["t"]
    azure.send("POST", "/emulator/clock", {"days": 400})
    assert int(azure.rows("resourcecontainers | take 1 | project t = now()")[0]["t"][:4]) > int(before[:4])
