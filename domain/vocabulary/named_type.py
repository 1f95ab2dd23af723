"""A named type of value: its predicate, the correction it suggests, the allowed values, its JSON schema."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from azure_hotpatch.domain.azure.nearest import begun, nearest
from azure_hotpatch.domain.printable import SECRET
from azure_hotpatch.domain.vocabulary.problem import Problem, printed


def _nothing(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, eq=False)
class NamedType:
    """A type by name. As metadata of an annotation, `Annotated[str, SIZE]`, it validates a field of a pydantic model.

    `why_not` says why a value is refused, or None; `meant` gives the valid value that was most likely meant, or "";
    `why_doubted` says why a valid value may be a mistake, or None. The value of a `secret` type is never printed, and
    neither `why_not` nor `meant` may repeat it.
    """

    name: str  # "size", as a sentence calls it
    why_not: Callable[[Any], str | None]
    meant: Callable[[str], str] = _nothing
    allowed: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)
    why_doubted: Callable[[Any], str | None] = field(default=lambda _: None)
    secret: bool = False
    first: bool = False  # whether it judges a value before pydantic does

    def problem(self, path: str, value: Any) -> Problem | None:
        """What is wrong with `value` at `path`, or None."""
        reason = self.why_not(value)
        return None if reason is None else self.refused(path, value, reason)

    def refused(self, path: str, value: Any, reason: str) -> Problem:
        """The problem that `value` at `path` is for a reason."""
        if self.secret:
            return Problem(path, reason, SECRET, self.allowed)
        meant = self.meant(str(value)) if isinstance(value, str | int | float) else ""  # no word is meant by a list
        takes = meant and self.why_not(meant) is None
        return Problem(path, reason, printed(value), self.allowed, meant if takes else "")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        if source is int:
            schema = core_schema.no_info_before_validator_function(_no_boolean, schema)
        if self.first:
            return core_schema.no_info_before_validator_function(self._validated, schema)
        return core_schema.no_info_after_validator_function(self._validated, schema)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        given = handler(schema)
        return given if "$ref" in given else {**self.schema, **given}

    def _validated(self, value: Any) -> Any:
        problem = self.problem("", value)
        if problem:
            raise refusal(problem)
        return value


def _no_boolean(value: Any) -> Any:
    """To pydantic, true is the integer 1."""
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


def one_of(name: str, words: Sequence[str], synonyms: Mapping[str, str] | None = None) -> NamedType:
    """An enumeration; `synonyms` maps other names for its values, in lower case, to them."""
    others = synonyms or {}

    def meant(word: str) -> str:
        return others.get(word.strip().lower()) or begun(word, words) or nearest(word, words)

    return NamedType(
        name=name,
        why_not=lambda value: None if value in words else "unknown value",
        meant=meant,
        allowed=", ".join(words),
        schema={"enum": list(words)},
        first=True,
    )


def within(name: str, least: int, most: int, unit: str = "") -> NamedType:
    """The type of an integer from `least` to `most`. A number out of range has no likely meaning."""
    allowed = f"{least} to {most}{f' {unit}' if unit else ''}"

    def why_not(value: Any) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return "is not an integer"
        return "is too small" if value < least else "is too large" if value > most else None

    return NamedType(name, why_not, allowed=allowed, schema={"minimum": least, "maximum": most})


def refusal(problem: Problem) -> PydanticCustomError:
    """The error by which a pydantic validator reports a problem; see `mistakes`."""
    # The message goes through a placeholder: pydantic would format the braces that a user's value may contain.
    return PydanticCustomError("problem", "{message}", {"message": problem.message, "problem": problem})
