"""Format values with .NET's composite format strings, such as "{0,5:N0}"."""

# Source: "Composite formatting", "Standard numeric format strings" and "Custom numeric format strings" of .NET.

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError
from azure_hotpatch.emulator.arm.templates.values import text

_ITEM = re.compile(r"\{\{|\}\}|\{(\d+)(?:,\s*(-?\d+))?(?::((?:[^{}]|\{\{|\}\})*))?\}|[{}]")
_WIDEST = 1000
_MOST_DIGITS = 99


def formatted(pattern: str, values: Sequence[Any]) -> str:
    """`pattern` with its items filled in; raises ExpressionError where it names a value that is not there."""
    return _ITEM.sub(lambda match: _filled(match, values), pattern)


def _filled(match: re.Match[str], values: Sequence[Any]) -> str:
    if match[0] in {"{{", "}}"}:
        return match[0][0]
    index = int(match[1]) if match[1] else -1
    width = int(match[2] or 0)
    if not 0 <= index < len(values) or abs(width) > _WIDEST:
        raise ExpressionError(
            "Unable to evaluate template language function 'format': the format is invalid: "
            "Index (zero based) must be greater than or equal to zero and less than the size of the argument list."
        )
    shown = _one(values[index], match[3] or "")
    return shown.ljust(-width) if width < 0 else shown.rjust(width)


def _one(value: Any, how: str) -> str:
    if not how or isinstance(value, bool) or not isinstance(value, int | float):
        return text(value)
    standard = re.fullmatch(r"([A-Za-z])(\d{0,2})", how)
    if standard is None:
        return _custom(Decimal(str(value)), how)
    write = _STANDARD.get(standard[1].lower())
    if write is None:
        raise ExpressionError(
            "Unable to evaluate template language function 'format': the format is invalid: "
            "Format specifier was invalid."
        )
    found = write(Decimal(str(value)), min(int(standard[2]), _MOST_DIGITS) if standard[2] else None)
    return found.lower() if standard[1] == "x" else found


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _fixed(value: Decimal, digits: int | None) -> str:
    return f"{_rounded(value, 2 if digits is None else digits):f}"


def _grouped(value: Decimal, digits: int | None) -> str:
    return f"{_rounded(value, 2 if digits is None else digits):,f}"


def _decimal(value: Decimal, digits: int | None) -> str:
    sign = "-" if value < 0 else ""
    return sign + str(abs(int(value))).zfill(digits or 0)


def _hexadecimal(value: Decimal, digits: int | None) -> str:
    number = int(value)
    return f"{number if number >= 0 else number + 2**64:X}".zfill(digits or 0)


def _percent(value: Decimal, digits: int | None) -> str:
    return f"{_grouped(value * 100, digits)}%"


def _currency(value: Decimal, digits: int | None) -> str:
    return ("-" if value < 0 else "") + f"${_grouped(abs(value), digits)}"


def _general(value: Decimal, _digits: int | None) -> str:
    return f"{value.normalize():f}"


_STANDARD: Mapping[str, Callable[[Decimal, int | None], str]] = {
    "c": _currency,
    "d": _decimal,
    "f": _fixed,
    "g": _general,
    "n": _grouped,
    "p": _percent,
    "x": _hexadecimal,
}


def _custom(value: Decimal, how: str) -> str:
    """`000`, `#,##0.0#`: digits and separators; any other character stands for itself."""
    places = re.search(r"[0#][0#,]*(?:\.[0#]+)?", how)
    if places is None:
        return how
    whole, _, part = places[0].partition(".")
    number = f"{abs(_rounded(value, len(part))):f}"
    left, _, right = number.partition(".")
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    shown = f"{int(left):,}".rjust(len(left), "0") if "," in whole and left else left
    right = right[: part.rfind("0") + 1] + right[part.rfind("0") + 1 :].rstrip("0")
    result = f"{'-' if value < 0 else ''}{shown}{'.' if right else ''}{right}"
    return how[: places.start()] + result + how[places.end() :]
