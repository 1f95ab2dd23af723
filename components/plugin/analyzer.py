"""Pulumi's type analyzer, extended to Literal types, objects of Python and inherited arguments."""

import ast
import inspect
import sys
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pulumi
from pulumi.provider.experimental.analyzer import Analyzer, PropertyDefinition

from azure_hotpatch.components.shared.argument_types import OBJECTS

# `pulumi.Input` is an alias with names of its own module in it.
_NAMES = {"Output": pulumi.Output, "T": Any}


class ArgumentAnalyzer(Analyzer):
    """Pulumi's analyzer, for which a Literal type is a string and a TypedDict has what it inherits.

    An object that only a Python program can give, such as an image, is not a part of an argument's type.
    """

    def analyze_property(self, arg: Any, *args: Any, **options: Any) -> PropertyDefinition:
        """The definition of one property."""
        return super().analyze_property(_of_any_language(arg), *args, **options)

    def get_docstring(self, typ: type, name: str) -> str | None:
        """The description of a property, which may stand in a TypedDict that `typ` inherits from."""
        found = super().get_docstring(typ, name)
        inherited = (self.get_docstring(base, name) for base in _inherited_from(typ)) if found is None else ()
        return next(filter(None, inherited), found)


def choices(arguments: type) -> dict[str, Any]:
    """The Literal type of each argument of a TypedDict that is one, or a list of them, by the argument's name."""
    hints = get_type_hints(arguments, localns=_NAMES)
    found = {name: _literal_in(hint) for name, hint in hints.items()}
    return {name: literal for name, literal in found.items() if literal is not None}


def _of_any_language(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return str
    parts = get_args(hint)
    if get_origin(hint) is Union and not set(OBJECTS).isdisjoint(parts):
        return Union[tuple(part for part in parts if part not in OBJECTS)]  # noqa: UP007 - the parts are computed
    return hint


def _inherited_from(typ: type) -> list[type]:
    """The TypedDicts that a TypedDict inherits from: it has no base but dict when it runs, so its source is read."""
    if not is_typeddict(typ):
        return []
    (definition,) = ast.parse(inspect.getsource(typ)).body
    names = [base.id for base in getattr(definition, "bases", ()) if isinstance(base, ast.Name)]
    return [base for base in (getattr(sys.modules[typ.__module__], name) for name in names) if is_typeddict(base)]


def _literal_in(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return hint
    return next(filter(None, map(_literal_in, get_args(hint))), None)
