"""What a served emulator refuses: web pages, other names, too much, too slow, and what is not JSON."""

import contextlib
import json
import socket
import ssl
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples

SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
GROUP = f"{SUBSCRIPTION}/resourcegroups/safety?api-version=2022-09-01"


@pytest.fixture(scope="module")
def client(served):
    with httpx.Client(base_url=served.url, verify=ssl.create_default_context(cafile=served.authority)) as opened:
        yield opened


def _put(client, content):
    return client.put(GROUP, content=content, headers={"Content-Type": "application/json"})


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize("path", ["/emulator/clock", "/emulator/reset", "/emulator/seed", "/common/oauth2/v2.0/token"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:8443", "file://"])
def test_refuses_a_web_page(client, path, origin):
    assert code(client.post(path, content=b"{}", headers={"Origin": origin})) == (403, "ForeignOrigin")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_refuses_what_a_page_includes(client, site):
    assert code(client.get("/emulator/clock", headers={"Sec-Fetch-Site": site})) == (403, "ForeignOrigin")


def test_takes_what_a_person_types_into_a_browser(client):
    assert client.get("/emulator/clock", headers={"Sec-Fetch-Site": "none"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "169.254.169.254", "[::2]", "a:b:c", "@"])
def test_refuses_another_name(client, host):
    assert code(client.get("/emulator/clock", headers={"Host": host})) == (421, "MisdirectedRequest")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8443", "[::1]:8443", "localhost."])
def test_answers_to_its_own_names(client, host):
    assert client.get("/emulator/clock", headers={"Host": host}).status_code == 200


def test_the_plain_port_refuses_pages_and_names_too(served):
    url = f"{served.plain_url}/emulator/health"
    assert httpx.get(url, headers={"Origin": "https://evil.example"}).status_code == 403
    assert httpx.get(url, headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "body",
    [
        b'{"location": NaN}',
        b'{"location": Infinity}',
        b'{"tags": {"a": 1e999}}',
        b'{"tags": {"a": "\\ud800"}}',
        b'{"tags": {"a": "\xed\xa0\x80"}}',
        b"\xff\xfe{\x00}\x00",
        b'{"tags": ' + b'{"a": ' * 101 + b"1" + b"}" * 102,
        b"[" * 200_000,
        b'{"a": ' * 100_000,
        b'{"tags": ' + b"9" * 5000 + b"}",
        b"not JSON",
        b"{",
        b"[]",
        b'"text"',
        b"1",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_refuses_a_body_that_is_no_good_json_as_arm_does(client, body):
    assert code(_put(client, body)) == (400, "InvalidRequestContent")


def test_takes_a_whole_pair_of_surrogates(client):
    body = b'{"location": "westeurope", "tags": {"a": "\\ud83d\\ude00"}}'
    assert _put(client, body).json()["tags"] == {"a": "\U0001f600"}


def test_takes_a_body_with_a_byte_order_mark(client):
    assert _put(client, b'\xef\xbb\xbf{"location": "westeurope"}').status_code in {200, 201}


def test_refuses_a_body_over_arms_limit(client):
    body = json.dumps({"location": "westeurope", "tags": {"a": "x" * (4 * 1024 * 1024)}}).encode()
    assert code(client.put(GROUP, content=body)) == (413, "RequestContentTooLarge")


def test_refuses_a_body_that_says_no_length_and_does_not_end(client):
    def chunks():
        for _ in range(200):
            yield b"x" * 65536

    with contextlib.suppress(httpx.WriteError, httpx.ReadError):  # the server may hang up while the client sends
        assert code(client.put(GROUP, content=chunks())) == (413, "RequestContentTooLarge")
    assert client.get("/emulator/health").status_code == 200


@pytest.mark.parametrize("top", ["x", "-1", "0", "1.5", "٣", "1e3", "99999999999999999999", "%00", " "])
def test_refuses_a_number_of_resources_that_is_none(client, top):
    client.put(GROUP, json={"location": "westeurope"})
    path = f"{GROUP.split('?')[0]}/providers/Microsoft.Compute/disks"
    answer = client.get(path, params={"api-version": "2024-03-02", "$top": top})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"]


@pytest.mark.parametrize(
    "body",
    [
        {"now": "9999-12-31T00:00:00Z"},
        {"now": "2100-01-02T00:00:00Z"},
        {"now": "1999-01-01T00:00:00Z"},
        {"now": 5},
        {"now": None},
        {"days": 1e300},
        {"days": 30_000},
        {"days": -1},
        {"days": True},
        {"days": "1"},
        {"weeks": 1},
        {},
        [],
    ],
    ids=str,
)
def test_the_clock_has_bounds(client, body):
    before = client.get("/emulator/clock").json()["now"]
    answer = client.post("/emulator/clock", json=body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["message"]
    assert client.get("/emulator/clock").json()["now"][:13] == before[:13]


def _socket(served):
    parts = urlsplit(served.url)
    context = ssl.create_default_context(cafile=served.authority)
    return context.wrap_socket(socket.create_connection((parts.hostname, parts.port), 10), server_hostname="localhost")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%ff%fe?api-version=2022-12-01 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%ed%a0%80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /subscriptions%00?api-version=2022-12-01 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
    ids=lambda line: repr(line[:30]),
)
def test_answers_an_odd_request_without_a_defect(served, client, request_line):
    with _socket(served) as opened:
        opened.sendall(request_line)
        first = opened.recv(4096).split(b"\r\n")[0]
    assert first.split()[1].startswith(b"4")
    assert client.get("/emulator/health").status_code == 200


def test_an_endless_address_is_refused_or_cut_off(served, client):
    with _socket(served) as opened, contextlib.suppress(OSError):  # the server may close before all of it is sent
        opened.sendall(b"GET " + b"/x" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = opened.recv(4096)
        assert not answer or answer.split(b" ")[1].startswith(b"4")
    assert client.get("/emulator/health").status_code == 200


_WORDS = st.sampled_from(
    [
        "Microsoft.Compute",
        "virtualMachines",
        "disks",
        "x",
        "..",
        "%00",
        "é",
        "$top",
        "",
        "providers",
        "subnets",
        "\U0001f600",
    ]
)
_PATHS = st.lists(_WORDS, max_size=6).map("/".join)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_MEMBERS = st.sampled_from(
    ["location", "properties", "sku", "tags", "identity", "zones", "storageProfile", "osProfile", "networkProfile"]
)
_BODIES = st.dictionaries(_MEMBERS, _VALUES | st.dictionaries(_MEMBERS, _VALUES, max_size=3), max_size=5)


@pytest.mark.slow
@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["GET", "PUT", "PATCH", "POST", "DELETE", "HEAD"]), _PATHS, _BODIES)
def test_no_request_is_a_defect(client, method, path, body):
    client.put(GROUP, json={"location": "westeurope"})
    url = httpx.URL(f"{GROUP.split('?')[0]}/providers/{path}", params={"api-version": "2024-03-01"})
    answer = client.request(method, url, json=body)
    assert answer.status_code < 500 or answer.status_code == 501, answer.text
