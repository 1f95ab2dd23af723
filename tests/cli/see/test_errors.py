"""What goes wrong is one line on standard error, by a process of its own, in which libraries may print too."""

import os
import subprocess
import sys

import pytest
from pydantic import TypeAdapter

from azure_hotpatch.operations.clients.connection import ENDPOINT
from azure_hotpatch.operations.machine import Machine
from tests.operations.machines import machine


@pytest.fixture
def hotpatch_process(tmp_path):
    """A process of its own: what Python prints by itself, as warnings of libraries, is seen too."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "ARM_", "IDENTITY_"))}
    own = {"AZURE_HOTPATCH_JOURNAL": str(tmp_path / "journal.jsonl"), "AZURE_HOTPATCH_CALENDAR": "none"}

    def run(*arguments, **environ):
        command = [sys.executable, "-m", "azure_hotpatch.cli", *arguments]
        return subprocess.run(
            command, env=kept | own | environ, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


def one_line(done, words):
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1), done.stderr
    assert words in done.stderr


def test_who_is_not_logged_in_reads_no_warning_of_a_library(hotpatch_process):
    environ = {"AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential", ENDPOINT: "https://localhost:9"}
    one_line(hotpatch_process("status", **environ), "az login")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("report", "page.html", "--machines", "machines.json"), "the journal"),
        (("evidence", "pack", "night.zip", "--key", "key"), "journal"),
    ],
)
def test_a_journal_that_was_changed_is_named(arguments, words, hotpatch_process, tmp_path):
    (tmp_path / "journal.jsonl").write_text('{"kind": "note"}\n')
    (tmp_path / "machines.json").write_bytes(TypeAdapter(list[Machine]).dump_json([machine("web")]))
    one_line(hotpatch_process(*arguments), words)


@pytest.mark.parametrize(
    "arguments",
    [("report", "page.html"), ("rollback", "KB5122871", "--yes"), ("forecast",)],
    ids=lambda given: given[0],
)
def test_a_file_without_machines_is_no_success(arguments, hotpatch_process, tmp_path):
    (tmp_path / "machines.json").write_text('{"version": 1, "machines": []}')
    one_line(hotpatch_process(*arguments, "--machines", "machines.json"), "machines.json has no machine in it")
    assert not (tmp_path / "page.html").exists()
