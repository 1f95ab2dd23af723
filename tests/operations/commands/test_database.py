"""Waves in PostgreSQL, as a person types them: a server that has no database yet, and one that is not there."""

import json
import subprocess
import sys


def test_a_server_without_the_database_is_enough(azure, hotpatch, tmp_path, postgresql):
    """The first who plans with it makes the database; a worker carries the wave out."""
    shared = ("--database-url", postgresql)
    options = ("--name", "vm-0000", "--no-assess", "--out", "p.json")
    code, out, err = hotpatch("install", *options, "--yes", "--detach", *shared)
    assert (code, err) == (0, "")
    assert f"waits for `hotpatch worker --database-url {postgresql}`" in out
    name = json.loads((tmp_path / "p.json").read_text())["id"]
    assert hotpatch("wave", "resume", name, "--poll", "0.1", *shared)[0] == 0
    assert azure.installs() == ["vm-0000"]


def test_a_database_that_cannot_be_reached_is_one_line(tmp_path):
    """In a process of its own, in which DBOS has no log of a test's."""
    command = [sys.executable, "-m", "azure_hotpatch.cli", "wave", "list", "--database-url"]
    address = "postgresql://nobody@127.0.0.1:1/waves"
    done = subprocess.run([*command, address], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("hotpatch: the PostgreSQL database cannot be used: connection failed")
