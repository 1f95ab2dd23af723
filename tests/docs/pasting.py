"""Paste a block of a page into a shell, as a person would."""

import subprocess
from collections.abc import Mapping
from pathlib import Path


def pasted(text: str, folder: Path, env: Mapping[str, str], *, timeout: float) -> "subprocess.CompletedProcess[str]":
    """Run the lines in bash, which ends at the first that fails; `kill %1` ends a job in the background."""
    return subprocess.run(
        ["bash", "-m", "-euo", "pipefail", "-c", text],
        cwd=folder,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def paste(text: str, folder: Path, env: Mapping[str, str], *, timeout: float) -> str:
    """What the lines print; none may fail."""
    done = pasted(text, folder, env, timeout=timeout)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
