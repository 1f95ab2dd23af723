"""Where the values of a JSON text begin: some containers are taken member by member, so that no file is ever whole.

A stack export of 200 MB would be a gigabyte of objects. Taken resource by resource it is one resource at a time, and
each is known by its offset, which a report can turn into a line.
"""

import json
import re
from collections.abc import Collection, Generator
from dataclasses import dataclass
from typing import Any

Path = tuple[str, ...]
ELEMENT = "[]"  # the step from an array to each of its elements

# Not strict: a string of a template may be on several lines.
_decode = json.JSONDecoder(strict=False).raw_decode
_blank = re.compile(r"[ \t\r\n]*").match


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A value that was decoded whole, where it stands in the document and where it begins in the text."""

    path: Path
    offset: int
    value: Any


def parts(text: str, opened: Collection[Path]) -> Generator[DocumentPart, None, None]:
    """Every value of a JSON text; a container at a path in `opened` is given by its members, unless it has none.

    Raises json.JSONDecodeError, with the position, for a string that is not JSON.
    """
    end = yield from _value(text, _solid(text, 0), (), opened)
    if _solid(text, end) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def _value(text: str, at: int, path: Path, opened: Collection[Path]) -> Generator[DocumentPart, None, int]:
    if path in opened:
        inside = _solid(text, at + 1)
        bounds = text[at : at + 1] + text[inside : inside + 1]
        if bounds[:1] == "{" and bounds != "{}":
            return (yield from _object(text, inside, path, opened))
        if bounds[:1] == "[" and bounds != "[]":
            return (yield from _array(text, inside, path, opened))
    value, end = _decode(text, at)
    yield DocumentPart(path, at, value)
    return end


def _object(text: str, at: int, path: Path, opened: Collection[Path]) -> Generator[DocumentPart, None, int]:
    while True:
        if text[at : at + 1] != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        key, at = _decode(text, at)
        at = _past(text, at, ":")
        at = yield from _value(text, at, (*path, key), opened)
        at = _solid(text, at)
        if text[at : at + 1] == "}":
            return at + 1
        at = _past(text, at, ",")


def _array(text: str, at: int, path: Path, opened: Collection[Path]) -> Generator[DocumentPart, None, int]:
    element = (*path, ELEMENT)
    while True:
        at = yield from _value(text, at, element, opened)
        at = _solid(text, at)
        if text[at : at + 1] == "]":
            return at + 1
        at = _past(text, at, ",")


def _past(text: str, at: int, mark: str) -> int:
    at = _solid(text, at)
    if text[at : at + 1] != mark:
        raise json.JSONDecodeError(f"Expecting '{mark}' delimiter", text, at)
    return _solid(text, at + 1)


def _solid(text: str, at: int) -> int:
    found = _blank(text, at)
    return found.end() if found else at
