"""ARM's functions of strings, for arguments that are known.

Source of these and the other functions: "ARM template functions" of Azure Resource Manager's documentation.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urljoin

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.policies.reading.reading import plain

LONGEST = 100_000  # characters, or values, that a template may build; ARM takes 24,576 characters in an expression
_INTEGER = re.compile(r"\s*[+-]?\d{1,19}\s*")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'""", re.DOTALL)
# .NET's `{0}`, `{0,-5}`, `{0:D3}`; two braces are one.
_HOLE = re.compile(r"\{\{|\}\}|\{(\d{1,3})(?:,(-?\d{1,4}))?(?::([^{}]*))?\}|[{}]")


def text(value: Any) -> str:
    """A value as ARM writes it in a string; raises ValueError for null, which it does not write."""
    if value is None:
        raise ValueError
    if isinstance(value, bool):
        return str(value)  # ARM writes True
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def checked(length: int) -> int:
    """A length, unless it is more than a template may build; then ValueError."""
    if length > LONGEST:
        raise ValueError
    return length


def format_(pattern: Any, *values: Any) -> str | Any:
    """.NET's composite format; a number in another form than D, N, X or zeros cannot be read."""
    parts: list[str] = []
    end = length = 0
    for hole in _HOLE.finditer(text(pattern)):
        parts += [pattern[end : hole.start()], _filled(hole, values)]
        end = hole.end()
        length = checked(length + len(parts[-1]) + len(parts[-2]))
    return "".join([*parts, pattern[end:]])


def _filled(hole: re.Match[str], values: tuple[Any, ...]) -> str:
    if hole[0] in ("{{", "}}"):
        return hole[0][0]
    if hole[1] is None:
        raise ValueError
    value = values[int(hole[1])]
    written = "" if value is None else _numeric(value, hole[3]) if hole[3] else text(value)
    width = int(hole[2] or 0)
    return written.rjust(width) if width > 0 else written.ljust(-width)


def _numeric(value: Any, form: str) -> str:
    """A value by its form, which only a number heeds: `D3` and `000` are three digits at least, `N0` groups them."""
    if isinstance(value, bool) or not isinstance(value, int):
        return text(value)
    if form[0] in "nN" and form[1:]:
        return f"{value:,}" + f".{'0' * checked(int(form[1:]))}".removesuffix(".")
    kind, digits = ("d", len(form)) if set(form) == {"0"} else (form[0].lower(), int(form[1:] or 0))
    if kind not in ("d", "x") or (value < 0 and kind == "x"):
        raise ValueError
    written = format(abs(value), form[0] if kind == "x" else "d").zfill(checked(digits))
    return f"-{written}" if value < 0 else written


def _replace(value: Any, old: str, new: str) -> str:
    written = text(value)
    if not old:
        raise ValueError
    checked(len(written) + written.count(old) * len(new))
    return written.replace(old, new)


def _split(value: str, delimiters: Any) -> list[str]:
    signs = delimiters if isinstance(delimiters, list) else [delimiters]
    if not all(isinstance(sign, str) and sign for sign in signs):
        raise ValueError
    return re.split("|".join(map(re.escape, sorted(signs, key=len, reverse=True))), text(value))


def _join(values: list[Any], sign: str) -> str:
    written = [text(value) for value in values]
    checked(sum(map(len, written)) + len(sign) * len(written))
    return sign.join(written)


def _substring(value: str, start: int, length: int | None = None) -> str:
    written, end = text(value), len(value) if length is None else start + length
    if not 0 <= start <= end <= len(written):
        raise ValueError
    return written[start:end]


def _pad_left(value: Any, width: int, sign: str = " ") -> str:
    if len(sign) != 1:
        raise ValueError
    return text(value).rjust(checked(width), sign)


def _index(find: Callable[[str, str], int], of_list: Callable[[list[Any], Any], int]) -> Callable[[Any, Any], int]:
    def index(where: Any, what: Any) -> int:
        if isinstance(where, list):
            return of_list(where, what)
        return find(_upper(where), _upper(what))

    return index


def _first_index(values: list[Any], value: Any) -> int:
    return next((index for index, item in enumerate(values) if same(item, value)), -1)


def _last_index(values: list[Any], value: Any) -> int:
    return next((index for index in range(len(values) - 1, -1, -1) if same(values[index], value)), -1)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal; Python takes True for 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _by_letter(change: Callable[[str], str]) -> Callable[[Any], str]:
    """.NET changes a letter into one letter, or not at all: `ß` has no capital."""

    def changed(value: Any) -> str:
        written = text(value)
        if written.isascii():
            return change(written)
        return "".join(new if len(new := change(letter)) == 1 else letter for letter in written)

    return changed


_lower, _upper = _by_letter(str.lower), _by_letter(str.upper)


def _base64_to_string(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except binascii.Error:
        raise ValueError from None


def _data_uri(value: Any) -> str:
    return f"data:text/plain;charset=utf8;base64,{base64.b64encode(text(value).encode()).decode()}"


def _data_uri_to_string(value: str) -> str:
    head, found, data = value.partition(",")
    if not found or not head.startswith("data:"):
        raise ValueError
    return _base64_to_string(data) if head.endswith(";base64") else unquote(data)


def _int(value: Any) -> int:
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        raise ValueError
    if not -(2**63) <= int(value) < 2**63:
        raise ValueError
    return int(value)


def bool_(value: Any) -> bool:
    """A boolean, or what ARM takes for one: a number, or the word in any letter case."""
    read = bool(value) if isinstance(value, int) else as_bool(value)
    if read is None:
        raise ValueError
    return read


def _json(value: str) -> Any:
    """JSON, whose strings may be in single quotes, as .NET's reader takes them."""
    return plain(json.loads(_QUOTED.sub(_double_quoted, value) if "'" in value else value))


def _double_quoted(quoted: re.Match[str]) -> str:
    inner = quoted[1]
    if inner is None:
        return quoted[0]
    escaped = inner.replace("\\'", "'")
    return '"' + re.sub(r'(?<!\\)"', r"\"", escaped) + '"'


STRINGS: Mapping[str, Callable[..., Any]] = {
    "format": format_,
    "string": text,
    "tolower": _lower,
    "toupper": _upper,
    "trim": lambda value: text(value).strip(),
    "replace": _replace,
    "split": _split,
    "join": _join,
    "substring": _substring,
    "padleft": _pad_left,
    "startswith": lambda value, start: _upper(value).startswith(_upper(start)),
    "endswith": lambda value, end: _upper(value).endswith(_upper(end)),
    "indexof": _index(str.find, _first_index),
    "lastindexof": _index(str.rfind, _last_index),
    "base64": lambda value: base64.b64encode(text(value).encode()).decode(),
    "base64tostring": _base64_to_string,
    "base64tojson": lambda value: _json(_base64_to_string(value)),
    "datauri": _data_uri,
    "datauritostring": _data_uri_to_string,
    "uri": lambda base, relative: urljoin(base, relative),
    "uricomponent": lambda value: quote(text(value), safe=""),
    "uricomponenttostring": lambda value: unquote(text(value)),
    "int": _int,
    "float": float,
    "bool": bool_,
    "json": _json,
}
