"""The wheel as a stranger gets it: built from what is in version control, installed where nothing else is."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copy2, which

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
Run = Callable[..., str]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What a command prints; a command that fails is a failed test that shows the output."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


@pytest.fixture(scope="session")
def succeed() -> Run:
    """`succeed(*command, cwd=folder)` runs a command that must not fail, and returns what it prints."""
    return run


@pytest.fixture(scope="session")
def uv() -> str:
    """The installer that set-up puts beside the interpreter."""
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else which("uv")
    if not found:
        pytest.fail("the tests of the wheel need uv, which `make test` sets up")
    return found


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the files that are in version control, or would be."""
    source = tmp_path_factory.mktemp("source")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=REPOSITORY)
    for name in listed.splitlines():
        if (REPOSITORY / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(REPOSITORY / name, source / name)
    return source


@pytest.fixture(scope="session")
def wheel(uv: str, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of that copy."""
    built = tmp_path_factory.mktemp("dist")
    run(
        uv,
        "build",
        "--quiet",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        built,
        source,
        cwd=source,
        env={**os.environ, "PYTHONWARNINGS": "error"},  # setuptools warns of a folder that it may come to leave out
    )
    (file,) = built.glob("*.whl")
    return file


@pytest.fixture(scope="session")
def installed(uv: str, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and what it requires, and nothing else."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent)  # with pip, which the engine asks for packages
    run(uv, "pip", "install", "--quiet", "--python", folder / "bin/python", wheel, cwd=folder.parent)
    return folder / "bin/python"
