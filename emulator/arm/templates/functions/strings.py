"""Functions of strings; those that take arrays as well are in `arrays`."""

import re
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.composite_format import formatted
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_string, an_integer
from azure_hotpatch.emulator.arm.templates.values import is_integer, text

_LONGEST_PADDING = 16_384  # Azure publishes no limit; a longer padding is a mistake


def _ends_with(value: Any, end: Any) -> bool:
    return a_string("endsWith", value).lower().endswith(a_string("endsWith", end).lower())


def _starts_with(value: Any, start: Any) -> bool:
    return a_string("startsWith", value).lower().startswith(a_string("startsWith", start).lower())


def _format(pattern: Any, *values: Any) -> str:
    return formatted(a_string("format", pattern), values)


def _pad_left(value: Any, length: Any, character: Any = " ") -> str:
    if not isinstance(value, str) and not is_integer(value):
        raise wrong_argument("padLeft", "a string or an integer to pad")
    width, pad = an_integer("padLeft", length), a_string("padLeft", character)
    if len(pad) != 1 or not 0 <= width <= _LONGEST_PADDING:
        raise wrong_argument("padLeft", f"a length of at most {_LONGEST_PADDING}, and one character")
    return text(value).rjust(width, pad)


def _replace(value: Any, old: Any, new: Any) -> str:
    if not a_string("replace", old):
        raise wrong_argument("replace", "a string that is not empty, to be replaced")
    return a_string("replace", value).replace(old, a_string("replace", new))


def _split(value: Any, delimiters: Any) -> list[str]:
    found = delimiters if isinstance(delimiters, list) else [delimiters]
    marks = [a_string("split", mark) for mark in found if mark != ""]
    if not marks:
        return [a_string("split", value)]
    longest_first = sorted(marks, key=len, reverse=True)
    return re.split("|".join(re.escape(mark) for mark in longest_first), a_string("split", value))


def _substring(value: Any, start: Any = 0, length: Any = None) -> str:
    whole, first = a_string("substring", value), an_integer("substring", start)
    size = len(whole) - first if length is None else an_integer("substring", length)
    if first < 0 or size < 0 or first + size > len(whole):
        raise ExpressionError(
            "Unable to evaluate template language function 'substring': the index and length parameters must refer to "
            f"a location within the string. The index parameter: '{first}', the length parameter: '{size}', "
            f"the length of the string parameter: '{len(whole)}'. "
            "Please see https://aka.ms/arm-template-expressions/#substring for usage details."
        )
    return whole[first : first + size]


def _lower(value: Any) -> str:
    return a_string("toLower", value).lower()


def _upper(value: Any) -> str:
    return a_string("toUpper", value).upper()


def _trim(value: Any) -> str:
    return a_string("trim", value).strip()


FUNCTIONS = (
    TemplateFunction("endsWith", _ends_with, 2, 2),
    TemplateFunction("format", _format, 1, None),
    TemplateFunction("padLeft", _pad_left, 2, 3),
    TemplateFunction("replace", _replace, 3, 3),
    TemplateFunction("split", _split, 2, 2),
    TemplateFunction("startsWith", _starts_with, 2, 2),
    TemplateFunction("string", text, 1, 1),
    TemplateFunction("substring", _substring, 1, 3),
    TemplateFunction("toLower", _lower, 1, 1),
    TemplateFunction("toUpper", _upper, 1, 1),
    TemplateFunction("trim", _trim, 1, 1),
)
