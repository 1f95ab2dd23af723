"""Validate the files of this package: strictly, with every mistake at its path, in one error."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "unknown setting",
    "union_tag_not_found": "is missing",
}


class Model(BaseModel):
    """An object of a file; its keys are in camel case, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, arbitrary_types_allowed=True
    )


class FileError(ValueError):
    """Everything that is wrong with a file; `str()` is one line a mistake."""


Valid = TypeVar("Valid", bound=Model)


def validated(kind: type[Valid], raw: Any, what: str) -> Valid:
    """Validate parsed JSON or YAML. Raises FileError with every mistake; `what` names the file."""
    if not isinstance(raw, Mapping):
        raise FileError(f"{what}: it must be an object of keys and values")
    try:
        return kind.model_validate(dict(raw))
    except ValidationError as error:
        lines = [f"{what}: {_told(details)}" for details in error.errors(include_url=False)]
        raise FileError("\n".join(lines)) from None


def _told(details: ErrorDetails) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in details["loc"]).lstrip(".")
    own = details["type"] == "setting"  # it may begin with a KB number
    words = details["msg"] if own else details["msg"][:1].lower() + details["msg"][1:]
    message = _WORDS.get(details["type"], words)
    value = details["input"]
    shown = f" (value: {value!r})" if isinstance(value, str | int | float | bool) and len(str(value)) < 60 else ""
    return f"{path or 'the file'}: {message}{'' if details['type'] == 'extra_forbidden' else shown}"
