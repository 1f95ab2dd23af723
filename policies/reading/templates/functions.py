"""What ARM's template functions give for known arguments; a function that is not here is one that only Azure runs."""

import json
import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import bare, resealed

_LONGEST = 100_000  # characters, or values, that a template may build; ARM takes 24,576 characters in an expression
_PLACE = re.compile(r"\{(\d{1,3})\}")

CANNOT_BE_READ = Unknown("an expression that cannot be read here")


def concat(*parts: Any) -> Any:
    if any(isinstance(part, list) for part in parts):
        return [item for part in parts for item in (part if isinstance(part, list) else [part])]
    return "".join(map(text, parts))


def format_(pattern: Any, *values: Any) -> Any:
    """.NET's `{0}`; a pattern with more than that in its braces cannot be read."""
    written = text(pattern)
    if "{" in _PLACE.sub("", written) or "}}" in written:
        return CANNOT_BE_READ
    return _PLACE.sub(lambda place: text(values[int(place[1])]), written)


def resource_id(*parts: Any) -> str:
    """Subscription and group are not known here, so that an id says only what it is and what it is called."""
    words = [text(part) for part in parts]
    at = next((index for index, word in enumerate(words) if "/" in word and not word.startswith("/")), None)
    if at is None:
        raise ValueError
    namespace, *types = words[at].split("/")
    group = f"/resourceGroups/{words[at - 1]}" if at else ""
    pairs = [f"{kind}/{name}" for kind, name in zip(types, words[at + 1 :], strict=True)]
    return f"{group}/providers/{'/'.join([namespace, *pairs])}"


def text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)  # ARM writes True
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _equals(left: Any, right: Any) -> bool:
    return bool(left == right and isinstance(left, bool) == isinstance(right, bool))


def _whole(value: Any) -> int:
    return int(value)


def _number(value: Any) -> int:
    """A whole number of 64 bits, the only one that ARM reckons with."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise ValueError
    return value


def _bool(value: Any) -> bool:
    read = bool(value) if isinstance(value, int) else as_bool(value)
    if read is None:
        raise ValueError
    return read


def _first(values: Any) -> Any:
    return values[0] if values else None


def _last(values: Any) -> Any:
    return values[-1] if values else None


def _union(*values: Any) -> Any:
    if all(isinstance(value, dict) for value in values):
        merged: dict[str, Any] = {}
        return reduce(_merged, values, merged)
    return [item for value in values for item in value]


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Objects in objects are merged too, as Azure does; lists are not."""
    merged = dict(under)
    for key, value in over.items():
        below = bare(merged.get(key))
        both = isinstance(below, dict) and isinstance(bare(value), dict)
        merged[key] = resealed(under.get(key), resealed(value, _merged(below, bare(value)))) if both else value
    return merged


def _contains(where: Any, what: Any) -> bool:
    if isinstance(where, dict):
        return any(key.lower() == text(what).lower() for key in where)
    return what in where


def short(result: Any) -> Any:
    """The value, unless it is longer, or holds more values, than a template may build."""
    return CANNOT_BE_READ if _size(result, _LONGEST) > _LONGEST else result


def _size(value: Any, most: int) -> int:
    """How many characters and values there are in a value; any number above `most` where there are more."""
    if isinstance(value, str):
        return len(value)
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    size = 1
    for item in below:
        if size > most:
            break
        size += _size(bare(item), most - size)
    return size


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "concat": concat,
    "format": format_,
    "resourceid": resource_id,
    "subscriptionresourceid": resource_id,
    "string": text,
    "tolower": lambda value: text(value).lower(),
    "toupper": lambda value: text(value).upper(),
    "trim": lambda value: text(value).strip(),
    "replace": lambda value, old, new: text(value).replace(old, new),
    "split": lambda value, sign: text(value).split(sign),
    "join": lambda values, sign: sign.join(map(text, values)),
    "substring": lambda value, start, length=None: text(value)[start : None if length is None else start + length],
    "int": _whole,
    "bool": _bool,
    "json": json.loads,
    "true": lambda: True,
    "false": lambda: False,
    "null": lambda: None,
    "equals": _equals,
    "not": lambda value: not _bool(value),
    "length": len,
    "empty": lambda value: value is None or len(value) == 0,
    "first": _first,
    "last": _last,
    "contains": _contains,
    "startswith": lambda value, start: text(value).lower().startswith(text(start).lower()),
    "endswith": lambda value, end: text(value).lower().endswith(text(end).lower()),
    "add": lambda left, right: _number(left) + _number(right),
    "sub": lambda left, right: _number(left) - _number(right),
    "mul": lambda left, right: _number(left) * _number(right),
    "less": lambda left, right: left < right,
    "greater": lambda left, right: left > right,
    "createarray": lambda *values: list(values),
    "createobject": lambda *values: dict(zip(values[::2], values[1::2], strict=True)),
    "range": lambda start, count: list(range(start, start + min(count, 10_000))),
    "union": _union,
}


def result(name: str, arguments: list[Any]) -> Any:
    """What a function gives, or an `Unknown` where it is Azure's to say."""
    function = _FUNCTIONS.get(name)
    if function is None:
        return Unknown(f"the result of {name}(), which only Azure can tell")
    try:
        return short(function(*arguments))
    except (TypeError, ValueError, IndexError, AttributeError, OverflowError, RecursionError):
        return CANNOT_BE_READ
