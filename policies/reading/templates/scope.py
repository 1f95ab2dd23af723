"""The scope of a template's expressions: parameters, variables, functions, and the index of a copy loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.arm.names import WRITTEN_TWICE
from azure_hotpatch.policies.reading.reading import bare, resealed
from azure_hotpatch.policies.reading.templates.functions import cost, short
from azure_hotpatch.policies.reading.templates.types import is_nullable, sealed_by_type
from azure_hotpatch.policies.reading.templates.unknowns import CANNOT_BE_READ, key_in
from azure_hotpatch.policies.reading.templates.work import Work

NO_VALUE_GIVEN = "a parameter of the template, and its value is not here"
IN_A_LINK = Unknown("a parameter of the template, and its value is in a linked file")
NO_OBJECT = Unknown("a parameter of the template, and its parameters are not an object")
IN_AN_EXPRESSION = Unknown("a parameter of the template, and its value is an expression of the parameters file")
IN_A_VAULT = Unknown("a parameter of the template, and its value is in a key vault")

_NOT_GIVEN = object()
_A_SCOPE = 8  # what making one costs, in values
_DEEPEST_CALL = 20  # of a template's own functions


@dataclass(frozen=True, slots=True)
class Looped:
    """A variable that a copy loop makes."""

    copy: Any


@dataclass(frozen=True, slots=True)
class ModuleCall:
    """How a template is deployed by the one around it: where, and with which parameters, as they are written there."""

    origin: str
    parameters: Any
    scope: "TemplateScope"


@dataclass(frozen=True, slots=True)
class TemplateScope:
    """The values of one template, by name in lower case; each is evaluated once, when it is first read."""

    evaluate: Callable[[Any, "TemplateScope"], Any]
    work: Work
    given: Any = None
    declared: Mapping[str, Any] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)  # the names of parameters as they are declared
    elsewhere: Unknown | None = None  # why a parameter that is not given may have another value than its default
    variables: Mapping[str, Any] = field(default_factory=dict)
    functions: Mapping[str, Any] = field(default_factory=dict)  # "namespace.name"
    definitions: Any = None
    loops: Mapping[str, Any] = field(default_factory=dict)  # index by the loop's name; "" is the innermost
    locals: Mapping[str, Any] = field(default_factory=dict)  # a lambda's variables
    asked: tuple[str, ...] = ()  # what is being read, so that what reads itself ends
    read: dict[str, Any] = field(default_factory=dict)
    call: ModuleCall | None = None  # where the template is deployed from; None for the outermost

    def in_loop(self, name: str, index: Any) -> "TemplateScope":
        self.work.spend(_A_SCOPE)
        return replace(self, loops={**self.loops, "": index, name.lower(): index})

    def with_locals(self, values: Mapping[str, Any]) -> "TemplateScope":
        self.work.spend(_A_SCOPE)
        return replace(self, locals={**self.locals, **values})

    def parameter(self, name: str) -> Any:
        """The value of a parameter, sealed where its type is secure."""
        if name not in self.declared:
            return CANNOT_BE_READ
        # A default may read other parameters, not the variables, which read all parameters.
        return self._once(f"parameter {name}", lambda scope: _parameter(name, replace(scope, variables={})))

    def is_given(self, name: str) -> bool:
        """Whether a value is given for a parameter, so that its default does not count."""
        return name in self.given and _given(self.given[name]) is not None

    def variable(self, name: str) -> Any:
        if name not in self.variables:
            return CANNOT_BE_READ
        # Variables that hold each other twice would double at each step.
        return self._once(f"variable {name}", lambda scope: short(self.evaluate(self.variables[name], scope)))

    def _once(self, name: str, value: Callable[["TemplateScope"], Any]) -> Any:
        if name in self.asked:
            return CANNOT_BE_READ
        if name not in self.read:
            self.read[name] = value(replace(self, loops={}, locals={}, asked=(*self.asked, name)))
        return self.read[name]


def scope_of(
    template: Mapping[str, Any],
    given: Any,
    evaluate: Callable[[Any, TemplateScope], Any],
    work: Work,
    linked: bool = False,
) -> TemplateScope:
    """The scope of a template; `given` are parameters as a deployment gives them: `{"sku": {"value": "…"}}`.

    `linked` says that more parameters are in a file that is not here. Then, and where `given` is not known as a whole,
    no default may be taken for the value.
    """
    return TemplateScope(
        evaluate=evaluate,
        work=work,
        given=_lower(given),
        declared=_lower(template.get("parameters")),
        spelled=_spelled(template.get("parameters")),
        elsewhere=_why_elsewhere(given, linked),
        variables=_variables(template.get("variables")),
        functions=_functions(template.get("functions")),
        definitions=template.get("definitions"),
    )


def called(scope: TemplateScope, name: str, arguments: list[Any]) -> Any:
    """The result of a template's own function, which reads its own parameters only."""
    if len(scope.asked) > _DEEPEST_CALL:
        return CANNOT_BE_READ
    function = scope.functions[name]
    parameters = bare(function.get("parameters")) or []
    names = [str(bare(bare(each).get("name"))).lower() for each in parameters]
    given = {key: {"value": value} for key, value in zip(names, arguments, strict=False)}
    inside = replace(
        scope,
        given=given,
        declared=dict(zip(names, parameters, strict=True)),
        elsewhere=None,
        variables={},
        loops={},
        locals={},
        asked=(*scope.asked, f"function {name}"),
        read={},
        call=None,
    )
    output = function.get("output")
    value = bare(output).get("value") if isinstance(bare(output), dict) else CANNOT_BE_READ
    given_back = scope.evaluate(value, inside)
    scope.work.spend(cost(given_back))
    return sealed_by_type(resealed(output, given_back), bare(output), scope.definitions)


def _why_elsewhere(given: Any, linked: bool) -> Unknown | None:
    """Why a parameter that is not among the `given` may have another value than its default."""
    opened = bare(given)
    if isinstance(opened, Unknown):
        return opened
    if opened is not None and not isinstance(opened, dict):
        return NO_OBJECT
    return IN_A_LINK if linked else None


def _parameter(name: str, scope: TemplateScope) -> Any:
    declaration = scope.declared[name]
    opened = bare(declaration)
    declared = opened if isinstance(opened, dict) else {}
    value = _given(scope.given[name]) if name in scope.given else _NOT_GIVEN
    if value is None or value is _NOT_GIVEN:  # Azure takes null for a value that is not given
        value = scope.elsewhere if scope.elsewhere and value is _NOT_GIVEN else _default(name, declared, scope)
    return sealed_by_type(resealed(declaration, value), resealed(declaration, declared), scope.definitions)


def _default(name: str, declared: Mapping[str, Any], scope: TemplateScope) -> Any:
    default = key_in(declared, "defaultValue")
    if default is not None:
        return short(scope.evaluate(declared[default], scope))
    if is_nullable(declared, scope.definitions):
        return None
    return Unknown(f"{NO_VALUE_GIVEN}: '{scope.spelled.get(name, name)}'")


def _given(parameter: Any) -> Any:
    """A deployment wraps a value; a `parameters` object without wraps is taken as it is."""
    inner = bare(parameter)
    if not isinstance(inner, dict):
        return parameter
    value = key_in(inner, "value")
    if value is not None:
        return resealed(parameter, inner[value])
    if key_in(inner, "reference"):
        return IN_A_VAULT
    return IN_AN_EXPRESSION if set(inner) == {"expression"} else parameter


def _variables(written: Any) -> dict[str, Any]:
    variables = _lower(written)
    loops = bare(variables.pop("copy", None))
    for loop in loops if isinstance(loops, list) else ():
        name = bare(bare(loop).get("name")) if isinstance(bare(loop), dict) else None
        if isinstance(name, str):
            variables[name.lower()] = Looped(loop)
    return variables


def _functions(written: Any) -> dict[str, Any]:
    """The functions that a template defines, as it calls them: `namespace.name`."""
    found: dict[str, Any] = {}
    for space in bare(written) if isinstance(bare(written), list) else ():
        held = _lower(space)
        namespace = bare(held.get("namespace"))
        for name, function in _lower(held.get("members")).items():
            if isinstance(namespace, str) and isinstance(bare(function), dict):
                found[f"{namespace.lower()}.{name}"] = bare(function)
    return found


def _spelled(values: Any) -> dict[str, str]:
    opened = bare(values)
    return {name.lower(): name for name in opened} if isinstance(opened, dict) else {}


def _lower(values: Any) -> dict[str, Any]:
    """By name in lower case, each sealed where all of them are; nothing for what is no object."""
    lower: dict[str, Any] = {}
    opened = bare(values)
    for name, value in opened.items() if isinstance(opened, dict) else ():
        lower[name.lower()] = WRITTEN_TWICE if name.lower() in lower else resealed(values, value)
    return lower
