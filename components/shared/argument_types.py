"""Run-time type checks for component arguments, derived from their annotations."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pulumi
from pydantic_core import PydanticCustomError, PydanticKnownError, SchemaValidator, ValidationError, core_schema

from azure_hotpatch.domain.azure.images import Image
from azure_hotpatch.domain.vocabulary.mistakes import MUST_BE_KNOWN, message_of
from azure_hotpatch.domain.vocabulary.problem import Location

# `pulumi.Input` is an alias with names of its own module in it.
_NAMES = {"Output": pulumi.Output, "T": Any}
_SIMPLE: Mapping[Any, Callable[[], core_schema.CoreSchema]] = {
    str: lambda: core_schema.str_schema(strict=True),
    bool: lambda: core_schema.bool_schema(strict=True),
    int: lambda: core_schema.int_schema(strict=True),
    float: lambda: core_schema.float_schema(strict=True),
}


# An image by its name, or as a Python program has it: the object, which is not parsed again.
ImageInput = pulumi.Input[str] | Image
# What takes the place of a plain value in a Python program; programs in other languages have the value alone.
OBJECTS: tuple[type, ...] = (Image,)


@cache
def validators(arguments: type) -> Mapping[str, SchemaValidator]:
    """A validator for each argument of a TypedDict."""
    hints = get_type_hints(arguments, localns=_NAMES)
    return {name: SchemaValidator(_schema(hint)) for name, hint in hints.items()}


def mistakes(validator: SchemaValidator, value: Any) -> Iterator[tuple[Location, str, Any]]:
    """Location, message and value of everything in an argument that has the wrong type.

    An output that is allowed is not looked into.
    """
    try:
        validator.validate_python(value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            yield details["loc"], message_of(details), details["input"]


def comes_later(value: Any) -> bool:
    """Whether a value is known only during the deployment."""
    return isinstance(value, pulumi.Output | Awaitable)


def _schema(hint: Any) -> core_schema.CoreSchema:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Union:  # pulumi.Input: the value itself, an awaitable, an output
        unless = partial(_unless_later, objects=tuple(part for part in parts if part in OBJECTS))
        return core_schema.no_info_wrap_validator_function(unless, _of_value(parts[0]))
    return core_schema.no_info_before_validator_function(_known_now, _of_value(hint, origin, parts))


def _of_value(hint: Any, origin: Any = None, parts: Sequence[Any] = ()) -> core_schema.CoreSchema:
    origin, parts = origin or get_origin(hint), parts or get_args(hint)
    if origin is Literal:
        return _SIMPLE[str]()  # which of the strings it is, a check asks
    if hint is Any:
        return core_schema.any_schema()
    if hint in _SIMPLE:
        return _SIMPLE[hint]()
    if origin is Sequence:
        return core_schema.no_info_before_validator_function(_sequence, core_schema.list_schema(_schema(parts[0])))
    if origin is Mapping:
        return core_schema.dict_schema(core_schema.str_schema(strict=True), _schema(parts[1]))
    if is_typeddict(hint):
        return core_schema.dict_schema()
    raise TypeError(f"{hint} is not an annotation of an argument")


def _unless_later(
    value: Any, handler: core_schema.ValidatorFunctionWrapHandler, *, objects: tuple[type, ...] = ()
) -> Any:
    return value if comes_later(value) or isinstance(value, objects) else handler(value)


def _known_now(value: Any) -> Any:
    if comes_later(value):
        raise PydanticCustomError("output", MUST_BE_KNOWN)
    return value


def _sequence(value: Any) -> Any:
    """A list or a tuple as a list; of the other iterables a set has no order, and a string is no list of letters."""
    if isinstance(value, list | tuple):
        return list(value)
    raise PydanticKnownError("list_type")
