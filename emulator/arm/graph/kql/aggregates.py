"""The aggregate functions of summarize: each reduces a group of rows to one value, or to one row's values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.query_budget import QueryBudget
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import to_dynamic, wrapped

Values = Sequence[Any]
Fold = Callable[[Values, int, QueryBudget], Any]  # the values that are not null, a limit, the work that is left

_LONGEST_LIST = 1_048_576  # "make_list() (aggregation function)": maxSize


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The arguments and the type of an aggregate. `gives` None: the type of its argument."""

    fold: Fold
    gives: Type | None
    prefix: str
    takes_value: bool = True  # count() takes none
    takes_condition: bool = False
    takes_limit: bool = False
    numbers: bool = False  # of numbers and spans alone
    kept_name: bool = False  # arg_max(x, …) and take_any(x) give columns of the same names

    def column_name(self, inner: str) -> str:
        """`dcount(id)` is dcount_id; `count()` is count_."""
        return inner if self.kept_name else f"{self.prefix}_{inner if self.takes_value else ''}"


def _count(values: Values, _limit: int, _budget: QueryBudget) -> int:
    return len(values)


def _distinct(values: Values, _limit: int, _budget: QueryBudget) -> int:
    return len({_key(value) for value in values})


def _key(value: Any) -> Any:
    """The key that makes two values distinct: 1 is not true, and bags compare by content."""
    if isinstance(value, dict | list):
        return repr(value)
    return (type(value) is bool, value)


def _sum(values: Values, _limit: int, _budget: QueryBudget) -> Any:
    if not values:
        return None
    total = sum(values[1:], values[0])
    return wrapped(total) if isinstance(total, int) else total


def _total(values: Values, limit: int, budget: QueryBudget) -> Any:
    return _sum(values, limit, budget) if values else 0


def _average(values: Values, limit: int, budget: QueryBudget) -> Any:
    return None if not values else _sum(values, limit, budget) / len(values)


def _least(values: Values, _limit: int, _budget: QueryBudget) -> Any:
    return min(values, key=ordered, default=None)


def _greatest(values: Values, _limit: int, _budget: QueryBudget) -> Any:
    return max(values, key=ordered, default=None)


def ordered(value: Any) -> Any:
    """A key that orders values of a dynamic, which may be of several kinds: false, true, numbers, strings, the rest."""
    if isinstance(value, bool):
        return (0, int(value))
    if isinstance(value, int | float):
        return (1, value)
    if isinstance(value, str):
        return (2, value)
    return (4, repr(value)) if isinstance(value, dict | list) else (3, value)


def _list(values: Values, limit: int, budget: QueryBudget) -> list[Any]:
    found = [to_dynamic(value) for value in values[: min(limit, _LONGEST_LIST)]]
    budget.weigh(found)
    return found


def _set(values: Values, limit: int, budget: QueryBudget) -> list[Any]:
    found = list({_key(value): to_dynamic(value) for value in reversed(values)}.values())[::-1]
    budget.weigh(found)
    return found[:limit]


def _bag(values: Values, _limit: int, budget: QueryBudget) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for value in values:
        if isinstance(value, dict):
            found = {**value, **found}
    budget.weigh(found)
    return found


def _any(values: Values, _limit: int, _budget: QueryBudget) -> Any:
    return values[0] if values else None


_D = Type.DYNAMIC
AGGREGATES = {
    "count": Aggregate(_count, Type.LONG, "count", takes_value=False),
    "countif": Aggregate(_count, Type.LONG, "countif", takes_value=False, takes_condition=True),
    "dcount": Aggregate(_distinct, Type.LONG, "dcount"),
    "dcountif": Aggregate(_distinct, Type.LONG, "dcountif", takes_condition=True),
    "sum": Aggregate(_total, None, "sum", numbers=True),
    "sumif": Aggregate(_total, None, "sumif", takes_condition=True, numbers=True),
    "avg": Aggregate(_average, Type.REAL, "avg", numbers=True),
    "avgif": Aggregate(_average, Type.REAL, "avgif", takes_condition=True, numbers=True),
    "min": Aggregate(_least, None, "min"),
    "minif": Aggregate(_least, None, "minif", takes_condition=True),
    "max": Aggregate(_greatest, None, "max"),
    "maxif": Aggregate(_greatest, None, "maxif", takes_condition=True),
    "make_list": Aggregate(_list, _D, "list", takes_limit=True),
    "make_list_if": Aggregate(_list, _D, "list", takes_condition=True, takes_limit=True),
    "make_set": Aggregate(_set, _D, "set", takes_limit=True),
    "make_set_if": Aggregate(_set, _D, "set", takes_condition=True, takes_limit=True),
    "make_bag": Aggregate(_bag, _D, "bag"),
    "take_any": Aggregate(_any, None, "any", kept_name=True),
    "arg_max": Aggregate(_greatest, None, "max", kept_name=True),
    "arg_min": Aggregate(_least, None, "min", kept_name=True),
}
OTHER_NAMES = {
    "makelist": "make_list",
    "makeset": "make_set",
    "any": "take_any",
    "argmax": "arg_max",
    "argmin": "arg_min",
}


def canonical(name: str) -> str:
    return OTHER_NAMES.get(name, name)
