"""The definition of a scalar function, and the usual way to make one from a Python function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, ExpressionScope, Row, Run, coerced
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type

ANY = 10_000  # more arguments than any query has


@dataclass(frozen=True, slots=True)
class Calling:
    """The position and the name of a call, and the scope that it is in."""

    name: str
    at: int
    scope: ExpressionScope


Build = Callable[[tuple[Compiled, ...], Calling], tuple[Type, Run]]


@dataclass(frozen=True, slots=True)
class ScalarFunction:
    """A scalar function. `build` checks the arguments and gives the type and the function of a row."""

    name: str
    least: int
    most: int
    build: Build
    names_its_result: bool = False  # tostring(x = …) gives a column called x


def simple(
    name: str,
    takes: tuple[Type, ...],
    gives: Type,
    function: Callable[..., Any],
    *,
    optional: int = 0,
    null: Any = None,
) -> ScalarFunction:
    """A function of arguments of fixed types, the last `optional` of which may be left out; null gives `null`."""

    def build(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
        pairs = zip(arguments, takes, strict=False)
        runs = tuple(coerced(part, kind, f"{calling.name}()") for part, kind in pairs)
        return gives, _one(function, runs[0], null) if len(runs) == 1 else _several(function, runs, null)

    return ScalarFunction(name, len(takes) - optional, len(takes), build)


def _one(function: Callable[..., Any], run: Run, null: Any) -> Run:
    def asked(row: Row) -> Any:
        value = run(row)
        return null if value is None else function(value)

    return asked


def _several(function: Callable[..., Any], runs: tuple[Run, ...], null: Any) -> Run:
    def asked(row: Row) -> Any:
        values = [run(row) for run in runs]
        return null if None in values else function(*values)

    return asked


def constant_text(part: Compiled, what: str) -> str:
    """The value of an argument that must be a constant string."""
    if not part.constant or part.type is not Type.STRING:
        raise WrongType(f"{what} expects a constant string.", part.at)
    return str(part.value())
