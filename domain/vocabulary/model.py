"""The base of every group of settings: a pydantic model that reports all of its mistakes at once."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails, InitErrorDetails

from azure_hotpatch.domain.vocabulary.check import Check, contradictions
from azure_hotpatch.domain.vocabulary.named_type import refusal
from azure_hotpatch.domain.vocabulary.problem import Location, Problem

_Model = TypeVar("_Model", bound="Settings")
_STEP = re.compile(r"\[(?P<index>\d+)\]|(?P<name>[^.\[]+)")


class Settings(BaseModel):
    """A group of settings, frozen; keys are camelCase as in a stack's file, and unknown keys are refused.

    `checks` run over the fields that are valid by themselves, whatever is wrong with the others. With a `Valid` as the
    context of the validation each valid group is put there, also one inside a group that is not valid.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )
    checks: ClassVar[tuple[Check, ...]] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _every_mistake(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        try:
            settings = handler(data)
        except ValidationError as error:
            if isinstance(data, Mapping):
                errors = error.errors(include_url=False)
                contradictory = _located(cls, data, _sound(cls, data, errors))
                raise ValidationError.from_exception_data(
                    cls.__name__, [*map(_again, errors), *contradictory]
                ) from None
            raise
        found = list(_located(cls, data, {name: getattr(settings, name) for name in cls.model_fields}))
        if found:
            raise ValidationError.from_exception_data(cls.__name__, found)
        if isinstance(info.context, Valid):
            info.context.put(data, settings)
        return settings


class Valid:
    """The groups of settings that one validation found valid, by what each was made of."""

    def __init__(self) -> None:
        self._found: dict[tuple[type[Settings], int], tuple[Any, Settings]] = {}

    def put(self, data: Any, settings: Settings) -> None:
        """Keep `settings`, which were made of the object `data`."""
        # The object is kept too, so that its identity stays its own.
        self._found[type(settings), id(data)] = data, settings

    def of(self, model: type[_Model], data: Any) -> _Model | None:
        """The settings that were made of this very object; None where it is not valid, or was not reached."""
        _, settings = self._found.get((model, id(data)), (None, None))
        return settings if isinstance(settings, model) else None


def _again(error: ErrorDetails) -> InitErrorDetails:
    """A pydantic error in the form in which it can be raised again together with others."""
    context = error.get("ctx", {})
    kind = refusal(context["problem"]) if error["type"] == "problem" else error["type"]
    return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=context)


def _located(model: type[Settings], data: Any, values: Mapping[str, Any]) -> Iterator[InitErrorDetails]:
    """The problems across fields, for these values."""
    wrong = model.model_fields.keys() - values.keys()
    for problem in contradictions(model.checks, values, wrong):
        location = _location(model, problem)
        given = data.get(location[0]) if isinstance(data, Mapping) and location else None
        yield InitErrorDetails(type=refusal(problem), loc=location, input=given)


def _location(model: type[Settings], problem: Problem) -> Location:
    """The keys on the way to a problem, as a stack's file spells them."""
    first = next(iter(_STEP.findall(problem.path)), ("", ""))[1]
    known = {first: model.model_fields[first].alias or first} if first in model.model_fields else {}
    return tuple(
        int(index) if index else known.get(name, to_camel(name)) for index, name in _STEP.findall(problem.path)
    )


def _sound(model: type[Settings], data: Mapping[Any, Any], errors: list[ErrorDetails]) -> dict[str, Any]:
    """The values of the fields that are valid by themselves."""
    wrong = {error["loc"][0] for error in errors if error["loc"]}
    return {
        name: _field(model, name).validate_python(data[alias])
        if alias in data
        else field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if (alias := field.alias or name) not in wrong
    }


@cache
def _field(model: type[Settings], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].rebuild_annotation())
