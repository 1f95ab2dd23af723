"""The language host that set-up builds gets the virtual environment that the project names."""

import os
import subprocess
from pathlib import Path
from shutil import copy

import pytest

from set_up.go_build import PYTHON_HOST, PYTHON_LAUNCHER
from set_up.layout import CHECKOUT

NAMED = "runtime: {name: python, options: {virtualenv: venv}}\n"


class Host:
    def __init__(self, launcher: Path) -> None:
        self.launcher = launcher

    def __call__(self, folder: Path, path: str) -> list[str]:
        done = subprocess.run(
            [self.launcher, "127.0.0.1:1"], cwd=folder, env={"PATH": path}, check=True, capture_output=True, text=True
        )
        return done.stdout.splitlines()


@pytest.fixture
def host_arguments(pulumi: Path, tmp_path: Path) -> Host:
    """Starts the launcher in a folder, with a host beside it that prints what it was given."""
    built = pulumi.parent / PYTHON_LAUNCHER.name
    if pulumi.parent != CHECKOUT.bin:
        pytest.skip("needs the engine that set-up builds; a release's own host reads the options")
    folder = tmp_path / "bin"
    folder.mkdir()
    copy(built, folder)
    host = folder / PYTHON_HOST.name
    host.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    host.chmod(0o755)
    return Host(folder / built.name)


def project(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(f"name: mine\n{text}")
    return folder


def test_the_one_that_the_project_names(host_arguments: Host, tmp_path: Path) -> None:
    root = project(tmp_path / "mine", NAMED)
    below = root / "src"
    below.mkdir()
    for folder in (root, below):
        assert host_arguments(folder, os.defpath) == [f"-root={root}", "-virtualenv=venv", "127.0.0.1:1"]


def test_a_package_names_its_own(host_arguments: Host, tmp_path: Path) -> None:
    package = project(tmp_path / "mine", NAMED) / "components"
    package.mkdir()
    (package / "PulumiPlugin.yaml").write_text("runtime: {name: python, options: {virtualenv: ../package}}\n")
    assert host_arguments(package, os.defpath) == [f"-root={package}", "-virtualenv=../package", "127.0.0.1:1"]


@pytest.mark.parametrize(
    "text", ["runtime: python\n", "runtime: {name: nodejs, options: {virtualenv: venv}}\n", "a: [\n"]
)
def test_else_the_one_that_is_active(text: str, host_arguments: Host, tmp_path: Path) -> None:
    active = tmp_path / "active"
    (active / "bin").mkdir(parents=True)
    (active / "pyvenv.cfg").touch()
    (active / "bin/python3").write_text("#!/bin/sh\n")
    (active / "bin/python3").chmod(0o755)
    root = project(tmp_path / "mine", text)
    assert host_arguments(root, str(active / "bin")) == [f"-virtualenv={active}", "127.0.0.1:1"]
    assert host_arguments(root, str(tmp_path)) == ["127.0.0.1:1"]
