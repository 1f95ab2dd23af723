"""Numeric functions: rounding, binning, maximum and minimum, and versions as numbers."""

import math
import re
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.arithmetic import binned
from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run, coerced, unified
from azure_hotpatch.emulator.arm.graph.kql.functions.function import Calling, ScalarFunction, simple
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type

_VERSION = re.compile(r"\d{1,8}(\.\d{1,8}){0,3}")


def _bin(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    value, size = arguments
    fits = value.type.is_number and size.type.is_number
    if not fits and (value.type not in (Type.DATETIME, Type.TIMESPAN) or size.type is not Type.TIMESPAN):
        raise WrongType(
            f"{calling.name}() is not defined for {value.type.value} and {size.type.value}; add casts.", calling.at
        )
    kind = Type.REAL if Type.REAL in (value.type, size.type) else value.type
    return kind, _both(binned, value.run, size.run)


def _both(function: Callable[[Any, Any], Any], one: Run, other: Run) -> Run:
    def run(row: dict[str, Any]) -> Any:
        left, right = one(row), other(row)
        return None if left is None or right is None else function(left, right)

    return run


def _rounded(value: float, digits: int = 0) -> float:
    return round(value, max(-20, min(20, digits))) if math.isfinite(value) else value


def _extreme(name: str, choose: Callable[[list[Any]], Any]) -> ScalarFunction:
    def build(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
        kind = unified(arguments, f"The arguments of {name}()")
        if kind in (Type.DYNAMIC, Type.STRING, Type.BOOL):
            raise WrongType(f"{name}() is not defined for {kind.value}; add casts.", calling.at)
        runs = [coerced(part, kind, f"{name}()") for part in arguments]

        def run(row: dict[str, Any]) -> Any:
            values = [value for one in runs if (value := one(row)) is not None]
            return choose(values) if values else None

        return kind, run

    return ScalarFunction(name, 2, 64, build)


def _version(text: str) -> int | None:
    """`10.0.26100.0` as a number that orders as versions do: up to four parts of up to eight digits."""
    if not _VERSION.fullmatch(text):
        return None
    parts = [*text.split("."), "0", "0", "0"][:4]
    return int("".join(part.zfill(8) for part in parts))


def _ceiling(value: float) -> float:
    return float(math.ceil(value)) if math.isfinite(value) else value


FUNCTIONS = (
    ScalarFunction("bin", 2, 2, _bin),
    simple("round", (Type.REAL, Type.LONG), Type.REAL, _rounded, optional=1),
    simple("ceiling", (Type.REAL,), Type.REAL, _ceiling),
    simple("abs", (Type.REAL,), Type.REAL, abs),
    simple("parse_version", (Type.STRING,), Type.LONG, _version),
    _extreme("max_of", max),
    _extreme("min_of", min),
)
