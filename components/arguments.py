"""When a component's arguments are checked: at once where they are known, else before the resource that takes them."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pulumi


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one argument; `given` is safe to print, never a secret."""

    argument: str
    why: str
    given: str = ""
    allowed: str = ""

    def __str__(self) -> str:
        given = f" = {self.given}" if self.given else ""
        allowed = f"\n    allowed: {self.allowed}" if self.allowed else ""
        return f"  {self.argument}{given}\n    {self.why}{allowed}"


@dataclass(frozen=True, slots=True)
class Check:
    """A question about the arguments named in `reads`; `ask` takes their values in that order, None where absent."""

    reads: tuple[str, ...]
    ask: Callable[..., Iterable[Problem]]


class ArgumentsRefusedError(pulumi.InputPropertiesError, pulumi.RunError):
    """Every problem of a component's arguments. Pulumi prints it without a traceback, from any language."""

    def __init__(self, component: str, name: str, problems: Sequence[Problem]) -> None:
        count = "an argument is" if len(problems) == 1 else f"{len(problems)} arguments are"
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(
            f"{component} {name!r}: {count} refused.\n{lines}",
            [{"property_path": problem.argument, "reason": problem.why} for problem in problems],
        )


def accepted(component: str, name: str, shape: type, checks: Iterable[Check], args: Any) -> dict[str, Any]:
    """The arguments that were given, checked; raises ArgumentsRefusedError with every problem that is known now.

    An argument whose value comes later is replaced by an output that fails, when it is known, if it is refused.
    `shape` is the TypedDict of the arguments. An argument given as None counts as absent.
    """
    if not isinstance(args, Mapping):
        raise ArgumentsRefusedError(component, name, [Problem("args", "the arguments are not a dictionary")])
    given = {argument: value for argument, value in args.items() if value is not None}
    problems = list(_misnamed(shape, given))
    later: list[Check] = []
    for check in checks:
        if any(_comes_later(given.get(argument)) for argument in check.reads):
            later.append(check)
        else:
            problems += check.ask(*(given.get(argument) for argument in check.reads))
    if problems:
        raise ArgumentsRefusedError(component, name, problems)
    for check in later:
        _guard(component, name, check, given)
    return given


def mapped(function: Callable[..., Any], *values: Any) -> Any:
    """`function(*values)`, or the output of it where a value is an output; what is inside a list or an object stays."""
    if any(isinstance(value, pulumi.Output | Awaitable) for value in values):
        return pulumi.Output.all(*values).apply(lambda known: function(*known))
    return function(*values)


def _guard(component: str, name: str, check: Check, given: dict[str, Any]) -> None:
    """Replace, in `given`, what `check` reads and is not known yet by outputs that pass through the check."""

    def passed(values: Sequence[Any]) -> Sequence[Any]:
        problems = list(check.ask(*values))
        if problems:
            raise ArgumentsRefusedError(component, name, problems)
        return values

    values = pulumi.Output.all(*(given.get(argument) for argument in check.reads)).apply(passed)
    for index, argument in enumerate(check.reads):
        if _comes_later(given.get(argument)):
            given[argument] = values[index]


def _misnamed(shape: type, given: Mapping[str, Any]) -> Iterator[Problem]:
    known = shape.__required_keys__ | shape.__optional_keys__  # type: ignore[attr-defined]
    for argument in given.keys() - known:
        near = get_close_matches(argument, known, n=1)
        yield Problem(argument, "there is no such argument" + (f"; the nearest is {near[0]!r}" if near else ""))
    for argument in sorted(shape.__required_keys__ - given.keys()):  # type: ignore[attr-defined]
        yield Problem(argument, "it is required and was not given")


def _comes_later(value: Any) -> bool:
    if isinstance(value, pulumi.Output | Awaitable):
        return True
    if isinstance(value, Mapping):
        return any(_comes_later(child) for child in value.values())
    return isinstance(value, list | tuple) and any(_comes_later(child) for child in value)
