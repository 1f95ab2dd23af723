"""The real Pulumi engine, run for a measurement: with one provider plugin, a state of its own, and nothing else."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
# A provider that answers at once, with what it was asked.
ECHO = (str(REPOSITORY / "tests/policies/echo_provider.py"),)


def environment(work: Path, provider: Sequence[str] = ECHO, home: str = "home") -> dict[str, str]:
    """The environment of a run in `work` whose only plugin, for azure-native, is this Python's `provider`.

    The state is in `work / "state"`, which all environments of one `work` share; `home` is the engine's own folder.
    """
    plugins = work / home / "plugins"
    launcher = plugins / f"resource-azure-native-v{version('pulumi-azure-native')}" / "pulumi-resource-azure-native"
    write(launcher, f"#!/bin/sh\nexec {shlex.join([sys.executable, *provider])}\n")
    launcher.chmod(0o755)
    (work / "state").mkdir(exist_ok=True)
    built = [str(REPOSITORY / ".hotpatch/bin"), str(Path(sys.executable).parent)]
    return {
        **os.environ,
        "PATH": os.pathsep.join([*built, os.environ["PATH"]]),
        "PULUMI_HOME": str(work / home),
        "PULUMI_BACKEND_URL": (work / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "bench",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }


def run(command: list[str], work: Path, settings: dict[str, str]) -> None:
    """Runs a command to its end; a failure ends the measurement with what it printed."""
    done = subprocess.run(command, cwd=work, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
