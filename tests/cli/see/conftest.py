"""The estate of 2025 as `hotpatch status` and `hotpatch history` see it, over http without a token."""

import pytest

from azure_hotpatch.operations.clients import connection as connecting
from azure_hotpatch.operations.journal.file import VARIABLE
from tests.operations import estate
from tests.operations.clients.conftest import connection, served

AT = ("--at", estate.END.isoformat())


@pytest.fixture(scope="session")
def url(tmp_path_factory):
    azure = estate.live(tmp_path_factory.mktemp("estate") / "azure.sqlite")
    with served(azure._app) as address:
        yield address


@pytest.fixture
def here(url, monkeypatch, tmp_path):
    """Point the commands at the estate, over http without a token, and at a journal of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "journal.jsonl"))
    monkeypatch.setattr(connecting, "Connection", lambda: connection(url))


@pytest.fixture
def asked(hotpatch, here):  # noqa: ARG001 - here is for its effect
    def ask(command, *arguments):
        return hotpatch(command, *(AT if command == "status" else ()), *arguments)

    return ask
