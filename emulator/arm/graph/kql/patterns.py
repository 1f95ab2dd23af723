"""Regular expressions, in the dialect of Kusto (RE2): no pattern takes more than linear time."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]  # the package has no types

from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType


@lru_cache(maxsize=256)
def pattern(text: str, at: int = -1, flags: str = "") -> Any:
    """A compiled pattern; refused where it is none. `flags` are RE2's: i, m, s, U."""
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(f"(?{flags}:{text})" if flags else text, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise WrongType(f"The regular expression '{text[:200]}' is invalid: {reason[:200]}", at) from None


def searcher(text: str, at: int) -> Callable[[str], bool]:
    found = pattern(text, at)
    return lambda value: found.search(value) is not None


def escaped(text: str) -> str:
    return str(re2.escape(text))
