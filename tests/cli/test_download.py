"""`hotpatch calendar update` from an address: what comes from there, and what is said of one that is of no use."""

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from azure_hotpatch.cli import download as module
from azure_hotpatch.cli import known_releases
from azure_hotpatch.local.calendar import VARIABLE
from tests.operations.azure import certificate

OCTOBER = {"day": "2026-10-13", "generation": "2022", "release": "baseline", "source": "notes", "kb": "KB5200001"}
GOOD = json.dumps({"events": [OCTOBER]}).encode()


class Page(BaseHTTPRequestHandler):
    """Answers by the path: /good, /moved, /round, /plain, /gone, /large, /html."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        places = {"/moved": "/good", "/round": "/round", "/plain": "http://localhost:1/good"}
        bodies = {"/good": GOOD, "/large": b"x" * (known_releases._LARGEST + 1), "/html": b"<html>"}
        if path in places:
            self.send_response(302)
            self.send_header("Location", places[path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200 if path in bodies else 404)
        body = bodies.get(path, b"")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site(tmp_path, monkeypatch):
    """The address of a server with a certificate that is trusted here."""
    authority, key = certificate(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    monkeypatch.setenv("no_proxy", "localhost")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own" / "calendar.json"))
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/good", "/moved"])
def test_what_an_address_gives_is_kept_without_its_secret(path, site, hotpatch, tmp_path):
    address = f"{site.replace('https://', 'https://me:hunter2@')}{path}?sv=2024&sig=s3cret"
    outcome = hotpatch("calendar", "update", address)
    assert outcome.code == 0, outcome.err
    kept = (tmp_path / "own" / "calendar.json").read_text()
    assert json.loads(kept)["source"] == f"{site}{path}"
    told = kept + outcome.out + outcome.err + hotpatch("calendar").out
    assert "hunter2" not in told
    assert "s3cret" not in told


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone?sig=s3cret", "/gone cannot be read: it answers 404"),
        ("/large", "/large is larger than 1000000 bytes"),
        ("/round", "/round cannot be read: it redirects more than 5 times"),
        ("/plain", "http://localhost:1/good, to which it redirects, is not an https address"),
        ("/html", "/html is not JSON"),
    ],
)
def test_what_is_of_no_use_is_one_line(path, words, site, hotpatch, tmp_path):
    outcome = hotpatch("calendar", "update", f"{site}{path}")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)
    assert words in outcome.err
    assert "s3cret" not in outcome.err
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://example.com/a.json?sig=s3cret", "http://example.com/a.json is not an https address"),
        ("ftp://me:s3cret@example.com/a", "ftp://example.com/a is not an https address"),
        ("https://", "https:// is not an https address"),
        ("https://[::1", "the address is not one: write it as https://host/path"),
        ("https://host:s3cret/a", "the address is not one"),
        ("https://localhost:1/a?sig=s3cret", "https://localhost:1/a cannot be read: "),
        ("https://exa mple/a", "cannot be read: "),
    ],
)
def test_an_address_that_is_none_is_one_line(address, words, hotpatch):
    outcome = hotpatch("calendar", "update", address)
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert words in outcome.err
    assert "s3cret" not in outcome.err


def test_one_who_sends_a_byte_now_and_then_is_not_waited_for(site, hotpatch, monkeypatch):
    monkeypatch.setattr(module, "_LONGEST", -1.0)
    assert "/good cannot be read: it took longer than" in hotpatch("calendar", "update", f"{site}/good").err


def test_a_certificate_that_is_not_trusted_is_told(site, hotpatch, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    outcome = hotpatch("calendar", "update", f"{site}/good")
    assert outcome.code == 3
    assert "certificate" in outcome.err.lower()
