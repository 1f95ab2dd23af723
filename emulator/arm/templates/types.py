"""Whether a value is what a template's parameter or output is declared to be."""

# Source: "Parameters in ARM templates" and "Definitions in ARM templates" (languageVersion 2.0).

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.values import equal, kind, named

LABELS = {
    "string": "String",
    "securestring": "SecureString",
    "int": "Int",
    "bool": "Bool",
    "object": "Object",
    "secureobject": "SecureObject",
    "array": "Array",
}
_KINDS = {
    "string": "String",
    "securestring": "String",
    "int": "Integer",
    "bool": "Boolean",
    "object": "Object",
    "secureobject": "Object",
    "array": "Array",
}
_DEEPEST = 20  # a type that names itself ends here


def resolved(declared: Json, definitions: Mapping[str, Any], depth: int = 0) -> Json:
    """A declaration with the definition that its `$ref` names put in; what stands beside the `$ref` wins."""
    reference = declared.get("$ref")
    if not isinstance(reference, str) or depth > _DEEPEST:
        return declared
    name = named(definitions, reference.removeprefix("#/definitions/"))
    if name is None or not isinstance(definitions[name], dict):
        raise InvalidTemplate(f"The template's type reference '{reference}' is not found in its definitions")
    beside = {key: value for key, value in declared.items() if key != "$ref"}
    return {**resolved(definitions[name], definitions, depth + 1), **beside}


def type_name(declared: Json) -> str:
    return str(declared.get("type", "")).lower()


def is_secure(declared: Json) -> bool:
    return type_name(declared).startswith("secure")


def wrong_kind(declared: Json, value: Any) -> str | None:
    """Why a value is not of the declared type, or nothing."""
    wanted = _KINDS.get(type_name(declared))
    if wanted is None or kind(value) == wanted or (value is None and declared.get("nullable") is True):
        return None
    return f"JToken type is not valid. Expected '{wanted}'. Actual '{kind(value)}'."


def mistakes(declared: Json, value: Any, definitions: Mapping[str, Any], path: str, depth: int = 0) -> Iterator[str]:
    """What a value breaks of its declaration; the words that follow "the value of 'path'"."""
    declared = resolved(declared, definitions)
    if depth > _DEEPEST or (value is None and declared.get("nullable") is True):
        return
    wrong = wrong_kind(declared, value)
    if wrong:
        yield f"{path}: Template parameter {wrong}"
        return
    secure = is_secure(declared)
    yield from (
        f"{path}: {words}" for words in (_not_allowed(declared, value, secure), _bounds(declared, value)) if words
    )
    if isinstance(value, dict):
        yield from _members(declared, value, definitions, path, depth)
    elif isinstance(value, list) and isinstance(declared.get("items"), dict):
        for at, item in enumerate(value):
            yield from mistakes(declared["items"], item, definitions, f"{path}[{at}]", depth + 1)


def _not_allowed(declared: Json, value: Any, secure: bool) -> str | None:
    allowed = declared.get("allowedValues")
    if not isinstance(allowed, list) or any(equal(value, one) for one in allowed):
        return None
    # A list is good where each of its items is allowed.
    if isinstance(value, list) and all(any(equal(item, one) for one in allowed) for item in value):
        return None
    what = "The parameter value" if secure or isinstance(value, dict | list) else f"The value '{value}'"
    return f"{what} is not part of the allowed value(s): '{','.join(str(one) for one in allowed)}'."


def _bounds(declared: Json, value: Any) -> str | None:
    size = len(value) if isinstance(value, str | list) else None
    number = value if kind(value) == "Integer" else None
    for name, measured, what in (
        ("minLength", size, "Length of the value should be greater than or equal to"),
        ("minValue", number, "The value must be greater than or equal to"),
    ):
        if measured is not None and isinstance(declared.get(name), int) and measured < declared[name]:
            return f"{what} '{declared[name]}'."
    for name, measured, what in (
        ("maxLength", size, "Length of the value should be less than or equal to"),
        ("maxValue", number, "The value must be less than or equal to"),
    ):
        if measured is not None and isinstance(declared.get(name), int) and measured > declared[name]:
            return f"{what} '{declared[name]}'."
    return None


def _members(declared: Json, value: Json, definitions: Mapping[str, Any], path: str, depth: int) -> Iterator[str]:
    known = declared.get("properties")
    known = known if isinstance(known, dict) else {}
    for name, member in known.items():
        spelled = named(value, name)
        if spelled is not None:
            yield from mistakes(member, value[spelled], definitions, f"{path}.{name}", depth + 1)
        elif resolved(member, definitions).get("nullable") is not True:
            yield f"{path}: The property '{name}' is required and was not provided."
    more = declared.get("additionalProperties")
    others = {name: item for name, item in value.items() if named(known, name) is None}
    if more is False and others:
        yield f"{path}: The properties '{', '.join(others)}' are not allowed."
    elif isinstance(more, dict):
        for name, item in others.items():
            yield from mistakes(more, item, definitions, f"{path}.{name}", depth + 1)
