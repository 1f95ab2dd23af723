"""The Azure CLI in an environment of its own, for the tests that run it: it is too large for the project's own."""

import sys
from collections.abc import Sequence

from set_up import environment_variables
from set_up.checks import test as run_tests
from set_up.layout import Layout
from set_up.processes import Command, Processes
from set_up.progress import step
from set_up.python_packages import base_python, uv_settings
from set_up.stamp import digest, is_current, set_stamp

TESTS = "tests/emulator/azure_cli"


def test(layout: Layout, arguments: Sequence[str]) -> int:
    """Installs the pinned CLI once, and runs its table of commands."""
    _ensure_cli(layout)
    return run_tests(layout, ["-q", TESTS, *arguments])


def _ensure_cli(layout: Layout) -> None:
    pinned, folder = layout.requirements / "azure-cli.txt", layout.made / "azure-cli"
    stamp, wanted = layout.stamps / "azure-cli", digest([pinned], [sys.version])
    if is_current(stamp, wanted) and (folder / "bin" / "python").exists():
        return
    processes = Processes(layout.logs)
    env = environment_variables.for_python(layout) | uv_settings(layout, processes)
    with step("The Azure CLI", "a few minutes"):
        for command in _commands(layout, folder, pinned):
            processes.run("The Azure CLI", command, env, layout.root, environment_variables.PYTHON_REGISTRY)
    set_stamp(stamp, wanted)


def _commands(layout: Layout, folder: object, pinned: object) -> list[Command]:
    create: Command = [layout.uv, "venv", "--clear", "--python", base_python(), f"{folder}"]
    install: Command = [
        *(layout.uv, "pip", "sync", "--quiet", "--require-hashes"),
        *("--python", f"{folder}/bin/python", f"{pinned}"),
    ]
    return [create, install]
