"""The locks that Pulumi's backend keeps in a folder: that of an engine that was killed is released."""

import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path


def release_dead_locks(locks: Path) -> None:
    """Deletes the locks below a folder whose engine has ended: nobody else would, and each refuses every command."""
    for lock in locks.glob("**/*.json"):
        with suppress(OSError):
            if not _is_held(lock):
                lock.unlink()


def _is_held(lock: Path) -> bool:
    try:
        process = int(json.loads(lock.read_text(encoding="utf-8"))["pid"])
        os.kill(process, 0)
    except (ValueError, KeyError, TypeError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return _is_engine(process)


def _is_engine(process: int) -> bool:
    """Whether it runs, and is Pulumi: a number stays until init collects the process, and may be given to another."""
    try:
        state, name = _state_and_name(process)
    except OSError:
        return True  # nothing here can tell, and a lock too many is only in the way
    return not state.startswith("Z") and "pulumi" in name


def _state_and_name(process: int) -> tuple[str, str]:
    proc = Path("/proc/self/stat")
    if proc.exists():  # a container of Linux may have no ps
        try:
            text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return "Z", ""
        name, _, rest = text.partition("(")[2].rpartition(")")
        return rest.strip(), name
    command = ["ps", "-o", "stat=,comm=", "-p", str(process)]
    listed = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  a constant command
    state, _, name = listed.stdout.strip().partition(" ")
    return state or "Z", Path(name.strip()).name
