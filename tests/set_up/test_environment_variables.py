"""What set-up runs writes inside the checkout only, and `make env` prints what a shell can read."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from set_up import commands, environment_variables
from set_up.layout import Layout


@pytest.mark.parametrize("variable", ["PIP_CACHE_DIR", "UV_CACHE_DIR"])
def test_the_caches_of_python_lie_in_the_checkout(layout: Layout, variable: str) -> None:
    assert environment_variables.for_python(layout, {variable: "/elsewhere"})[variable].startswith(f"{layout.made}/")


@pytest.mark.parametrize("variable", ["GOPATH", "GOMODCACHE", "GOCACHE", "GOTMPDIR", "TEST_TELEMETRY_DIR"])
def test_the_folders_of_go_lie_in_the_checkout(layout: Layout, variable: str) -> None:
    assert environment_variables.for_go(layout, {variable: "/elsewhere"})[variable].startswith(f"{layout.made}/")


def test_registry_settings_pass_through(layout: Layout) -> None:
    theirs = {"GOPROXY": "https://mirror", "PIP_INDEX_URL": "https://index", "HTTPS_PROXY": "http://proxy"}
    assert theirs.items() <= environment_variables.for_go(layout, theirs).items()
    assert theirs.items() <= environment_variables.for_python(layout, theirs).items()


def test_settings_of_other_work_do_not_change_what_is_built(layout: Layout) -> None:
    env = environment_variables.for_go(layout, {"GOOS": "windows", "GOFLAGS": "-mod=vendor", "PYTHONPATH": "/x"})
    assert "GOOS" not in env
    assert "PYTHONPATH" not in env
    assert "vendor" not in env["GOFLAGS"]


def test_ours_come_first_on_path_and_once(layout: Layout) -> None:
    layout.bin.mkdir()
    (layout.venv / "bin").mkdir(parents=True)
    once = environment_variables.for_commands(layout, {"PATH": "/usr/bin:/bin"})["PATH"]
    assert once == f"{layout.venv / 'bin'}:{layout.bin}:/usr/bin:/bin"
    assert environment_variables.for_commands(layout, {"PATH": once})["PATH"] == once


def test_compiled_modules_are_kept_in_the_checkout_whatever_the_shell_says(layout: Layout, tmp_path: Path) -> None:
    (tmp_path / "module.py").touch()
    env = environment_variables.for_commands(layout, {"PYTHONDONTWRITEBYTECODE": "1"})
    subprocess.run([sys.executable, "-c", "import module"], env=env, cwd=tmp_path, check=True)
    assert not list(tmp_path.glob("__pycache__"))
    (compiled,) = layout.made.rglob("module.*.pyc")
    assert compiled.is_relative_to(layout.cache)


def test_a_shell_reads_the_exports_back(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    layout.bin.mkdir()
    assert commands.print_exports(layout, []) == 0
    printed = capsys.readouterr().out
    shell = subprocess.run(
        ["/bin/sh", "-c", f"eval {shlex.quote(printed)}; env -0"],
        check=True,
        capture_output=True,
        env={"PATH": os.defpath},
    )
    seen = dict(entry.split("=", 1) for entry in shell.stdout.decode().split("\0") if entry)
    assert environment_variables.shell_exports(layout).items() <= seen.items()
    assert seen["PATH"] == f"{layout.bin}:{os.defpath}"


def test_the_backend_is_an_address_of_the_state_folder(layout: Layout) -> None:
    address = urlparse(environment_variables.shell_exports(layout)["PULUMI_BACKEND_URL"])
    assert (address.scheme, unquote(address.path)) == ("file", str(layout.state))
