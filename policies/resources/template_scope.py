"""What a template's expressions may read: its parameters and variables, and the index of a copy loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from azure_hotpatch.policies.resources.arm_names import arm_named
from azure_hotpatch.policies.resources.reading import Sealed, bare
from azure_hotpatch.record import Unknown

_SECURE = frozenset({"securestring", "secureobject"})
NO_VALUE_GIVEN = Unknown("a parameter of the template, and its value is not here")
IN_A_LINK = Unknown("a parameter of the template, and its value is in a linked file")
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
    given: Mapping[str, Any],
    evaluate: Callable[..., Any],
    linked: bool = False,
) -> Scope:
    """The scope of a template; `given` are parameters as a deployment gives them: `{"sku": {"value": "…"}}`.

    `linked` says that more parameters are in a file that is not here, so that no default may be taken for the value.
    """
    declared = bare(template.get("parameters"))
    values = {name.lower(): value for name, value in given.items()}
    scope = Scope(variables=_lower(bare(template.get("variables"))))
    for name, declaration in (declared if isinstance(declared, dict) else {}).items():
        # A default may read the parameters before it, not the variables, which read all parameters.
        default = partial(evaluate, scope=replace(scope, variables={}))
        value = _value(name, arm_named(bare(declaration)), values, linked, default)
        scope = replace(scope, parameters={**scope.parameters, name.lower(): value})
    return scope


def _value(name: str, declaration: Any, given: Mapping[str, Any], linked: bool, evaluate: Callable[[Any], Any]) -> Any:
    if name.lower() in given:
        value = _given(given[name.lower()])
    elif linked:
        value = IN_A_LINK
    elif isinstance(declaration, dict) and "defaultValue" in declaration:
        value = evaluate(declaration["defaultValue"])
    else:
        value = NO_VALUE_GIVEN
    secure = isinstance(declaration, dict) and str(declaration.get("type", "")).lower() in _SECURE
    return Sealed(value) if secure and not isinstance(value, Sealed) else value


def _given(parameter: Any) -> Any:
    """A deployment wraps a value; a `parameters` object without wraps is taken as it is."""
    inner = arm_named(bare(parameter))
    if isinstance(inner, dict) and "value" in inner:
        return inner["value"]
    return IN_A_VAULT if isinstance(inner, dict) and "reference" in inner else parameter


def _lower(variables: Any) -> dict[str, Any]:
    return {name.lower(): value for name, value in variables.items()} if isinstance(variables, dict) else {}
