"""Text from a file as a terminal and a build's log may have it: with no command for either in it."""

import re
import unicodedata

# GitHub Actions runs `::command::` where a line begins and `##[command]` anywhere in it, Azure Pipelines `##vso[…]` and
# `##[…]`.
_COMMAND = re.compile(r"##(?=\s*(?:vso)?\[)", re.IGNORECASE)
_COMMAND_IN_JSON = re.compile(r"(##\s*(?:vso)?)\[", re.IGNORECASE)
_AT_START = re.compile(r"^(\s*):(?=:)")
# Control characters, line ends of every kind, and marks that turn the direction of writing.
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def one_line(text: str) -> str:
    """A value as one line, in which what cannot be seen is written out: `a\\nb`, `\\x1b[31m`."""
    return text if text.isprintable() else "".join(map(_shown, text))


def line(text: str) -> str:
    """A line of output in which no log finds a command."""
    return _AT_START.sub(r"\1: ", _COMMAND.sub("# #", one_line(text)))


def quoted(json: str) -> str:
    """JSON that says the same, in which no log finds a command: there a bracket after `##` stands in a string."""
    return _COMMAND_IN_JSON.sub(r"\1\\u005b", json)


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode("ascii")
