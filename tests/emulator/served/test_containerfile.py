"""The Containerfile, as far as it can be run without a builder."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from azure_hotpatch.emulator.served.addresses import PLAIN_PORT, PORT
from azure_hotpatch.emulator.served.folder import VARIABLE

ROOT = Path(__file__).parents[3]
_WITHOUT = ("pulumi", "pulumi_azure_native", "jinja2", "grpc", "azure.identity")
_BLOCK = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in {_WITHOUT}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
"""


@pytest.fixture(scope="module")
def instructions():
    """The instructions in order: the word, and its arguments on one line."""
    lines = (ROOT / "Containerfile").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return [tuple(line.split(None, 1)) for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def _last(instructions, word):
    return [arguments for name, arguments in instructions if name == word][-1]


def test_the_base_is_named_whole_and_by_version(instructions):
    bases = [arguments.split()[0] for word, arguments in instructions if word == "FROM"]
    assert len(bases) == 2
    assert all(re.fullmatch(r"[\w.]+/[\w/]+:\d+\.\d+\.\d+-\S+", base) for base in bases), bases


def test_runs_as_somebody_who_is_not_root_and_owns_the_state(instructions):
    user, group = _last(instructions, "USER").split(":")
    assert int(user) > 0
    state = _last(instructions, "VOLUME")
    assert f"install --directory --owner {user} --group {group} --mode 0700 {state}" in " ".join(
        _last(instructions, "RUN").split()
    )
    assert f"{VARIABLE}={state}" in _last(instructions, "ENV")


def test_says_the_ports_that_are_served_by_default(instructions):
    assert _last(instructions, "EXPOSE").split() == [str(PORT), str(PLAIN_PORT)]


def test_installs_what_serving_needs_and_no_other_library(instructions):
    run = next(arguments for word, arguments in instructions if word == "RUN")
    installed = set(shlex.split(run.rsplit("--wheel-dir /wheels", 1)[1]))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = {Requirement(one).name for one in project["optional-dependencies"]["emulator"]}
    assert installed == extra | {"rich", "typer"}


def test_the_versions_of_the_lock_are_constraints(instructions):
    """The sed of the file itself, run on the lock: every line is a requirement with one version."""
    run = next(arguments for word, arguments in instructions if word == "RUN")
    command = shlex.split(run.split(" > ")[0].replace("/source", str(ROOT)))
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line for line in printed.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    pinned = {Requirement(line).name for line in lines if str(Requirement(line).specifier).startswith("==")}
    assert len(pinned) == len(lines)
    assert {"cryptography", "httpx", "rich", "starlette", "typer", "tzlocal", "uvicorn"} <= pinned


def test_what_is_copied_is_there_and_no_state_is(instructions):
    assert [arguments for word, arguments in instructions if word == "COPY"] == [". /source"]
    ignored = (ROOT / ".containerignore").read_text().splitlines()
    assert {".git", ".hotpatch"} <= set(ignored)
    assert not {"src", "pyproject.toml", "requirements", "emulator", "cli"} & set(ignored)


def test_its_command_serves_without_the_libraries_that_it_leaves_out(instructions, tmp_path, start_server):
    command = json.loads(_last(instructions, "ENTRYPOINT")) + json.loads(_last(instructions, "CMD"))
    assert command[:3] == ["hotpatch", "azure", "serve"]
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(_BLOCK)
    probe = subprocess.run(
        [sys.executable, "-c", "import pulumi"], env={"PYTHONPATH": str(site)}, capture_output=True, text=True
    )
    assert "ModuleNotFoundError" in probe.stderr  # the block works
    state = tmp_path / "state"
    state.mkdir()
    served = start_server(state, *command[3:], PYTHONPATH=str(site))
    ran = served.hotpatch("azure", "reset")
    assert ran.stdout == "The emulated Azure is empty.\n", ran.stderr
