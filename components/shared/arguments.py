"""When a component's arguments are checked: at once where they are known, else before the resource that takes them."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any

import pulumi

from azure_hotpatch.components.shared.argument_types import comes_later, mistakes, validators
from azure_hotpatch.components.shared.doubts import warn_of_doubts
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.printable import SECRET
from azure_hotpatch.domain.vocabulary.check import Check, contradictions
from azure_hotpatch.domain.vocabulary.mistakes import MISSING
from azure_hotpatch.domain.vocabulary.problem import Problem, is_secret, listed, printed, written

__all__ = ["ArgumentSet", "ArgumentsRefusedError", "Check", "Problem", "checked_arguments", "mapped"]

_ROOT = re.compile(r"[^.\[]*")
_TURNS = 10  # of the event loop; the server needs one


@dataclass(frozen=True, slots=True)
class ArgumentSet:
    """The arguments of a component, a TypedDict, with the checks on them.

    `parts` are the arguments that are a list or a mapping of nested sets of arguments, each with its own `ArgumentSet`;
    `part` are those that are one such set. `why_not_name` says why the component cannot have the name that it has.
    """

    arguments: type
    checks: tuple[Check, ...] = ()
    parts: Mapping[str, "ArgumentSet"] = field(default_factory=dict)
    part: Mapping[str, "ArgumentSet"] = field(default_factory=dict)
    why_not_name: Callable[[str], str | None] = field(default=lambda _: None)

    def allowed(self, argument: str) -> str:
        """What an argument of a named type takes; "" where nothing is said of it."""
        kinds = (check.kind for check in self.checks if check.kind and check.reads == (argument,))
        return next((kind.allowed for kind in kinds), "")

    def comes_later(self, argument: str, value: Any) -> bool:
        """Whether an argument cannot be checked now. Of one that has smaller sets of arguments the sets are known now,
        and the values in them are checked one by one."""
        is_divided = argument in self.parts or argument in self.part
        return comes_later(value) if is_divided else _comes_later(value)

    def smaller(self, given: Mapping[str, Any]) -> Iterator[tuple[str, "ArgumentSet", Any]]:
        """Each smaller set of arguments that is given: its path, its shape, and itself."""
        for argument, shape in self.part.items():
            if argument in given:
                yield argument, shape, given[argument]
        for argument, shape in self.parts.items():
            for step, value in _steps(given.get(argument)):
                yield f"{argument}{step}", shape, value


class ArgumentsRefusedError(pulumi.InputPropertiesError, pulumi.RunError):
    """Every problem of a component's arguments. Pulumi prints it without a traceback, from any language."""

    def __init__(self, subject: str, problems: Sequence[Problem]) -> None:
        count = "1 argument is" if len(problems) == 1 else f"{len(problems)} arguments are"
        super().__init__(
            listed(f"{subject}: {count} wrong:", problems),
            [{"property_path": problem.path, "reason": problem.sentence()} for problem in problems],
        )


def checked_arguments(
    component: str, name: str, shape: ArgumentSet, args: Any, derived: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The arguments that were given, checked; raises ArgumentsRefusedError with every problem that is known now.

    An argument whose value comes later is replaced by an output that fails, when it is known, if it is refused.
    An argument that is None counts as absent. `derived` are arguments that follow from the component's name, and are
    checked as if they were given where they are not.
    """
    subject = f"{component} {name!r}"
    given = _given(args)
    if isinstance(given, Mapping):
        given = {**(derived or {}), **given}
    problems = [*_misnames(shape, name, given), *_problems(shape, given)]
    if problems:
        raise ArgumentsRefusedError(subject, problems)
    warn_of_doubts(shape.checks, given)
    return _guarded(subject, shape, given)


def mapped(function: Callable[..., Any], *values: Any) -> Any:
    """`function(*values)`, or the output of it where a value is an output; what is inside a list or an object stays."""
    later = [index for index, value in enumerate(values) if comes_later(value)]
    if not later:
        return function(*values)
    return _together(list(values), later).apply(lambda known: function(*known))


def _given(args: Any) -> Any:
    if not isinstance(args, Mapping):
        return args
    return {argument: value for argument, value in args.items() if value is not None}


def _problems(shape: ArgumentSet, given: Any) -> Iterator[Problem]:
    """The problems of the values that are known."""
    if not isinstance(given, Mapping):
        yield Problem("", "the arguments are not an object", printed(given))
        return
    yield from _misnamed(shape, given)
    mistaken = list(_mistaken(shape, given))
    yield from mistaken
    sound = _without(given, mistaken)
    later = {argument for argument, value in sound.items() if shape.comes_later(argument, value)}
    # A value of the wrong type is reported already, and no other check reads it.
    yield from contradictions(shape.checks, given, (given.keys() - sound.keys()) | later)
    reported = {problem.path for problem in mistaken}
    for path, smaller, value in shape.smaller(given):
        if path not in reported:
            yield from (problem.below(path) for problem in _problems(smaller, _given(value)))


def _misnames(shape: ArgumentSet, name: str, given: Any) -> Iterator[Problem]:
    """The problems of the component's own name, from which its children's names are made."""
    reason = shape.why_not_name(name) if isinstance(given, Mapping) else None
    if reason:
        yield Problem("name", reason)


def _mistaken(shape: ArgumentSet, given: Mapping[str, Any]) -> Iterator[Problem]:
    """The arguments that do not have the type that they are declared to have, or are blank."""
    known = validators(shape.arguments)
    for argument in sorted(known.keys() & given.keys()):
        value = given[argument]
        for location, message, wrong in mistakes(known[argument], value):
            allowed = "" if location else shape.allowed(argument)
            yield Problem(written((argument, *location)), message, _shown(argument, wrong), allowed)
        if isinstance(value, str) and not value.strip():
            yield Problem(argument, "is empty", _shown(argument, value), shape.allowed(argument))


def _shown(argument: str, value: Any) -> str:
    return "" if comes_later(value) else SECRET if is_secret((argument,)) else printed(value)


def _without(given: Mapping[str, Any], problems: Iterable[Problem]) -> dict[str, Any]:
    wrong = {_ROOT.match(problem.path)[0] for problem in problems}  # type: ignore[index]  # it matches every path
    return {argument: value for argument, value in given.items() if argument not in wrong}


def _guarded(subject: str, shape: ArgumentSet, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments, with outputs that fail in place of those that come later and may be refused."""
    guarded: dict[str, Any] = _given(given)
    for check in shape.checks:
        if any(shape.comes_later(argument, guarded.get(argument)) for argument in check.reads):
            _guard(subject, shape, check, guarded)
    for argument, part in shape.part.items():
        if argument in guarded:
            guarded[argument] = _guarded(subject, part, guarded[argument])
    for argument, part in shape.parts.items():
        if argument in guarded:
            guarded[argument] = _rebuilt(guarded[argument], partial(_guarded, subject, part))
    return guarded


def _guard(subject: str, shape: ArgumentSet, check: Check, given: dict[str, Any]) -> None:
    """Replace, in `given`, what `check` reads and is not known yet by outputs that pass through the check."""
    known = [given.get(argument) for argument in check.reads]
    later = [index for index, value in enumerate(known) if shape.comes_later(check.reads[index], value)]
    together = _together(known, later)

    def passed(values: Sequence[Any]) -> Any:
        read = _given(dict(zip(check.reads, values, strict=True)))
        problems = list(_mistaken(shape, read)) or list(_contradictions(shape, check, read))
        return _refused(subject, problems, together, check) if problems else values

    values = together.apply(passed)
    for index in later:
        given[check.reads[index]] = values.apply(itemgetter(index))


def _contradictions(shape: ArgumentSet, check: Check, read: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems that one check finds, if the values that it reads are valid by themselves."""
    alone = (each for each in shape.checks if each.kind and each is not check and each.reads[0] in check.reads)
    if not any(problem for each in alone for problem in each.find(read.get(each.reads[0]))):
        yield from check.find(*(read.get(name) for name in check.reads))


async def _refused(subject: str, problems: Sequence[Problem], asked: pulumi.Output[Any], check: Check) -> Any:
    """Raise for values that became known late. If a value is a secret, the error contains nothing of it."""
    if await asked.is_secret() and not (check.kind and check.kind.secret):
        problems = [problem.hidden() for problem in problems]
    await _started_callbacks()
    raise ArgumentsRefusedError(subject, problems)


async def _started_callbacks() -> None:
    """Let the server start that the engine calls resource hooks on.

    A program that fails while Pulumi starts that server stops it in the same turn of the loop, and grpc then ends the
    process with a segmentation fault in place of the error (seen with pulumi 3.272, grpcio 1.85.1 and 1.85.3).
    """
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def _together(values: list[Any], later: list[int]) -> pulumi.Output[list[Any]]:
    """The values as one output. A single output among them is not put through `Output.all`, which makes one of each."""
    only = values[later[0]]
    if len(later) > 1 or not isinstance(only, pulumi.Output):
        return pulumi.Output.all(*values)
    return only.apply(lambda value: [*values[: later[0]], value, *values[later[0] + 1 :]])


def _steps(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return ((f".{key}", child) for key, child in value.items())
    if isinstance(value, list | tuple):
        return ((f"[{index}]", child) for index, child in enumerate(value))
    return ()


def _rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, Mapping):
        return {key: change(child) for key, child in value.items()}
    return [change(child) for child in value]


def _misnamed(shape: ArgumentSet, given: Mapping[str, Any]) -> Iterator[Problem]:
    """Names that a TypedDict does not have, and names that it requires and that were not given."""
    required: frozenset[str] = shape.arguments.__required_keys__  # type: ignore[attr-defined]  # a TypedDict has them
    known = required | shape.arguments.__optional_keys__  # type: ignore[attr-defined]
    meant = {argument: nearest(argument, known) for argument in sorted(map(str, given.keys() - known))}
    for argument, likely in meant.items():
        yield Problem(argument, "unknown argument", allowed=", ".join(sorted(known)), meant=likely)
    for argument in sorted(required - given.keys() - set(meant.values())):  # what is there, misspelled, is not missing
        yield Problem(argument, MISSING, allowed=shape.allowed(argument))


def _comes_later(value: Any) -> bool:
    return comes_later(value) or any(_comes_later(child) for _, child in _steps(value))
