"""Resource Graph asked to the last page, within its quota; what an answer leaves out is said."""

from types import SimpleNamespace

import httpx
import pytest
from azure.core.exceptions import HttpResponseError

from azure_hotpatch.operations.clients import graph as module
from azure_hotpatch.operations.clients.graph import CUT, TOO_MANY_SUBSCRIPTIONS, Graph, Quota
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from tests.operations.clients.conftest import connection

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUPS = "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups'"


class Time:
    """A clock that is moved by those who sleep."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Time()


@pytest.fixture
def quota(clock):
    return Quota(clock.sleep, lambda: clock.now)


class Client:
    """Answers with what a test lists: headers and an answer, or an error's status and code."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def resources(self, request, raw_response_hook):
        self.asked.append(request)
        headers, found = self.answers.pop(0)
        if isinstance(found, tuple):
            status, code = found
            response = SimpleNamespace(status_code=status, headers=headers, reason=code)
            error = HttpResponseError(response=response)
            error.error = SimpleNamespace(code=code, message=code)
            raise error
        raw_response_hook(SimpleNamespace(http_response=SimpleNamespace(status_code=200, headers=headers)))
        return SimpleNamespace(skip_token=None, result_truncated="false", data=[]) if found is None else found


def answer(*rows, more=None):
    return SimpleNamespace(data=list(rows), skip_token=more, result_truncated="false")


@pytest.fixture
def asking(quota):
    """A Graph whose client answers what is listed."""

    def make(*answers):
        client = Client(*answers)
        opened = SimpleNamespace(open=lambda *_arguments, **_options: client)
        return Graph(opened, quota=quota), client

    return make


def test_reads_every_page_over_the_wire(empty_url, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 5)
    for number in range(12):
        path = f"{empty_url}/subscriptions/{SUBSCRIPTION}/resourceGroups/g{number:02d}?api-version=2024-03-01"
        httpx.put(path, json={"location": "westeurope"})
    with Graph(connection(empty_url), (SUBSCRIPTION,)) as graph:
        names = [row["name"] for row in graph.rows(f"{GROUPS} | project id, name | order by id asc")]
        assert names == [f"g{number:02d}" for number in range(12)]
        assert graph.queries == 3
        assert not graph.notes
        assert list(graph.rows(f"{GROUPS} | project name | order by name asc"))  # no id: no second page
        assert list(graph.notes) == [CUT]


@pytest.mark.slow
def test_is_never_refused_where_the_quota_is_enforced(empty_url):
    httpx.post(f"{empty_url}/emulator/graph", json={"enforceQuota": True})
    with Graph(connection(empty_url), (SUBSCRIPTION,)) as graph:
        for _ in range(module.QUERIES + 2):
            list(graph.rows(f"{GROUPS} | project id | order by id asc"))
        assert graph.queries == module.QUERIES + 2  # a refused one would have been asked again


def test_waits_for_the_window_when_nothing_is_left(asking, clock):
    headers = {"x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:03"}
    graph, _ = asking((headers, answer({"id": 1}, more="next")), ({}, answer({"id": 2})))
    assert [row["id"] for row in graph.rows("q")] == [1, 2]
    (waited,) = clock.slept
    assert 3.0 < waited < 4.0


def test_asks_again_after_a_refusal_and_waits_as_told(asking, clock):
    graph, client = asking(
        ({"x-ms-user-quota-resets-after": "00:00:05"}, (429, "RateLimiting")), ({}, answer({"id": 1}))
    )
    assert list(graph.rows("q")) == [{"id": 1}]
    assert len(client.asked) == 2
    assert clock.slept[0] > 5.0


def test_gives_up_after_some_refusals(asking):
    graph, client = asking(*[({}, (429, "RateLimiting"))] * 10)
    with pytest.raises(Refusal) as found:
        list(graph.rows("q"))
    assert found.value.kind is RefusalKind.THROTTLED
    assert len(client.asked) == module._ATTEMPTS


def test_does_not_repeat_what_is_wrong(asking):
    graph, client = asking(({}, (400, "InvalidQuery")))
    with pytest.raises(Refusal, match="InvalidQuery"):
        list(graph.rows("q"))
    assert len(client.asked) == 1


def test_halves_a_page_that_is_too_large(asking):
    graph, client = asking(({}, (400, "ResponsePayloadTooLarge")), ({}, answer({"id": 1})))
    assert list(graph.rows("q")) == [{"id": 1}]
    assert [one.options.top for one in client.asked] == [1000, 500]


def test_says_that_there_are_too_many_subscriptions(asking):
    graph, _ = asking(({"x-ms-tenant-subscription-limit-hit": "true"}, answer()))
    list(graph.rows("q"))
    assert list(graph.notes) == [TOO_MANY_SUBSCRIPTIONS]
