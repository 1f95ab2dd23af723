"""Conditional functions: iff, case, coalesce, not, and those that check whether there is a value."""

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Row, Run, coerced, unified
from azure_hotpatch.emulator.arm.graph.kql.functions.function import ANY, Calling, ScalarFunction
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import to_string


def _case(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """`case(condition, value, …, otherwise)`; iff is one of three."""
    if len(arguments) % 2 == 0:
        raise WrongType(f"{calling.name}() expects pairs of condition and value, and a last value.", calling.at)
    conditions, values = arguments[:-1:2], (*arguments[1::2], arguments[-1])
    kind = unified(values, f"The results of {calling.name}()")
    tests = tuple(_condition(one, calling) for one in conditions)
    runs = tuple(coerced(value, kind, f"{calling.name}()") for value in values)
    return kind, _first(tuple(zip(tests, runs[:-1], strict=True)), runs[-1])


def _first(branches: tuple[tuple[Run, Run], ...], otherwise: Run) -> Run:
    def run(row: Row) -> object:
        for test, value in branches:
            if test(row):
                return value(row)
        return otherwise(row)

    return run


def _condition(part: Compiled, calling: Calling) -> Run:
    if part.type is not Type.BOOL:
        raise WrongType(f"{calling.name}() expects bool as a condition, not {part.type.value}.", part.at)
    return part.run


def _coalesce(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """The first value that is not null, or of strings the first that is not empty."""
    kind = unified(arguments, "The arguments of coalesce()")
    runs = tuple(coerced(part, kind, f"{calling.name}()") for part in arguments)
    nothing = "" if kind is Type.STRING else None

    def run(row: Row) -> object:
        for one in runs:
            value = one(row)
            if value is not None and value != nothing:
                return value
        return nothing

    return kind, run


def _not(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    run = _condition(arguments[0], calling)
    return Type.BOOL, lambda row: None if (value := run(row)) is None else not value


def _is_null(*, negated: bool) -> ScalarFunction:
    def build(arguments: tuple[Compiled, ...], _calling: Calling) -> tuple[Type, Run]:
        run = arguments[0].run  # a string is never None
        return Type.BOOL, lambda row: (run(row) is None) is not negated

    return ScalarFunction("isnotnull" if negated else "isnull", 1, 1, build)


def _is_empty(*, negated: bool) -> ScalarFunction:
    def build(arguments: tuple[Compiled, ...], _calling: Calling) -> tuple[Type, Run]:
        run = arguments[0].run
        return Type.BOOL, lambda row: (to_string(run(row)) == "") is not negated

    return ScalarFunction("isnotempty" if negated else "isempty", 1, 1, build)


FUNCTIONS = (
    ScalarFunction("iff", 3, 3, _case),
    ScalarFunction("case", 3, ANY, _case),
    ScalarFunction("coalesce", 2, 64, _coalesce),
    ScalarFunction("not", 1, 1, _not),
    _is_null(negated=False),
    _is_null(negated=True),
    _is_empty(negated=False),
    _is_empty(negated=True),
)
