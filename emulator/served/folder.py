"""The user's folder of the served emulator: certificates, the trust bundle, and the addresses of what runs."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "AZURE_HOTPATCH_EMULATOR_HOME"


def folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder of the user's state, by the custom of the operating system; VARIABLE names another."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return _customary(environ, platform) / "azure-hotpatch" / "emulator"


def _customary(environ: Mapping[str, str], platform: str) -> Path:
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    # "XDG Base Directory Specification": a relative path is to be ignored.
    given = environ.get("XDG_STATE_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".local" / "state"


def private(path: Path) -> Path:
    """The folder `path`, made if need be, that only its owner may look into."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Put `content` at `path`, whole or not at all, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
