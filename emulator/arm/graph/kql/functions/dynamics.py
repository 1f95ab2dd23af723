"""Functions of arrays and property bags."""

from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run, coerced
from azure_hotpatch.emulator.arm.graph.kql.functions.function import ANY, Calling, ScalarFunction, simple
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import to_dynamic

_D = Type.DYNAMIC


def _pack(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """`pack("a", x, "b", y)`: a bag."""
    if len(arguments) % 2:
        raise WrongType(f"{calling.name}() expects pairs of a name and a value.", calling.at)
    names = [coerced(part, Type.STRING, f"{calling.name}()") for part in arguments[::2]]
    values, budget = [part.run for part in arguments[1::2]], calling.scope.budget

    def run(row: dict[str, Any]) -> dict[str, Any]:
        found = {name(row): to_dynamic(value(row)) for name, value in zip(names, values, strict=True)}
        budget.weigh(found)
        return found

    return _D, run


def _pack_array(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    runs, budget = [part.run for part in arguments], calling.scope.budget

    def run(row: dict[str, Any]) -> list[Any]:
        found = [to_dynamic(one(row)) for one in runs]
        budget.weigh(found)
        return found

    return _D, run


def _array_concat(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    runs = [coerced(part, _D, f"{calling.name}()") for part in arguments]
    budget = calling.scope.budget

    def run(row: dict[str, Any]) -> list[Any]:
        arrays = [value for one in runs if isinstance(value := one(row), list)]
        budget.length(sum(map(len, arrays)))
        found = [item for array in arrays for item in array]
        budget.weigh(found)
        return found

    return _D, run


def _bag_merge(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """Where two bags have a member, the first one's is kept."""
    runs = [coerced(part, _D, f"{calling.name}()") for part in arguments]
    budget = calling.scope.budget

    def run(row: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in runs:
            value = one(row)
            if isinstance(value, dict):
                found = {**value, **found}
        budget.weigh(found)
        return found

    return _D, run


def _has_element(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    array, value = coerced(arguments[0], _D, f"{calling.name}()"), arguments[1].run

    def run(row: dict[str, Any]) -> bool:
        found, wanted = array(row), to_dynamic(value(row))
        return isinstance(found, list) and any(_same(one, wanted) for one in found)

    return Type.BOOL, run


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, list) else None


def _keys(value: Any) -> list[str] | None:
    return list(value) if isinstance(value, dict) else None


def _has_key(value: Any, name: str) -> bool | None:
    return name in value if isinstance(value, dict) else None


FUNCTIONS = (
    ScalarFunction("pack", 0, ANY, _pack),
    ScalarFunction("pack_array", 0, ANY, _pack_array),
    ScalarFunction("array_concat", 1, 64, _array_concat),
    ScalarFunction("bag_merge", 2, 64, _bag_merge),
    ScalarFunction("set_has_element", 2, 2, _has_element),
    simple("array_length", (_D,), Type.LONG, _length),
    simple("bag_keys", (_D,), _D, _keys),
    simple("bag_has_key", (_D, Type.STRING), Type.BOOL, _has_key),
)
