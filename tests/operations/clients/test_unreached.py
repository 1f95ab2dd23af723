"""Why nothing answers, by the words of the real transport at real addresses, and of a log-in's."""

import http.server
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest
from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.core.pipeline import Pipeline
from azure.core.pipeline.transport import RequestsTransport
from azure.core.rest import HttpRequest

from azure_hotpatch.operations.clients.refusals import RefusalKind, refusal_of
from tests.operations.azure import certificate

NETWORK = "check the network and the proxy"
TRUST = "where a proxy opens TLS, name the file of its certificate authority in REQUESTS_CA_BUNDLE"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def closed() -> int:
    """A port at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(params=[True, False], ids=["self-signed", "without TLS"])
def answering(request: pytest.FixtureRequest, tmp_path) -> Iterator[tuple[int, bool]]:
    """A server that a client of Azure's does not take: its port, and whether it speaks TLS."""
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    if request.param:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(tmp_path))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, request.param
    server.shutdown()
    server.server_close()


def line(url: str, **options: object) -> str:
    """What the refusal says of a GET by azure-core's own transport."""
    with Pipeline(RequestsTransport(connection_timeout=5)) as pipeline, pytest.raises(AzureError) as raised:
        pipeline.run(HttpRequest("GET", url), **options)
    refusal = refusal_of(raised.value)
    assert refusal.kind is RefusalKind.NOT_SENT
    return str(refusal)


def test_a_name_that_is_not_known():
    where = "Azure at management.azure.invalid:443"
    assert line("https://management.azure.invalid/") == (
        f"{where} cannot be reached: its name is not known here; {NETWORK}"
    )


def test_a_port_that_is_closed(closed):
    assert line(f"https://127.0.0.1:{closed}/") == (
        f"Azure at 127.0.0.1:{closed} cannot be reached: the connection fails; {NETWORK}"
    )


def test_a_proxy_that_does_not_answer(closed):
    said = line("https://management.azure.com/", proxies={"https": f"http://127.0.0.1:{closed}"})
    why = f"the proxy at 127.0.0.1:{closed} refuses or does not answer"
    assert said == f"Azure cannot be reached: {why}; check HTTPS_PROXY and NO_PROXY"


def test_a_certificate_that_is_not_trusted_and_an_address_without_tls(answering):
    port, speaks_tls = answering
    why, advice = ("its certificate is not trusted here", TRUST)
    if not speaks_tls:
        why, advice = ("it does not speak TLS", "check the address and the proxy")
    assert line(f"https://localhost:{port}/") == f"Azure cannot be reached: {why}; {advice}"


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        (
            "Authentication failed: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed",
            RefusalKind.NOT_SENT,
            f"Azure's log-in cannot be reached: its certificate is not trusted here; {TRUST}",
        ),
        (
            "Authentication failed: ('Unable to connect to proxy', OSError('Tunnel connection failed: 407'))",
            RefusalKind.NOT_SENT,
            "Azure's log-in cannot be reached: the proxy refuses or does not answer; check HTTPS_PROXY and NO_PROXY",
        ),
        (
            "DefaultAzureCredential failed\nManagedIdentityCredential: HTTPConnection(host='169.254.169.254', port=80)",
            RefusalKind.LOG_IN,
            "Azure does not know who asks: log in with `az login`, or set AZURE_CLIENT_ID, …",
        ),
        (
            "DefaultAzureCredential failed\nAzureDeveloperCliCredential: Timed out waiting; timed out",
            RefusalKind.LOG_IN,
            "Azure does not know who asks: log in with `az login`, or set AZURE_CLIENT_ID, …",
        ),
    ],
)
def test_a_log_in_that_is_not_reached_is_no_log_in_that_is_missing(words, kind, said):
    refusal = refusal_of(ClientAuthenticationError(words))
    assert (refusal.kind, str(refusal)) == (kind, said)
