"""Which Python runs the set-up: this one if it is recent enough, else a newer one on PATH, else none.

Parsed by whatever `python3` is: nothing newer than Python 3.6 in this file.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
NEWER_COMMANDS = ("python3.14", "python3.13", "python3.12", "python3.11")
TRIED = "_HOTPATCH_SET_UP_PYTHON"


def is_supported(version: "tuple[int, ...]") -> bool:
    return version[:2] >= OLDEST


def newer_python() -> "str | None":
    """The path of a supported Python on PATH, or None."""
    found = (shutil.which(command) for command in NEWER_COMMANDS)
    return next((path for path in found if path), None)


def why_too_old(version: "tuple[int, ...]", executable: str) -> str:
    return (
        f"set-up: Python {OLDEST[0]}.{OLDEST[1]} or later is needed, and {executable} is {version[0]}.{version[1]}. "
        "Install a newer one, or name it: make PYTHON=/path/to/python3 up"
    )


def continue_with_a_supported_python() -> None:
    """Returns if this Python will do, replaces the process by a newer one, or exits with one line."""
    if is_supported(tuple(sys.version_info[:3])):
        return
    newer = newer_python()
    if newer is None or TRIED in os.environ:
        sys.exit(why_too_old(tuple(sys.version_info[:3]), sys.executable))
    os.environ[TRIED] = newer  # a command of that name can still be an old Python, as with pyenv: try once
    os.execv(newer, [newer, "-B", "-m", "set_up", *sys.argv[1:]])  # noqa: S606  no shell is wanted
