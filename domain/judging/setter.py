"""The parameter of a template, or variable of Terraform, that sets a value, which is what an author can change."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from azure_hotpatch.domain.printable import shown_value

_MOST = 3  # of the parameters that one value comes from
_LONGEST = 80  # characters of a value that is shown


class Setter(NamedTuple):
    """A parameter by its name, with the member that counts: `osDisk.diskSizeGB`; `module` is where it is declared.

    `module` is empty for the outermost template. `value` is None where nothing is given and there is no default, and
    `shown` says whether it may be printed. `noun` is what its language calls it.
    """

    name: str
    module: str = ""
    by_default: bool = False
    value: Any = None
    shown: bool = True
    noun: str = "parameter"


def setters_in_words(setters: Sequence[Setter], hidden: bool = False) -> str:
    """`parameter 'bypass' of module resources.vm, whose default is true`; without any value where it is `hidden`."""
    if len(setters) == 1:
        (one,) = setters
        return f"{one.noun} {_called(one)}, {_whose(one, hidden)}"
    more = f" and {len(setters) - _MOST} more" if len(setters) > _MOST else ""
    named = ", ".join(f"{_called(each)} ({_how(each, hidden)})" for each in setters[:_MOST])
    return f"{setters[0].noun}s {named}{more}" if setters else ""


def _called(setter: Setter) -> str:
    return f"{setter.name!r} of module {setter.module}" if setter.module else repr(setter.name)


def _whose(setter: Setter, hidden: bool) -> str:
    value = _value(setter, hidden)
    if setter.by_default:
        return f"whose default is {value}" if value else "by its default"
    return f"which is given as {value}" if value else _how(setter, hidden)


def _how(setter: Setter, hidden: bool) -> str:
    if setter.value is None:
        return "which is not given"
    value = _value(setter, hidden)
    return f"{'default' if setter.by_default else 'given'}{f' {value}' if value else ''}"


def _value(setter: Setter, hidden: bool) -> str:
    """The value as JSON, or nothing where it is secret, long, or no string, number or boolean."""
    value = setter.value
    if hidden or not setter.shown or not isinstance(value, str | int | float):
        return ""
    text = shown_value(value)
    return text if len(text) <= _LONGEST else ""
