"""How ARM reads a value that a person wrote in another letter case, or as a string."""

from collections.abc import Iterable
from string import ascii_lowercase, ascii_uppercase
from typing import Any

_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def as_bool(value: Any) -> bool | None:
    """True or False, or the same as a string in any letter case; None if `value` is neither (1 and "yes" are not)."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(as_word(value))


def as_int(value: Any) -> int | None:
    """An integer, or the same as a string; None if `value` is neither."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else None


def as_word(value: Any) -> str:
    """Normalize a string for comparing enumerations: lower case, trimmed; empty for any other type."""
    return folded(value.strip()) if isinstance(value, str) else ""


def folded(text: str) -> str:
    """Lower-case a string as ARM does when it compares: only A to Z change, so the Kelvin sign does not equal k."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def as_one_of(value: Any, names: Iterable[str]) -> str | None:
    """The one of `names` that ARM takes `value` for, or None."""
    word = as_word(value)
    return next((name for name in names if folded(name) == word), None) if word else None
