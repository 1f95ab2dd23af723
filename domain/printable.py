"""Escape text from files for terminals and build logs, so that it holds no command for either; spell values."""

import json
import re
import unicodedata
from typing import Any

SECRET = "[secret]"  # noqa: S105 - what is printed in place of one

# GitHub Actions runs `::command::` where a line begins and `##[command]` anywhere in it, Azure Pipelines `##vso[…]` and
# `##[…]`.
_COMMAND = re.compile(r"##(?=\s*(?:vso)?\[)", re.IGNORECASE)
_COMMAND_IN_JSON = re.compile(r"(##\s*(?:vso)?)\[", re.IGNORECASE)
_AT_START = re.compile(r"^(\s*):(?=:)")
# Control characters, line ends of every kind, and marks that turn the direction of writing.
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def one_line(text: str) -> str:
    """A value on one line, with invisible characters escaped: `a\\nb`, `\\x1b[31m`."""
    return text if text.isprintable() else "".join(map(_shown, text))


def line(text: str) -> str:
    """Escape a line of output so that no build log takes a part of it for a command."""
    return _AT_START.sub(r"\1: ", _COMMAND.sub("# #", one_line(text)))


def quoted(text: str) -> str:
    """Escape JSON without changing its meaning, so that no build log takes a part of it for a command."""
    return _COMMAND_IN_JSON.sub(r"\1\\u005b", text)


def shown_value(value: Any) -> str:
    """A value as JSON spells it, but for a string, which is quoted as in all messages: `true`, `'Manual'`."""
    return repr(value) if isinstance(value, str) else json.dumps(value, default=repr, ensure_ascii=False)


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return character.encode("unicode_escape").decode("ascii")
