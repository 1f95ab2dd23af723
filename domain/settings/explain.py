"""How pydantic's errors become problems in the words of a stack's file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from azure_hotpatch.domain.settings.problem import Location, Problem, shown, written
from azure_hotpatch.domain.settings.stack import StackSettings
from azure_hotpatch.domain.settings.value import Settings, nearest

_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "there is no such setting",
    "literal_error": "is not one of the allowed values",
    "enum": "is not one of the allowed values",
    "union_tag_invalid": "is not one of the allowed values",
    "union_tag_not_found": "is missing",
    "string_type": "is not a text; put it in quotes",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is not a whole number",
    "int_from_float": "is not a whole number",
    "bool_type": "is not true or false",
    "bool_parsing": "is not true or false",
    "tuple_type": "is not a list",
    "dict_type": "is not an object of keys and values",
    "model_type": "is not an object of keys and values",
    "model_attributes_type": "is not an object of keys and values",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "too_long": "has too many items",
    "multiple_of": "is not a multiple of the unit",
}
# pydantic's own words may repeat a part of the value.
_ELSE = "is not a valid value"
_BOUNDS = {
    "greater_than_equal": ("ge", "{} or more"),
    "less_than_equal": ("le", "{} or less"),
    "too_long": ("max_length", "{} at most"),
    "multiple_of": ("multiple_of", "a multiple of {}"),
}
_HIDDEN = frozenset(("missing", "union_tag_not_found", "extra_forbidden"))  # an unknown key may be a misspelled secret


def problems(error: ValidationError, raw: Mapping[str, Any]) -> Iterator[tuple[Location, Problem]]:
    """Every mistake with its location in `raw`."""
    for details in error.errors(include_url=False):
        yield _problem(details, raw)


def _problem(details: ErrorDetails, raw: Mapping[str, Any]) -> tuple[Location, Problem]:
    kind, context = details["type"], details.get("ctx", {})
    location, value = _location(details, raw), context.get("tag", details["input"])
    if context.get("at"):
        location, value = (*location, context["at"]), value.get(context["at"])
    message = context["message"] if kind == "setting" else _MESSAGES.get(kind, _ELSE)
    found = "" if kind in _HIDDEN or (value is None and context.get("at")) else shown(location, value)
    allowed, near = _allowed(details, location)
    if found == "[secret]":
        message, near = _MESSAGES.get(kind, _ELSE), ""
    return location, Problem(written(location), message, found, allowed, near)


def _location(details: ErrorDetails, raw: Mapping[str, Any]) -> Location:
    """Where the mistake stands in `raw`: pydantic's path also holds the tags of unions and `[key]`."""
    value: Any = raw
    reached: list[str | int] = []
    for step in details["loc"]:
        if isinstance(value, Mapping) and step in value:
            value = value[str(step)]
        elif isinstance(value, Sequence) and isinstance(step, int):
            value = value[step]
        elif not (details["type"] == "missing" and step == details["loc"][-1]):
            continue
        reached.append(step)
    if details["type"].startswith("union_tag"):
        reached.append("tool")
    return tuple(reached)


def _allowed(details: ErrorDetails, location: Location) -> tuple[str, str]:
    """What may stand there, and which of it was likely meant."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "setting":
        return context["allowed"], context["nearest"]
    if kind == "extra_forbidden":
        keys = _keys(details["loc"][:-1])
        return ", ".join(keys), nearest(str(location[-1]), keys) or _camel(str(location[-1]), keys)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return words.format(context[key]), str(context[key]) if key in ("ge", "le") else ""
    choices = _choices(details)
    if choices:
        return ", ".join(choices), nearest(str(context.get("tag", details["input"])), choices)
    field = _field(details["loc"])
    return (field.description or "").rstrip(".") if field and kind == "missing" else "", ""


def _choices(details: ErrorDetails) -> tuple[str, ...]:
    context = details.get("ctx", {})
    text = context.get("expected_tags") or (
        context.get("expected") if details["type"] in ("literal_error", "enum") else ""
    )
    if details["type"] == "union_tag_not_found":
        return tuple(tag for model in _models_at(details["loc"]) for tag in _tags(model))
    return tuple(part.strip(" '") for part in str(text or "").replace(" or ", ", ").split(",") if part.strip())


def _camel(key: str, keys: tuple[str, ...]) -> str:
    """The key that was written with underscores or hyphens."""
    plain = key.replace("_", "").replace("-", "").lower()
    return next((known for known in keys if known.lower() == plain), "")


def _keys(location: tuple[str | int, ...]) -> tuple[str, ...]:
    return tuple(field.alias or name for model in _models_at(location) for name, field in model.model_fields.items())


def _field(location: tuple[str | int, ...]) -> FieldInfo | None:
    fields = (_field_of(model, location[-1]) for model in _models_at(location[:-1]))
    return next((field for field in fields if field), None)


def _models_at(location: tuple[str | int, ...]) -> list[type[Settings]]:
    """The models that the object at a location may be, by pydantic's own path."""
    models: list[type[Settings]] = [StackSettings]
    for step in location:
        fields = [field for model in models if (field := _field_of(model, step))]
        if fields:
            models = [found for field in fields for found in _models_in(field.annotation)]
        else:
            models = [model for model in models if step in _tags(model)] or models
    return models


def _field_of(model: type[Settings], key: str | int) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def _models_in(annotation: Any) -> list[type[Settings]]:
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def _tags(model: type[Settings]) -> tuple[str, ...]:
    tool = model.model_fields.get("tool")
    return get_args(tool.annotation) if tool and get_origin(tool.annotation) is Literal else ()
