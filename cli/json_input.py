"""Read a file, or standard input, and the JSON in it; what cannot be read is a Failure of one line."""

import json
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from azure_hotpatch.cli.failure import Failure

STDIN = "-"


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`."""
    if not name:
        raise Failure("the name of a file is empty: is a variable of the shell not set?")
    refuse_output(name)
    try:
        return _standard_input() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise Failure(f"{called(name)} cannot be read: {error.strerror}") from None
    except ValueError:  # a name with a NUL in it
        raise Failure(f"{name!r} is not the name of a file") from None


def refuse_output(name: str) -> None:
    """Refuse a file to which the command's own output goes: `>` has emptied it, and `>>` would add to what is read."""
    with suppress(OSError, ValueError):
        read, written = os.stat(0 if name == STDIN else name), os.fstat(1)
        if stat.S_ISREG(read.st_mode) and os.path.samestat(read, written):
            raise Failure(f"{called(name)} is also where the output goes, and > has emptied it: use another file")


def json_of(name: str, option: str = "") -> Any:
    """The value in a JSON file that an option names, or on standard input for `-`."""
    return parsed_json(f"{option} {called(name)}".lstrip(), read_bytes(name))


def parsed_json(name: str, data: bytes) -> Any:
    """The value in bytes of JSON; `name` is what they are called in a Failure."""
    try:
        return json.loads(decoded(name, data))
    except RecursionError:
        raise Failure(f"{name} is nested deeper than can be read") from None
    except json.JSONDecodeError as error:
        raise Failure(f"{name} is not JSON: {error}") from None
    except ValueError:  # Python takes no number of more than 4,300 digits
        raise Failure(f"{name} is damaged: it holds a number that is too long to be one") from None


def decoded(name: str, data: bytes) -> str:
    """The text of a file, in whichever of UTF-8, UTF-16 and UTF-32 a shell's redirection wrote it."""
    if not data.strip():
        raise Failure(f"{called(name)} is empty: did the command that wrote it fail?")
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise Failure(f"{called(name)} is not text in UTF-8, UTF-16 or UTF-32") from None


def called(name: str) -> str:
    """What a file that an option or an argument names is called in an error."""
    return "standard input" if name == STDIN else name


def _standard_input() -> bytes:
    if sys.stdin is None:  # it was closed before the command began
        raise Failure("standard input cannot be read: it is closed")
    return sys.stdin.buffer.read()
