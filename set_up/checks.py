"""Commands that check or build the sources: format, lint, types, structure, tests, benchmarks, wheel."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from set_up.environment_variables import caches, for_commands
from set_up.foreground import run
from set_up.layout import Layout
from set_up.processes import Command, Processes
from set_up.python_packages import uv_settings

# The sandbox's own state: a test that forgot to name its own must fail, not write there.
OF_THE_SANDBOX = ("PULUMI_BACKEND_URL", "AZURE_HOTPATCH_EMULATOR_STORE")


def check(layout: Layout, _: Sequence[str]) -> int:
    python: Command = (layout.python, "-m")
    return _run_all(
        layout,
        [*python, "ruff", "format", "--check", "."],
        [*python, "ruff", "check", "."],
        [sys.executable, "-m", "set_up", "types"],
        [*python, "pytest", "-q", "tests/test_structure.py"],
    )


def reformat(layout: Layout, _: Sequence[str]) -> int:
    python: Command = (layout.python, "-m", "ruff")
    return _run_all(layout, [*python, "format", "."], [*python, "check", "--fix", "."])


def test(layout: Layout, arguments: Sequence[str]) -> int:
    env = {name: value for name, value in for_commands(layout).items() if name not in OF_THE_SANDBOX}
    uv = uv_settings(layout, Processes(layout.logs))  # tests install the wheel elsewhere
    return run(
        [layout.python, "-m", "pytest", *in_parallel(), *arguments], layout.root, {**env, **caches(layout), **uv}
    )


def in_parallel() -> list[str]:
    """A worker a processor; a file's tests stay together until a worker has none left, for the fixtures they share."""
    return ["-n", str(os.cpu_count() or 1), "--dist", "worksteal"]


def quick(layout: Layout, arguments: Sequence[str]) -> int:
    fast = ["-m", "not e2e and not wheel and not slow", "--hypothesis-profile=quick"]
    return test(layout, ["-q", *fast, *arguments])


def bench(layout: Layout, arguments: Sequence[str]) -> int:
    return _run_all(layout, [layout.python, "-m", "bench", *arguments])


# The toolkit as it is imported, and what is run from the repository; two programs called __main__ need two runs.
TYPED = (
    ("-p", "azure_hotpatch", "-p", "set_up"),
    ("__main__.py",),
    ("bench",),
    ("examples/python/__main__.py",),
    ("examples/patching",),
)


def types(layout: Layout, _: Sequence[str]) -> int:
    """mypy over everything that is Python, with the paths of the repository in its complaints."""
    return max(_typed(layout, part) for part in TYPED)


def _typed(layout: Layout, part: Sequence[str]) -> int:
    checked = subprocess.run(  # noqa: S603  a constant command
        [layout.python, "-m", "mypy", *part],
        cwd=layout.root,
        env=for_commands(layout),
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    inside = os.path.join("src", "azure_hotpatch", "")
    for line in checked.stdout.splitlines():
        print(line.removeprefix(inside))  # noqa: T201  this command's output
    return checked.returncode


def wheel(layout: Layout, _: Sequence[str]) -> int:
    """Builds the wheel and prints its path; what the build says is shown where it fails."""
    dist = layout.root / "dist"
    build: Command = ["--quiet", "--wheel", "--no-build-isolation", "--out-dir", dist, "--python", layout.python]
    code = _run_all(layout, [layout.uv, "build", *build])
    for leftover in ("build", "src/azure_hotpatch.egg-info"):
        shutil.rmtree(layout.root / leftover, ignore_errors=True)
    if not code:
        newest = max(dist.glob("*.whl"), key=lambda wheel: wheel.stat().st_mtime)
        print(newest.relative_to(layout.root))  # noqa: T201  this command's output
    return code


def template(layout: Layout, _: Sequence[str]) -> int:
    return _run_all(layout, [layout.python, "-B", "-m", "set_up.template", "--no-build-isolation"])


def _run_all(layout: Layout, *commands: Command) -> int:
    """Runs every command, so that one run shows every complaint; 0, or the exit code of the first that failed."""
    env = {**for_commands(layout), **caches(layout)}
    codes = [run(command, layout.root, env) for command in commands]
    return next((code for code in codes if code), 0)
