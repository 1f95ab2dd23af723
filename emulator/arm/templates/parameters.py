"""The parameters of a deployment: the given values, the declarations, and what of them may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import NotEmulated
from azure_hotpatch.emulator.arm.templates import order, types
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import EvaluationFrame, Evaluator
from azure_hotpatch.emulator.arm.templates.functions.signature import a_string, check_count
from azure_hotpatch.emulator.arm.templates.values import named


@dataclass(frozen=True, slots=True)
class Given:
    """A value for a parameter, and what may be kept of it; they differ where a secret went into it."""

    value: Any
    shown: Any


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its value. `shown` is what may be stored and answered."""

    label: str  # "SecureString": the type as ARM answers it
    secure: bool
    value: Any
    shown: Any
    secrets: tuple[Any, ...] = ()  # the secure parts of the value, or all of it


def given(body: Any) -> dict[str, Given]:
    """What a request gives: `{"name": {"value": …}}`."""
    if body is None:
        return {}
    if not isinstance(body, dict) or not all(isinstance(one, dict) for one in body.values()):
        raise InvalidTemplate("The 'parameters' of a deployment must be objects with a 'value'", "parse")
    vaults = [name for name, one in body.items() if "value" not in one and "reference" in one]
    if vaults:
        raise NotEmulated(f"This Azure emulator does not read the parameters '{', '.join(vaults)}' from a key vault.")
    return {name: Given(one["value"], one["value"]) for name, one in body.items() if "value" in one}


def resolve(
    declared: Mapping[str, Any], values: Mapping[str, Given], definitions: Mapping[str, Any], evaluator: Evaluator
) -> dict[str, Parameter]:
    """Every declared parameter with its value or its default; raises InvalidTemplate with all that is wrong."""
    _check_names(declared, values)
    values = {
        name: one for name, one in values.items() if one.value is not None or _takes_null(declared, definitions, name)
    }
    # A default may be evaluated for parameters that were given as well: that would require more than is needed.
    defaults = {
        name: one["defaultValue"] if named(values, name) is None and "defaultValue" in one else None
        for name, one in declared.items()
    }
    found: dict[str, Parameter] = {}
    reading = Evaluator({**evaluator.names, "parameters": lookup(found, masked=False)}, evaluator.budget)
    masked = Evaluator({**evaluator.names, "parameters": lookup(found, masked=True)}, evaluator.budget)
    for name in order.sequence(defaults, "parameters", evaluator.tree):
        kind = types.resolved(declared[name], definitions)
        spelled = named(values, name)
        one = values[spelled] if spelled is not None else _default(name, kind, defaults[name], reading, masked)
        found[name] = _parameter(kind, one, definitions)
    _check_values(declared, definitions, found)
    return {name: found[name] for name in declared}


def lookup(parameters: Mapping[str, Parameter], *, masked: bool) -> Any:
    """parameters('name'), with its value or with what may be shown of it."""

    def run(_frame: EvaluationFrame, arguments: list[Any]) -> Any:
        check_count("parameters", len(arguments), 1, 1)
        wanted = a_string("parameters", arguments[0])
        name = named(parameters, wanted)
        if name is None:
            raise ExpressionError(
                f"The template parameter '{wanted}' is not found. "
                "Please see https://aka.ms/arm-template/#parameters for usage details."
            )
        return parameters[name].shown if masked else parameters[name].value

    return run


def _takes_null(declared: Mapping[str, Any], definitions: Mapping[str, Any], name: str) -> bool:
    """Whether null is a value: where there is a default, it means that none is given."""
    kind = types.resolved(declared[named(declared, name) or name], definitions)
    return kind.get("nullable") is True and "defaultValue" not in kind


def _parameter(kind: Json, one: Given, definitions: Mapping[str, Any]) -> Parameter:
    label = types.LABELS.get(types.type_name(kind), str(kind.get("type", "")))
    shown = types.masked(kind, one.shown, definitions)
    return Parameter(label, types.is_secure(kind), one.value, shown, tuple(types.secrets(kind, one.value, definitions)))


def _default(name: str, kind: Json, raw: Any, reading: Evaluator, masked: Evaluator) -> Given:
    if "defaultValue" not in kind:
        if kind.get("nullable") is True:
            return Given(None, None)
        raise InvalidTemplate(
            f"The value for the template parameter '{name}' is not provided. "
            "Please see https://aka.ms/arm-create-parameter-file for usage details."
        )
    raw = kind["defaultValue"] if raw is None else raw
    try:
        value = reading.value(raw, EvaluationFrame())
    except ExpressionError as error:
        raise InvalidTemplate(f"The template parameter '{name}' is not valid: {error.message}") from None
    try:
        return Given(value, masked.value(raw, EvaluationFrame()))
    except ExpressionError:
        return Given(value, types.MASK)  # it cannot be computed without its secrets


def _check_names(declared: Mapping[str, Any], values: Mapping[str, Given]) -> None:
    unknown = [name for name in values if named(declared, name) is None]
    if unknown:
        raise InvalidTemplate(
            f"The template parameters '{', '.join(unknown)}' in the parameters file are not valid; they are not "
            "present in the original template and can therefore not be provided at deployment time. The only supported "
            f"parameters for this template are '{', '.join(declared)}'. "
            "Please see https://aka.ms/arm-pass-parameter-values for usage details."
        )


def _check_values(declared: Mapping[str, Any], definitions: Mapping[str, Any], found: Mapping[str, Parameter]) -> None:
    wrong = [
        words for name, one in found.items() for words in types.mistakes(declared[name], one.value, definitions, name)
    ]
    if wrong:
        first = wrong[0].partition(":")[0]
        raise InvalidTemplate(
            f"The provided value for the template parameter '{first}' is not valid. {' '.join(wrong)} "
            "Please see https://aka.ms/arm-parameter-file for usage details."
        )
