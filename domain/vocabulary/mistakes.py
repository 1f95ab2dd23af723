"""Turn pydantic's errors into problems in the user's own notation."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.printable import SECRET
from azure_hotpatch.domain.vocabulary.named_type import NamedType
from azure_hotpatch.domain.vocabulary.problem import Location, Problem, is_secret, printed, written

MISSING = "is missing"
MUST_BE_KNOWN = "must be known before the deployment, and is an output"
_MESSAGES = {
    "missing": MISSING,
    "extra_forbidden": "unknown setting",
    "literal_error": "unknown value",
    "enum": "unknown value",
    "union_tag_invalid": "unknown value",
    "union_tag_not_found": MISSING,
    "string_type": "is not a string",
    "int_type": "is not an integer",
    "int_parsing": "is not an integer",
    "int_parsing_size": "is not an integer",
    "int_from_float": "is not an integer",
    "float_type": "is not a number",
    "bool_type": "is not true or false",
    "bool_parsing": "is not true or false",
    "tuple_type": "is not a list",
    "list_type": "is not a list",
    "dict_type": "is not an object",
    "model_type": "is not an object",
    "model_attributes_type": "is not an object",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "too_long": "has too many items",
    "multiple_of": "is not a multiple of the unit",
    "output": MUST_BE_KNOWN,
}
# pydantic's own words may repeat a part of the value.
_ELSE = "is not valid"
_BOUNDS = {
    "greater_than_equal": ("ge", "{} or more"),
    "less_than_equal": ("le", "{} or less"),
    "too_long": ("max_length", "{} at most"),
    "multiple_of": ("multiple_of", "a multiple of {}"),
}
_LIST, _OBJECT, _INTEGER = "a list: [a, b], or each item after a hyphen", "an object: a key and a value", "an integer"
_FORMS = {
    "string_type": "a string: put it in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _OBJECT),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _INTEGER),
}
_WITHOUT_A_VALUE = frozenset(("missing", "union_tag_not_found", "extra_forbidden"))  # an unknown key may be a secret


def message_of(error: ErrorDetails) -> str:
    """The message, without any part of the value."""
    return _MESSAGES.get(error["type"], _ELSE)


def mistakes(
    error: ValidationError, model: type[BaseModel], raw: Mapping[str, Any], secrets: Container[str] = ()
) -> Iterator[tuple[Location, Problem]]:
    """Every mistake in `raw`, which is no valid `model`, with its location; `secrets` are keys whose values are."""
    found = []
    for details in error.errors(include_url=False):
        location = _location(details, raw)
        found.append((details["type"], location, _problem(details, model, location)))
    misspelled = {(*location[:-1], problem.meant) for kind, location, problem in found if kind == "extra_forbidden"}
    for kind, location, problem in found:
        if kind != "missing" or location not in misspelled:  # what is there under a misspelled key is not missing too
            yield location, _safe(problem, location, kind, secrets)


def _problem(details: ErrorDetails, model: type[BaseModel], location: Location) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "problem":
        problem: Problem = context["problem"]
        return replace(problem, path=written(location))
    value = "" if kind in _WITHOUT_A_VALUE else printed(context.get("tag", details["input"]))
    allowed, meant = _allowed(details, model, location)
    return Problem(written(location), message_of(details), value, allowed, meant)


def _safe(problem: Problem, location: Location, kind: str, secrets: Container[str]) -> Problem:
    if location and location[0] in secrets:
        return problem.hidden()
    if not is_secret(location) or kind in _WITHOUT_A_VALUE:
        return problem
    return problem.hidden() if kind == "problem" else replace(problem, value=SECRET, meant="")


def _location(details: ErrorDetails, raw: Mapping[str, Any]) -> Location:
    """Where the mistake is in `raw`: pydantic's path also holds the tags of unions and `[key]`."""
    value: Any = raw
    reached: list[str | int] = []
    for step in details["loc"]:
        if isinstance(value, Mapping) and step in value:
            value = value[str(step)]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif not (details["type"] in ("missing", "problem") and step == details["loc"][-1]):
            continue
        reached.append(step)
    if details["type"].startswith("union_tag"):
        reached.append("tool")
    return tuple(reached)


def _allowed(details: ErrorDetails, model: type[BaseModel], location: Location) -> tuple[str, str]:
    """The allowed values, and the one that was most likely meant."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        keys = _keys(model, details["loc"][:-1])
        key, _, below = str(location[-1]).partition(".")  # Pulumi's own paths are written with dots
        return ", ".join(keys), _without_signs(key, keys) or nearest(key if below else str(location[-1]), keys)
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return words.format(context[key]), ""
    if kind in _FORMS:
        simple = not isinstance(details["input"], Mapping | list | tuple)
        return _form(kind, model, details["loc"]) if simple or kind != "string_type" else "a string", ""
    choices = _choices(details, model)
    if choices:
        return ", ".join(choices), nearest(str(context.get("tag", details["input"])), choices)
    field = _field(model, details["loc"])
    return (field.description or "").rstrip(".") if field and kind == "missing" else "", ""


def _form(kind: str, model: type[BaseModel], location: tuple[str | int, ...]) -> str:
    """What a value of the wrong type should be: the range of an integer, the keys of an object."""
    form = _FORMS[kind]
    if form == _OBJECT:
        keys = _keys(model, location) if kind != "dict_type" else ()
        return f"an object with the keys {', '.join(keys)}" if keys else form
    field = _field(model, location) if form == _INTEGER else None
    return next((each.allowed for each in _types_in(field, field.annotation)), form) if field else form


def _types_in(field: FieldInfo | None, annotation: Any) -> Iterator[NamedType]:
    """The named types of a field, also those within `Annotated[int, …] | None`."""
    yield from (each for each in (field.metadata if field else ()) if isinstance(each, NamedType))
    for argument in get_args(annotation):
        if isinstance(argument, NamedType):
            yield argument
        else:
            yield from _types_in(None, argument)


def _choices(details: ErrorDetails, model: type[BaseModel]) -> tuple[str, ...]:
    context = details.get("ctx", {})
    text = context.get("expected_tags") or (
        context.get("expected") if details["type"] in ("literal_error", "enum") else ""
    )
    if details["type"] == "union_tag_not_found":
        return tuple(tag for found in _models_at(model, details["loc"]) for tag in _tags(found))
    return tuple(part.strip(" '") for part in str(text or "").replace(" or ", ", ").split(",") if part.strip())


def _without_signs(key: str, keys: tuple[str, ...]) -> str:
    """The key that was written with underscores or hyphens."""
    plain = key.replace("_", "").replace("-", "").lower()
    return next((known for known in keys if known.lower() == plain), "")


def _keys(model: type[BaseModel], location: tuple[str | int, ...]) -> tuple[str, ...]:
    found = _models_at(model, location)
    return tuple(field.alias or name for each in found for name, field in each.model_fields.items())


def _field(model: type[BaseModel], location: tuple[str | int, ...]) -> FieldInfo | None:
    fields = (_field_of(each, location[-1]) for each in _models_at(model, location[:-1]))
    return next((field for field in fields if field), None)


def _models_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """The models that the object at a location may be, by pydantic's own path."""
    models = [model]
    for step in location:
        fields = [field for each in models if (field := _field_of(each, step))]
        if fields:
            models = [found for field in fields for found in _models_in(field.annotation)]
        else:
            models = [each for each in models if step in _tags(each)] or models
    return models


def _field_of(model: type[BaseModel], key: str | int) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models_in(argument)]


def _tags(model: type[BaseModel]) -> tuple[str, ...]:
    tool = model.model_fields.get("tool")
    return get_args(tool.annotation) if tool and get_origin(tool.annotation) is Literal else ()
