"""The outputs of a deployment: their values, and what of them may be stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.templates import loops, types
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import EvaluationFrame, Evaluator

MOST = 64  # "ARM template best practices", template limits


class OutputsFailed(ArmError):  # noqa: N818 - named after what ARM says
    """A deployment whose resources exist, and whose outputs cannot be evaluated."""

    code = "DeploymentOutputEvaluationFailed"

    def __init__(self, wrong: Mapping[str, str]) -> None:
        details = [{"code": self.code, "target": name, "message": words} for name, words in wrong.items()]
        super().__init__(
            f"Unable to evaluate template outputs: '{','.join(wrong)}'. Please see error details and deployment "
            "operations. Please see https://aka.ms/arm-common-errors for usage details.",
            details=details,
        )


@dataclass(frozen=True, slots=True)
class Outputs:
    """By name `{"type", "value"}`: the real ones, and the ones without secrets."""

    real: Json
    shown: Json


def declared(template: Json) -> Json:
    found = {} if template.get("outputs") is None else template["outputs"]
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise InvalidTemplate("The template's 'outputs' must be an object of objects", "parse")
    if len(found) > MOST:
        raise InvalidTemplate(
            f"The number of template outputs limit exceeded. Limit: '{MOST}' and actual: '{len(found)}'"
        )
    return found


def evaluate(template: Json, reading: Evaluator, masked: Evaluator, frame: EvaluationFrame) -> Outputs:
    """Evaluate every output whose condition holds; raises OutputsFailed with all that cannot be evaluated."""
    definitions = template.get("definitions") or {}
    found, wrong = Outputs({}, {}), {}
    for name, raw in declared(template).items():
        try:
            _evaluate(name, types.resolved(raw, definitions), reading, masked, frame, found)
        except InvalidTemplate:
            raise
        except (ExpressionError, ArmError) as error:
            wrong[name] = f"The template output '{name}' is not valid: {error.message}"
    if wrong:
        raise OutputsFailed(wrong)
    return found


def _evaluate(
    name: str, raw: Json, reading: Evaluator, masked: Evaluator, frame: EvaluationFrame, found: Outputs
) -> None:
    if reading.value(raw.get("condition", True), frame) is not True:
        return
    label = types.LABELS.get(types.type_name(raw), str(raw.get("type", "")))
    value = _value(raw, reading, frame)
    wrong = types.wrong_kind(raw, value)
    if wrong:
        raise ExpressionError(
            f"Template output {wrong} Please see https://aka.ms/arm-template/#outputs for usage details."
        )
    found.real[name] = {"type": label, "value": value}
    found.shown[name] = {"type": label, **_shown(raw, masked, frame)}


def _value(raw: Json, evaluator: Evaluator, frame: EvaluationFrame) -> Any:
    if isinstance(raw.get("copy"), dict):
        return loops.output(evaluator, raw["copy"], frame)
    return evaluator.value(raw.get("value"), frame)


def _shown(raw: Json, masked: Evaluator, frame: EvaluationFrame) -> Json:
    if types.is_secure(raw):
        return {}
    try:
        return {"value": _value(raw, masked, frame)}
    except (ExpressionError, ArmError):
        return {}  # it cannot be computed without its secret
