"""The commands that read and patch machines, run in this process and in a folder of the test's own."""

import pytest

from azure_hotpatch.cli.__main__ import run
from tests.operations.azure import SUBSCRIPTION


@pytest.fixture
def hotpatch(tmp_path, monkeypatch, capsys):
    """Runs a command for the subscription of the tests; gives its exit code, its output and its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION)

    def invoke(*arguments):
        code = run(arguments)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    return invoke


@pytest.fixture
def azure(serve, connect):
    """Three machines, and this process pointed at them."""
    found = serve(3)
    connect(found)
    return found
