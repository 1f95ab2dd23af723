"""What a mistyped word was most likely meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

# A typing mistake leaves most of a word; below this, a suggestion is more often wrong than right.
_CUT_OFF = 0.7
# Fewer letters may begin anything.
_SHORTEST_BEGINNING = 4


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that is spelled most like `word`, whatever the letter case; "" where none is close."""
    spelled: dict[str, str] = {}
    for name in known:
        spelled.setdefault(name.lower(), name)
    close = get_close_matches(word.strip().lower(), spelled, n=1, cutoff=_CUT_OFF)
    return spelled[close[0]] if close else ""


def begun(word: str, known: Iterable[str]) -> str:
    """The first of `known` that `word` is the beginning of, `Premium` of `Premium_LRS`; "" where it is of none."""
    start = word.strip().lower()
    found = (name for name in known if name.lower().startswith(start))
    return next(found, "") if len(start) >= _SHORTEST_BEGINNING else ""


def did_you_mean(meant: str | None) -> str:
    """The end of a sentence that suggests `meant`; "" where there is nothing to suggest."""
    return f"; did you mean {meant!r}?" if meant else ""
