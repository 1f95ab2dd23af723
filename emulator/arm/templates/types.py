"""Check a value against the declared type of a template's parameter or output."""

# Source: "Parameters in ARM templates" and "Definitions in ARM templates" (languageVersion 2.0).

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
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
MASK = "*******"  # what stands where a secret is not shown


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


def chosen(declared: Json, value: Any, definitions: Mapping[str, Any]) -> Json:
    """A declaration for a value: of several kinds of object the one that the value's discriminator names."""
    declared = resolved(declared, definitions)
    choice = declared.get("discriminator")
    if not isinstance(choice, dict) or not isinstance(value, dict):
        return declared
    variants = choice.get("mapping")
    variants = variants if isinstance(variants, dict) else {}
    name = named(value, str(choice.get("propertyName")))
    variant = variants.get(str(value[name])) if name is not None else None
    if not isinstance(variant, dict):
        allowed = [one for one in variants if isinstance(one, str)]
        return {
            **declared,
            "properties": {str(choice.get("propertyName")): {"type": "string", "allowedValues": allowed}},
        }
    return {**declared, **resolved(variant, definitions)}


def parts(declared: Json, value: Any, definitions: Mapping[str, Any]) -> Iterator[tuple[Json, Any]]:
    """What a value consists of, each with its own declaration; nothing where it is one thing."""
    declared = chosen(declared, value, definitions)
    if isinstance(value, list) and isinstance(declared.get("items"), dict):
        yield from ((declared["items"], item) for item in value)
    elif isinstance(value, dict):
        for name, item in value.items():
            member = _member(declared, name)
            if member is not None:
                yield member, item


def secrets(declared: Json, value: Any, definitions: Mapping[str, Any], depth: int = 0) -> Iterator[Any]:
    """The values of a value's secure parts, or of all of it."""
    if is_secure(resolved(declared, definitions)):
        yield value
    elif depth <= _DEEPEST:
        for part, item in parts(declared, value, definitions):
            yield from secrets(part, item, definitions, depth + 1)


def masked(declared: Json, value: Any, definitions: Mapping[str, Any], depth: int = 0) -> Any:
    """A value with masks for its secure parts."""
    if is_secure(resolved(declared, definitions)):
        return {} if isinstance(value, dict) else MASK
    declared = chosen(declared, value, definitions)
    if depth > _DEEPEST:
        return MASK
    if isinstance(value, list) and isinstance(declared.get("items"), dict):
        return [masked(declared["items"], item, definitions, depth + 1) for item in value]
    if isinstance(value, dict):
        members = ((name, item, _member(declared, name)) for name, item in value.items())
        return {
            name: item if member is None else masked(member, item, definitions, depth + 1)
            for name, item, member in members
        }
    return value


def _member(declared: Json, name: str) -> Json | None:
    """The declaration of an object's member, if it has one."""
    known = declared.get("properties")
    known = known if isinstance(known, dict) else {}
    spelled = named(known, name)
    member = known[spelled] if spelled is not None else declared.get("additionalProperties")
    return member if isinstance(member, dict) else None


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
    """Where a value differs from its declaration: messages to follow "the value of 'path'"."""
    declared = chosen(declared, value, definitions)
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
    if isinstance(value, str | list):
        what, measured, names = "Length of the value should", len(value), ("minLength", "maxLength")
    elif kind(value) == "Integer":
        what, measured, names = "The value must", value, ("minValue", "maxValue")
    else:
        return None
    low, high = (declared.get(name) for name in names)
    if isinstance(low, int) and measured < low:
        return f"{what} be greater than or equal to '{low}'."
    if isinstance(high, int) and measured > high:
        return f"{what} be less than or equal to '{high}'."
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
