"""The error of a command: one line on standard error, and exit code 3."""

from typing import Final

BAD_INPUT: Final = 3


class Failure(Exception):  # noqa: N818 - it is read as a sentence: "hotpatch: <failure>"
    """An invalid file or option, or a tool that failed; `str()` is the line for the user."""
