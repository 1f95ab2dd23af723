"""Find a Pulumi CLI: a suitable one on PATH, else the official release, else one built from Go modules."""

import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from set_up import environment_variables
from set_up.failure import SetUpError
from set_up.go_build import CLI, PYTHON_HOST, PYTHON_LAUNCHER, GoProgram, ensure_programs, is_built, pinned_version
from set_up.layout import Layout
from set_up.processes import Command, Processes
from set_up.progress import say, step
from set_up.stamp import digest, is_current, set_stamp

OLDEST = (3, 220)
LANGUAGE_HOST = ("pulumi-language-python", "pulumi-language-python-exec")
RELEASES = "https://get.pulumi.com/"
PATIENCE = 3  # seconds in which the release site has to answer
VERSION_PATIENCE = 20.0  # seconds in which a CLI has to say its version
INSTALL = """
import sys
from pulumi.automation import PulumiCommand
from semver import VersionInfo
PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
"""

Waiting = Callable[[], object]


def ensure_cli(
    layout: Layout, processes: Processes, extra: tuple[GoProgram, ...], environment: Waiting, packages: Waiting
) -> None:
    """Finds, downloads or builds the CLI. What was built once stays in use, and `extra` hosts are built beside it.

    `environment` and `packages` wait for the virtual environment and for what is installed in it.
    """
    if not is_built(layout, CLI) and (_is_on_path(layout, processes) or _is_released(layout, processes, packages)):
        return
    ensure_programs(layout, processes, (CLI, PYTHON_HOST, PYTHON_LAUNCHER, *extra), environment)


def why_unfit(version_text: str, cli: Path, environ: Mapping[str, str]) -> str | None:
    """A release has its Python host beside it; a CLI without one would look for it at every run, and fail."""
    match = re.search(r"v?(\d+)\.(\d+)\.\d+", version_text)
    if match is None:
        return f"it does not say which version it is, but: {version_text.strip()[:80]}"
    if (int(match[1]), int(match[2])) < OLDEST:
        return f"it is {match[0]}, and v{OLDEST[0]}.{OLDEST[1]} or later is needed"
    places = os.pathsep.join([str(cli.resolve().parent), str(cli.parent), environ.get("PATH", "")])
    missing = [program for program in LANGUAGE_HOST if shutil.which(program, path=places) is None]
    return f"{' and '.join(missing)} is not beside it" if missing else None


def release_site_answers(address: str = RELEASES) -> bool:
    """Asked first, so that those who cannot reach it lose no time."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE):  # noqa: S310  a constant address
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False


def _is_on_path(layout: Layout, processes: Processes, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether PATH has a suitable CLI; prints why the one that it has is not."""
    found = shutil.which(
        "pulumi", path=environment_variables.path_without_ours(layout, environ.get("PATH", os.defpath))
    )
    if found is None:
        return False
    stamp, seen = layout.stamps / "pulumi-on-path", Path(found).stat()
    wanted = digest([], [found, str(seen.st_mtime_ns), str(seen.st_size)])
    if is_current(stamp, wanted):
        return True
    why_not = _why_not_found_fit(layout, processes, Path(found), environ)
    if why_not:
        say(f"{found} is not used: {why_not}")
        return False
    shutil.rmtree(layout.bin, ignore_errors=True)  # an older build must not come before it
    set_stamp(stamp, wanted)
    return True


def _why_not_found_fit(layout: Layout, processes: Processes, cli: Path, environ: Mapping[str, str]) -> str | None:
    """As `why_unfit`, after running the CLI for its version; one that fails or hangs is unfit too."""
    env = {**environ, "PULUMI_HOME": str(layout.pulumi_home), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    step = "The version of the Pulumi CLI"
    try:
        text = processes.run(step, [cli, "version"], env, layout.root, seconds=VERSION_PATIENCE)
    except SetUpError as error:
        return str(error)
    return why_unfit(text, cli, environ)


def _is_released(layout: Layout, processes: Processes, packages: Waiting) -> bool:
    """Whether the official release could be installed, by the installer inside Pulumi's own SDK."""
    version = pinned_version(layout, CLI).removeprefix("v")
    stamp, wanted = layout.stamps / "pulumi-release", digest([], [version])
    if is_current(stamp, wanted):
        return True
    if not release_site_answers():
        return False
    packages()
    name = "The release of Pulumi"
    try:
        with step(f"{name} {version}"):
            command: Command = [layout.python, "-c", INSTALL, layout.release, version]
            processes.run(name, command, environment_variables.for_python(layout), layout.root, "HTTPS_PROXY")
    except SetUpError as error:
        say(f"{error}")
        return False
    set_stamp(stamp, wanted)
    return True
