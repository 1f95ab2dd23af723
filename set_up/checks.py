"""What is run over the sources: format, lint, types, structure, tests, measurements, wheel."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from engine.foreground import run
from engine.layout import Layout
from engine.processes import Command, Processes
from engine.python_packages import uv_settings
from engine.surroundings import caches, for_commands

# The sandbox's own state: a test that forgot to name its own must fail, not write there.
OF_THE_SANDBOX = ("PULUMI_BACKEND_URL", "AZURE_HOTPATCH_EMULATOR_STORE")


def check(layout: Layout, _: Sequence[str]) -> int:
    python: Command = (layout.python, "-m")
    return _run_all(
        layout,
        [*python, "ruff", "format", "--check", "."],
        [*python, "ruff", "check", "."],
        [sys.executable, "-m", "engine", "types"],
        [*python, "pytest", "-q", "tests/test_structure.py"],
    )


def reformat(layout: Layout, _: Sequence[str]) -> int:
    python: Command = (layout.python, "-m", "ruff")
    return _run_all(layout, [*python, "format", "."], [*python, "check", "--fix", "."])


def test(layout: Layout, arguments: Sequence[str]) -> int:
    env = {name: value for name, value in for_commands(layout).items() if name not in OF_THE_SANDBOX}
    uv = uv_settings(layout, Processes(layout.logs))  # tests install the wheel elsewhere
    return run([layout.python, "-m", "pytest", *arguments], layout.root, {**env, **caches(layout), **uv})


def bench(layout: Layout, arguments: Sequence[str]) -> int:
    return _run_all(layout, [layout.python, "-m", "bench", *arguments])


def types(layout: Layout, _: Sequence[str]) -> int:
    """mypy over the package as it is imported, with the paths of the checkout in its complaints."""
    tree = import_tree(layout)
    checked = subprocess.run(  # noqa: S603  a constant command
        [layout.python, "-m", "mypy", "-p", "azure_hotpatch", "-p", "engine"],
        cwd=layout.root,
        env={**for_commands(layout), "MYPYPATH": str(tree)},
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    inside = f"{tree.relative_to(layout.root)}{os.sep}azure_hotpatch{os.sep}"
    for line in checked.stdout.splitlines():
        print(line.removeprefix(inside))  # noqa: T201  this command's output
    return checked.returncode


def import_tree(layout: Layout) -> Path:
    """The import root as a folder of links, since a type checker cannot follow the mapping of pyproject.toml."""
    project = tomllib.loads((layout.root / "pyproject.toml").read_text(encoding="utf-8"))
    mapped: dict[str, str] = project["tool"]["setuptools"]["package-dir"]
    tree = layout.made / "import-tree"
    package = tree / "azure_hotpatch"
    shutil.rmtree(tree, ignore_errors=True)
    package.mkdir(parents=True)
    for entry in (layout.root / "azure_hotpatch").iterdir():
        (package / entry.name).symlink_to(entry)
    for name, folder in mapped.items():
        (package / name.removeprefix("azure_hotpatch.")).symlink_to(layout.root / folder)
    return tree


def wheel(layout: Layout, _: Sequence[str]) -> int:
    build: Command = ["--wheel", "--no-build-isolation", "--out-dir", layout.root / "dist", "--python", layout.python]
    code = _run_all(layout, [layout.uv, "build", *build])
    for leftover in ("build", "azure_hotpatch.egg-info"):
        shutil.rmtree(layout.root / leftover, ignore_errors=True)
    return code


def _run_all(layout: Layout, *commands: Command) -> int:
    """Runs every command, so that one run shows every complaint; 0, or the exit code of the first that failed."""
    env = {**for_commands(layout), **caches(layout)}
    codes = [run(command, layout.root, env) for command in commands]
    return next((code for code in codes if code), 0)
