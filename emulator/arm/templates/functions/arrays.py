"""Functions of arrays, and of the strings and objects that some of them take as well."""

from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_list, a_string, an_integer
from azure_hotpatch.emulator.arm.templates.values import equal, named, text

# "Array functions for ARM templates", range.
_LONGEST_RANGE = 10_000
_HIGHEST = 2_147_483_647


def _array(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _concat(*values: Any) -> Any:
    if all(isinstance(value, list) for value in values):
        return [item for value in values for item in value]
    if any(isinstance(value, list | dict) for value in values):
        raise wrong_argument("concat", "either all strings or all arrays")
    return "".join(text(value) for value in values)


def _contains(container: Any, item: Any) -> bool:
    if isinstance(container, list):
        return any(equal(one, item) for one in container)
    if isinstance(container, dict):
        return named(container, text(item)) is not None
    return text(item) in a_string("contains", container)


def _empty(value: Any) -> bool:
    if value is None or isinstance(value, list | dict | str):
        return not value
    raise wrong_argument("empty", "an array, object or string")


def _length(value: Any) -> int:
    if isinstance(value, list | dict | str):
        return len(value)
    raise wrong_argument("length", "an array, object or string")


def _at(name: str, index: int) -> Callable[[Any], Any]:
    def run(value: Any) -> Any:
        if isinstance(value, list):
            # What Azure answers for an empty one is not published; Bicep says null.
            return value[index] if value else None
        return a_string(name, value)[index:][:1] if index == 0 else a_string(name, value)[-1:]

    return run


def _skip(value: Any, count: Any) -> Any:
    return _sequence("skip", value)[max(0, an_integer("skip", count)) :]


def _take(value: Any, count: Any) -> Any:
    return _sequence("take", value)[: max(0, an_integer("take", count))]


def _sequence(name: str, value: Any) -> Any:
    if isinstance(value, list | str):
        return value
    raise wrong_argument(name, "an array or a string")


def _index(name: str, last: bool) -> Callable[[Any, Any], int]:
    def run(value: Any, item: Any) -> int:
        if isinstance(value, list):
            found = [at for at, one in enumerate(value) if equal(one, item)]
            return found[-1 if last else 0] if found else -1
        whole, part = a_string(name, value).lower(), a_string(name, item).lower()
        return whole.rfind(part) if last else whole.find(part)

    return run


def _range(start: Any, count: Any) -> list[int]:
    first, number = an_integer("range", start), an_integer("range", count)
    if not 0 <= number <= _LONGEST_RANGE or first + number > _HIGHEST:
        raise ExpressionError(
            f"Unable to evaluate template language function 'range': the count must be from 0 to {_LONGEST_RANGE}, "
            f"and start and count together at most {_HIGHEST}."
        )
    return list(range(first, first + number))


def _intersection(first: Any, *others: Any) -> Any:
    values = (first, *others)
    if all(isinstance(value, dict) for value in values):
        return {
            name: value
            for name, value in first.items()
            if all(name in other and equal(other[name], value) for other in others)
        }
    lists = [a_list("intersection", value) for value in values]
    return _distinct(item for item in lists[0] if all(_contains(other, item) for other in lists[1:]))


def _union(first: Any, *others: Any) -> Any:
    values = (first, *others)
    if all(isinstance(value, dict) for value in values):
        result: dict[str, Any] = {}
        for value in values:
            result = _merged(result, value)
        return result
    return _distinct(item for value in values for item in a_list("union", value))


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two objects in one; what both have is the second's, but for objects, which are merged again."""
    result = dict(one)
    for name, value in other.items():
        there = named(result, name) or name
        both = isinstance(result.get(there), dict) and isinstance(value, dict)
        result[there] = _merged(result[there], value) if both else value
    return result


def _distinct(items: Any) -> list[Any]:
    result: list[Any] = []
    for item in items:
        if not _contains(result, item):
            result.append(item)
    return result


def _flatten(value: Any) -> list[Any]:
    return [item for part in a_list("flatten", value) for item in a_list("flatten", part)]


def _join(value: Any, delimiter: Any) -> str:
    return a_string("join", delimiter).join(text(item) for item in a_list("join", value))


def _from_end(value: Any, index: Any) -> Any:
    items, back = a_list("indexFromEnd", value), an_integer("indexFromEnd", index)
    if not 1 <= back <= len(items):
        raise ExpressionError(f"The language expression property array index '{back}' from the end is out of bounds.")
    return items[-back]


def _try_from_end(value: Any, index: Any) -> Any:
    items, back = a_list("tryIndexFromEnd", value), an_integer("tryIndexFromEnd", index)
    return items[-back] if 1 <= back <= len(items) else None


FUNCTIONS = (
    TemplateFunction("array", _array, 1, 1),
    TemplateFunction("concat", _concat, 1, None),
    TemplateFunction("contains", _contains, 2, 2),
    TemplateFunction("createArray", lambda *values: list(values), 0, None),
    TemplateFunction("empty", _empty, 1, 1),
    TemplateFunction("first", _at("first", 0), 1, 1),
    TemplateFunction("flatten", _flatten, 1, 1),
    TemplateFunction("indexFromEnd", _from_end, 2, 2),
    TemplateFunction("indexOf", _index("indexOf", last=False), 2, 2),
    TemplateFunction("intersection", _intersection, 2, None),
    TemplateFunction("join", _join, 2, 2),
    TemplateFunction("last", _at("last", -1), 1, 1),
    TemplateFunction("lastIndexOf", _index("lastIndexOf", last=True), 2, 2),
    TemplateFunction("length", _length, 1, 1),
    TemplateFunction("range", _range, 2, 2),
    TemplateFunction("skip", _skip, 2, 2),
    TemplateFunction("take", _take, 2, 2),
    TemplateFunction("tryIndexFromEnd", _try_from_end, 2, 2),
    TemplateFunction("union", _union, 1, None),
)
