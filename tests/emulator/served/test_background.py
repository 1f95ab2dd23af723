"""The served emulator in a thread: there while its block runs, and for who trusts its authority."""

import ssl
import threading

import httpx
import pytest

from azure_hotpatch.emulator.served.background import NotServedError, serving


def asked(azure):
    trust = ssl.create_default_context(cafile=azure.authority)
    return httpx.get(f"{azure.url}/emulator/health", verify=trust, trust_env=False)


def test_it_answers_within_the_block_and_not_after_it(tmp_path):
    with serving(tmp_path, tmp_path / "azure.sqlite") as azure:
        assert asked(azure).json() == {"status": "healthy"}
        with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
            httpx.get(f"{azure.url}/emulator/health", trust_env=False)
    with pytest.raises(httpx.ConnectError, match="refused"):
        asked(azure)
    assert "emulated-azure" not in {thread.name for thread in threading.enumerate()}


def test_two_are_apart(tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    with serving(first, first / "azure.sqlite") as one, serving(second, second / "azure.sqlite") as two:
        assert one.url != two.url
        assert (asked(one).status_code, asked(two).status_code) == (200, 200)


def test_a_server_that_ends_before_it_listens_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("uvicorn.Server.run", lambda _server: None)
    with pytest.raises(NotServedError, match="cannot listen"), serving(tmp_path, tmp_path / "azure.sqlite"):
        pytest.fail("the block is not entered")
