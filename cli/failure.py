"""How a command gives up: one line on standard error, and exit code 3."""

from typing import Final

BAD_INPUT: Final = 3


class Failure(Exception):  # noqa: N818 - it is read as a sentence: "hotpatch: <failure>"
    """A file, an option or a tool that is not what it should be; `str()` is the line that a person reads."""
