"""The project's virtual environment: pinned packages with hashes, and the project itself, editable."""

import shutil
import subprocess
import sys
from contextlib import suppress

from set_up import environment_variables, pip_settings
from set_up.layout import Layout
from set_up.processes import Command, Processes
from set_up.progress import step
from set_up.stamp import digest, is_current, set_stamp
from set_up.turns import unused

USABLE = "import pip, sys; sys.exit(sys.version_info < (3, 11) or sys.prefix != sys.argv[1])"


def ensure_environment(layout: Layout, processes: Processes) -> None:
    """An environment with pip and the pinned uv. Recreated only if the one that is there cannot be used."""
    pinned = layout.requirements / "uv.txt"
    stamp, wanted = layout.stamps / "environment", digest([pinned], [str(layout.root)])
    if is_current(stamp, wanted) and layout.python.exists():
        return
    with step("Python environment"), unused(layout):
        if not is_usable(layout):
            (layout.stamps / "packages").unlink(missing_ok=True)
            create: Command = [base_python(), "-m", "venv", "--clear", layout.venv]
            processes.run("Python environment", create, environment_variables.for_python(layout), layout.root)
        _install_uv(layout, processes)
    set_stamp(stamp, wanted)


def is_usable(layout: Layout) -> bool:
    """Whether the environment's own Python starts, is recent enough, has pip, and is this checkout's."""
    check: Command = [layout.python, "-c", USABLE, layout.venv]
    try:
        return subprocess.run(check, capture_output=True, timeout=60, check=False).returncode == 0  # noqa: S603  ours
    except (OSError, subprocess.TimeoutExpired):
        return False


def ensure_packages(layout: Layout, processes: Processes) -> None:
    """Exactly the pinned packages, and the project. Needs `ensure_environment`."""
    pinned, project = layout.requirements / "development.txt", layout.root / "pyproject.toml"
    wanted = digest([pinned, project])
    stamp = layout.stamps / "packages"
    if is_current(stamp, wanted):
        return
    with step("Python packages"), unused(layout):
        install_with_uv(layout, processes, "Python packages", "sync", "--require-hashes", str(pinned))
        install_with_uv(
            layout, processes, "The project itself", "install", "--no-deps", "--no-build-isolation", "--editable", "."
        )
        # What the editable install leaves beside the sources is of no use once it is installed.
        shutil.rmtree(layout.root / "src" / "azure_hotpatch.egg-info", ignore_errors=True)
    set_stamp(stamp, wanted)


def base_python() -> str:
    """The Python that this one was made from: an environment cannot be recreated by its own Python."""
    return str(getattr(sys, "_base_executable", sys.executable))


def _install_uv(layout: Layout, processes: Processes) -> None:
    options = ["--quiet", "--retries", "2", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    install: Command = [layout.python, "-m", "pip", "install", *options]
    requirement = layout.requirements / "uv.txt"
    processes.run(
        "The installer uv",
        [*install, "--requirement", requirement],
        environment_variables.for_python(layout),
        layout.root,
        environment_variables.PYTHON_REGISTRY,
    )


def install_with_uv(layout: Layout, processes: Processes, name: str, *arguments: str) -> None:
    """Runs `uv pip …` in the environment, with the index that the person gave to uv or to pip."""
    env = environment_variables.for_python(layout)
    command: Command = [layout.uv, "pip", *arguments, "--python", layout.python, "--quiet"]
    processes.run(
        name, command, env | uv_settings(layout, processes), layout.root, environment_variables.PYTHON_REGISTRY
    )


def uv_settings(layout: Layout, processes: Processes) -> dict[str, str]:
    """The variables that give uv the settings of pip."""
    env = environment_variables.for_python(layout)
    listing = processes.run("The settings of pip", [layout.python, "-m", "pip", "config", "list"], env, layout.root)
    return pip_settings.for_uv(listing, env)


def azure_native_version(layout: Layout) -> str:
    """The version of the installed SDK; the engine looks for a provider plugin of exactly this version."""
    for folder in (layout.venv / "lib").glob("python*/site-packages/pulumi_azure_native-*.dist-info"):
        with suppress(IndexError):
            return folder.name.removesuffix(".dist-info").split("-")[1]
    raise LookupError("pulumi-azure-native is not installed")
