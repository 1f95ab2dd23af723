"""The supported scalar functions by name; any other is refused by its name."""

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled
from azure_hotpatch.emulator.arm.graph.kql.functions import (
    choices,
    conversions,
    dynamics,
    moments,
    numbers,
    strings,
    texts,
)
from azure_hotpatch.emulator.arm.graph.kql.functions.function import Calling, ScalarFunction
from azure_hotpatch.emulator.arm.graph.kql.refusals import UnknownFunction, WrongType

FUNCTIONS: dict[str, ScalarFunction] = {
    function.name: function
    for module in (choices, conversions, dynamics, moments, numbers, strings, texts)
    for function in module.FUNCTIONS
}
ALIASES: dict[str, str] = {
    "iif": "iff",
    "toint": "tolong",
    "todouble": "toreal",
    "toboolean": "tobool",
    "todynamic": "parse_json",
    "parsejson": "parse_json",
    "toobject": "parse_json",
    "bag_pack": "pack",
    "notnull": "isnotnull",
    "notempty": "isnotempty",
    "floor": "bin",
}

__all__ = ["ALIASES", "FUNCTIONS", "Calling", "ScalarFunction", "called", "get"]


def get(name: str, at: int) -> ScalarFunction:
    function = FUNCTIONS.get(ALIASES.get(name, name))
    if function is None:
        raise UnknownFunction(name, at)
    return function


def called(function: ScalarFunction, arguments: tuple[Compiled, ...], calling: Calling) -> Compiled:
    """A function with its arguments; refused where there are too few or too many of them."""
    low, high = function.least, function.most
    if not low <= len(arguments) <= high:
        wanted = str(low) if low == high else f"{low} to {high}" if high < 10_000 else f"at least {low}"
        raise WrongType(f"{calling.name}() expects {wanted} argument(s), not {len(arguments)}.", calling.at)
    kind, run = function.build(arguments, calling)
    return Compiled(kind, run, calling.at)
