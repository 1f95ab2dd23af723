"""ARM's functions of numbers and its comparisons, for arguments that are known."""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.policies.reading.templates.strings import bool_

_MOST_IN_RANGE = 10_000  # "range": a count of 10,000 at most


def number(value: Any) -> int:
    """An integer of 64 bits, the only number that ARM calculates with."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise ValueError
    return value


def _div(left: Any, right: Any) -> int:
    """Division towards zero, as .NET has it."""
    dividend, divisor = number(left), number(right)
    if divisor == 0:
        raise ValueError
    quotient = abs(dividend) // abs(divisor)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def _mod(left: Any, right: Any) -> int:
    """The remainder, with the sign of the dividend."""
    return number(left) - number(right) * _div(left, right)


def _of_numbers(choose: Callable[[list[int]], int]) -> Callable[..., int]:
    """min and max take an array, or numbers."""

    def chosen(*values: Any) -> int:
        given = values[0] if len(values) == 1 and isinstance(values[0], list) else values
        return choose([number(value) for value in given])

    return chosen


def _range(start: Any, count: Any) -> list[int]:
    if not 0 <= number(count) <= _MOST_IN_RANGE:
        raise ValueError
    return list(range(number(start), start + count))


def _compared(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Two numbers or two strings."""

    def comparison(left: Any, right: Any) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            raise TypeError
        return compare(left, right)

    return comparison


NUMBERS: Mapping[str, Callable[..., Any]] = {
    "add": lambda left, right: number(left) + number(right),
    "sub": lambda left, right: number(left) - number(right),
    "mul": lambda left, right: number(left) * number(right),
    "div": _div,
    "mod": _mod,
    "min": _of_numbers(min),
    "max": _of_numbers(max),
    "range": _range,
    "less": _compared(lambda left, right: left < right),
    "lessorequals": _compared(lambda left, right: left <= right),
    "greater": _compared(lambda left, right: left > right),
    "greaterorequals": _compared(lambda left, right: left >= right),
    "not": lambda value: not bool_(value),
    "true": lambda: True,
    "false": lambda: False,
    "null": lambda: None,
}
