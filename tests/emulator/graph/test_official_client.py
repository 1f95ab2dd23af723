"""Microsoft's own client of Resource Graph against the served emulator."""

import httpx
import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUPS = "ResourceContainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | order by id asc"


@pytest.fixture(scope="module")
def client(base_url, connect):
    """A client of an emulator with twelve groups."""
    for number in range(12):
        path = f"{base_url}/subscriptions/{SUBSCRIPTION}/resourceGroups/g{number:02d}?api-version=2024-03-01"
        httpx.put(path, json={"location": "westeurope"}).raise_for_status()
    return connect(ResourceGraphClient)


def test_asks_and_reads_rows(client):
    answer = client.resources(QueryRequest(query=f"{GROUPS} | project id, name", subscriptions=[SUBSCRIPTION]))
    assert (answer.total_records, answer.count, answer.result_truncated) == (12, 12, "false")
    assert answer.skip_token is None
    assert [row["name"] for row in answer.data] == [f"g{number:02d}" for number in range(12)]


def test_pages_to_the_end(client):
    names, token = [], None
    while True:
        options = QueryRequestOptions(top=5, skip_token=token)
        answer = client.resources(QueryRequest(query=GROUPS, options=options))
        names += [row["name"] for row in answer.data]
        token = answer.skip_token
        if token is None:
            break
    assert names == [f"g{number:02d}" for number in range(12)]


def test_reads_a_table(client):
    options = QueryRequestOptions(result_format="table")
    answer = client.resources(QueryRequest(query=f"{GROUPS} | summarize n = count() by location", options=options))
    assert [column["type"] for column in answer.data["columns"]] == ["string", "integer"]
    assert answer.data["rows"] == [["westeurope", 12]]


def test_is_told_why_a_query_is_refused(client):
    with pytest.raises(HttpResponseError) as refused:
        client.resources(QueryRequest(query="resources | where frobnicate(name)"))
    assert refused.value.status_code == 400
    assert refused.value.error.code == "BadRequest"
    assert [detail.code for detail in refused.value.error.details] == ["InvalidQuery", "UnknownFunction"]
    assert refused.value.error.details[1].message == "Unknown function: 'frobnicate'."


def test_a_page_that_is_too_long_is_refused(client):
    with pytest.raises(HttpResponseError) as refused:
        client.resources(QueryRequest(query=GROUPS, options=QueryRequestOptions(top=5000)))
    assert "$top" in refused.value.error.details[0].message


def test_reads_the_quota_from_the_headers(client):
    seen = []
    client.resources(QueryRequest(query=GROUPS), raw_response_hook=lambda answer: seen.append(answer.http_response))
    assert 0 <= int(seen[0].headers["x-ms-user-quota-remaining"]) < 15
    assert seen[0].headers["x-ms-user-quota-resets-after"].startswith("00:00:0")


def test_lists_the_operations(client):
    assert "Microsoft.ResourceGraph/resources/action" in {one.name for one in client.operations.list()}
