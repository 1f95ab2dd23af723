"""Functions of objects, and of JSON."""

from typing import Any

from azure_hotpatch.emulator.arm.templates import relaxed_json
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_list, a_string, an_object
from azure_hotpatch.emulator.arm.templates.values import is_integer, named


def _create(*pairs: Any) -> dict[str, Any]:
    if len(pairs) % 2:
        raise wrong_argument("createObject", "an even number of keys and values")
    return {a_string("createObject", key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}


def _items(value: Any) -> list[dict[str, Any]]:
    found = an_object("items", value)
    return [{"key": name, "value": found[name]} for name in sorted(found, key=str.lower)]


def _keys(value: Any) -> list[str]:
    return list(an_object("objectKeys", value))


def _shallow_merge(values: Any) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for value in a_list("shallowMerge", values):
        for name, item in an_object("shallowMerge", value).items():
            result[named(result, name) or name] = item
    return result


def _try_get(target: Any, *keys: Any) -> Any:
    for key in keys:
        target = _step(target, key)
    return target


def _step(target: Any, key: Any) -> Any:
    if isinstance(target, dict) and isinstance(key, str):
        name = named(target, key)
        return None if name is None else target[name]
    if isinstance(target, list) and is_integer(key):
        return target[key] if 0 <= key < len(target) else None
    if target is None:
        return None
    raise wrong_argument("tryGet", "an object and a string, or an array and an integer")


def parsed(function: str, value: Any) -> Any:
    """Parse a string as JSON; an error does not repeat the string, which may be secret."""
    try:
        return relaxed_json.parse_json(a_string(function, value))
    except relaxed_json.NotReadable:
        raise ExpressionError(
            f"The template language function '{function}' parameter is not valid. "
            "The provided value could not be parsed as JSON."
        ) from None


def _json(value: Any) -> Any:
    return parsed("json", value)


FUNCTIONS = (
    TemplateFunction("createObject", _create, 0, None),
    TemplateFunction("items", _items, 1, 1),
    TemplateFunction("json", _json, 1, 1),
    TemplateFunction("null", lambda: None, 0, 0),
    TemplateFunction("objectKeys", _keys, 1, 1),
    TemplateFunction("shallowMerge", _shallow_merge, 1, 1),
    TemplateFunction("tryGet", _try_get, 2, None),
)
