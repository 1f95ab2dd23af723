"""What a template's expressions may read: its parameters and variables, and the index of a copy loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.arm.names import WRITTEN_TWICE, arm_named
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.functions import short

_SECURE = frozenset({"securestring", "secureobject"})
NO_VALUE_GIVEN = Unknown("a parameter of the template, and its value is not here")
IN_A_LINK = Unknown("a parameter of the template, and its value is in a linked file")
NO_OBJECT = Unknown("a parameter of the template, and its parameters are not an object")
IN_A_VAULT = Unknown("a parameter of the template, and its value is in a key vault")


@dataclass(frozen=True, slots=True)
class Scope:
    """The values of one template, by name in lower case; `variables` are expressions, read when they are asked for."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    loops: Mapping[str, Any] = field(default_factory=dict)  # index by the loop's name; "" is the innermost
    asked: tuple[str, ...] = ()  # variables that are being read, so that one that reads itself ends
    read: dict[str, Any] = field(default_factory=dict)  # variables that were read: each is evaluated once

    def in_loop(self, name: str, index: Any) -> "Scope":
        return replace(self, loops={**self.loops, "": index, name.lower(): index})

    def asking(self, variable: str) -> "Scope":
        return replace(self, asked=(*self.asked, variable))


def scope_of(
    template: Mapping[str, Any],
    given: Any,
    evaluate: Callable[..., Any],
    linked: bool = False,
) -> Scope:
    """The scope of a template; `given` are parameters as a deployment gives them: `{"sku": {"value": "…"}}`.

    `linked` says that more parameters are in a file that is not here. Then, and where `given` is not known as a whole,
    no default may be taken for the value.
    """
    declared = bare(template.get("parameters"))
    elsewhere = _why_elsewhere(given, linked)
    values, scope = _lower(given), Scope(variables=_lower(template.get("variables")))
    for name, declaration in (declared if isinstance(declared, dict) else {}).items():
        # A default may read the parameters before it, not the variables, which read all parameters.
        default = partial(evaluate, scope=replace(scope, variables={}))
        value = _value(name, arm_named(bare(declaration)), values, elsewhere, default)
        scope = replace(scope, parameters={**scope.parameters, name.lower(): value})
    return scope


def _why_elsewhere(given: Any, linked: bool) -> Unknown | None:
    """Why a parameter that is not among the `given` may have another value than its default."""
    opened = bare(given)
    if isinstance(opened, Unknown):
        return opened
    if opened is not None and not isinstance(opened, dict):
        return NO_OBJECT
    return IN_A_LINK if linked else None


def _value(
    name: str,
    declaration: Any,
    given: Mapping[str, Any],
    elsewhere: Unknown | None,
    evaluate: Callable[[Any], Any],
) -> Any:
    if name.lower() in given:
        value = _given(given[name.lower()])
    elif elsewhere:
        value = elsewhere
    elif isinstance(declaration, dict) and "defaultValue" in declaration:
        value = short(evaluate(declaration["defaultValue"]))
    else:
        value = NO_VALUE_GIVEN
    secure = isinstance(declaration, dict) and str(declaration.get("type", "")).lower() in _SECURE
    return Sealed(value) if secure and not isinstance(value, Sealed) else value


def _given(parameter: Any) -> Any:
    """A deployment wraps a value; a `parameters` object without wraps is taken as it is."""
    inner = arm_named(bare(parameter))
    if isinstance(inner, dict) and "value" in inner:
        return resealed(parameter, inner["value"])
    return IN_A_VAULT if isinstance(inner, dict) and "reference" in inner else parameter


def _lower(values: Any) -> dict[str, Any]:
    """By name in lower case, each sealed where all of them are; nothing for what is no object."""
    lower: dict[str, Any] = {}
    opened = bare(values)
    for name, value in opened.items() if isinstance(opened, dict) else ():
        lower[name.lower()] = WRITTEN_TWICE if name.lower() in lower else resealed(values, value)
    return lower
