"""The name of a function, and how many arguments it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.values import is_integer


@dataclass(frozen=True, slots=True)
class TemplateFunction:
    """A row of a table of functions. With `most` None it takes as many arguments as it is given."""

    name: str
    run: Callable[..., Any]
    least: int
    most: int | None

    def __call__(self, *arguments: Any) -> Any:
        check_count(self.name, len(arguments), self.least, self.most)
        return self.run(*arguments)


def check_count(name: str, given: int, least: int, most: int | None) -> None:
    if least <= given and (most is None or given <= most):
        return
    wanted = str(least) if most == least else f"at least {least}" if most is None else f"{least} to {most}"
    raise ExpressionError(
        f"Unable to evaluate template language function '{name}': function requires {wanted} argument(s) while "
        f"{given} were provided. Please see https://aka.ms/arm-template-expressions/#{name} for usage details."
    )


def a_string(function: str, value: Any) -> str:
    if not isinstance(value, str):
        raise wrong_argument(function, "a string")
    return value


def an_integer(function: str, value: Any) -> int:
    if not is_integer(value):
        raise wrong_argument(function, "an integer")
    return int(value)


def a_list(function: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise wrong_argument(function, "an array")
    return value


def an_object(function: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong_argument(function, "an object")
    return value
