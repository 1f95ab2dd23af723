"""Read, merge and clean JSON bodies; a path is dotted, and `[]` steps into every item of a list."""

import copy
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def read(body: Any, path: str) -> Any:
    """The value at a dotted path, or None."""
    for step in path.split("."):
        if not isinstance(body, dict):
            return None
        body = body.get(step)
    return body


def write(body: Json, path: str, value: Any) -> None:
    """Set the value at a dotted path, making the objects on the way."""
    *steps, last = path.split(".")
    for step in steps:
        if not isinstance(body.get(step), dict):
            body[step] = {}
        body = body[step]
    body[last] = value


def fill(body: Json, defaults: Json) -> None:
    """Fill in defaults where a value is absent or null; `defaults` has dotted paths."""
    for path, value in defaults.items():
        if read(body, path) is None:
            write(body, path, copy.deepcopy(value))


def drop(body: Any, path: str) -> None:
    """Delete the value at a path."""
    step, _, rest = path.partition(".")
    if step == "[]":
        for item in body if isinstance(body, list) else ():
            drop(item, rest)
    elif isinstance(body, dict) and rest:
        drop(body.get(step), rest)
    elif isinstance(body, dict):
        body.pop(step, None)


def drop_empty(body: Json, name: str) -> None:
    """Delete a member that is an object without members."""
    if body.get(name) == {}:
        del body[name]


def merged(body: Any, patch: Any) -> Any:
    """A JSON merge patch (RFC 7396)."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    result = dict(body) if isinstance(body, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def without_nulls(body: Any) -> Any:
    """A body without the members that are null, which ARM takes for absent."""
    if isinstance(body, dict):
        return {name: without_nulls(value) for name, value in body.items() if value is not None}
    if isinstance(body, list):
        return [without_nulls(item) for item in body]
    return body


def items(properties: Json, name: str) -> Iterator[Json]:
    """The objects of a list, which may be absent."""
    found = properties.get(name)
    return (item for item in (found if isinstance(found, list) else ()) if isinstance(item, dict))
