"""ARM's functions of numbers and its comparisons, for arguments that are known."""

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any

from azure_hotpatch.policies.reading.templates.strings import bool_

_MOST_IN_RANGE = 10_000  # "range": a count of 10,000 at most


def number(value: Any) -> int:
    """An integer of 64 bits, the only number that ARM calculates with; raises ValueError for any other value."""
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**63) <= value < 2**63:
        raise ValueError
    return value


def _calculated(calculate: Callable[[int, int], int]) -> Callable[[Any, Any], int]:
    """A function of two numbers, whose result has 64 bits too."""
    return lambda left, right: number(calculate(number(left), number(right)))


def _div(dividend: int, divisor: int) -> int:
    """Division towards zero, as .NET has it."""
    quotient = abs(dividend) // abs(divisor)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def _mod(dividend: int, divisor: int) -> int:
    """The remainder, with the sign of the dividend."""
    return dividend - divisor * _div(dividend, divisor)


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


def _compared(compare: Callable[[int], bool]) -> Callable[[Any, Any], bool]:
    """Two numbers or two strings, by the sign of their difference."""

    def comparison(left: Any, right: Any) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            return compare(_order(left, right))
        return compare(number(left) - number(right))

    return comparison


def _order(left: str, right: str) -> int:
    """The order of two strings in a dictionary: digits, then letters, `a` before `A` where nothing else differs.

    Azure compares them by a culture, not by their codes: `less('A', 'a')` is false. Raises ValueError where a sign or
    a letter beyond English decides, of which cultures differ. Source: "less" of Azure's documentation.
    """
    case = 0
    for one, other in zip_longest(left, right, fillvalue=""):
        if one == other:
            continue
        if not f"{one}{other}".isascii() or not all(each.isalnum() or not each for each in (one, other)):
            raise ValueError
        if one.lower() != other.lower():
            return -1 if one.lower() < other.lower() else 1
        case = case or (-1 if one.islower() else 1)
    return case


NUMBERS: Mapping[str, Callable[..., Any]] = {
    "add": _calculated(lambda left, right: left + right),
    "sub": _calculated(lambda left, right: left - right),
    "mul": _calculated(lambda left, right: left * right),
    "div": _calculated(_div),
    "mod": _calculated(_mod),
    "min": _of_numbers(min),
    "max": _of_numbers(max),
    "range": _range,
    "less": _compared(lambda order: order < 0),
    "lessorequals": _compared(lambda order: order <= 0),
    "greater": _compared(lambda order: order > 0),
    "greaterorequals": _compared(lambda order: order >= 0),
    "not": lambda value: not bool_(value),
    "true": lambda: True,
    "false": lambda: False,
    "null": lambda: None,
}
