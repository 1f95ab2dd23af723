"""Copy loops: how often each runs, and the properties, variables and outputs that it makes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates.errors import EXPRESSIONS, ExpressionError, unexpected
from azure_hotpatch.emulator.arm.templates.functions.signature import an_integer, check_count
from azure_hotpatch.emulator.arm.templates.values import is_integer

if TYPE_CHECKING:
    from azure_hotpatch.emulator.arm.templates.evaluator import EvaluationFrame, Evaluator

MOST = 800  # "Resource iteration in ARM templates", copy limits
_STEPS_A_TURN = 20  # what a turn of a loop costs, against one function


def is_property_loop(name: str, value: Any) -> bool:
    """Whether a member is `"copy": [{"name", "count", "input"}]`."""
    return (
        name.lower() == "copy"
        and isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and {"name", "count", "input"} <= item.keys() for item in value)
    )


def properties(evaluator: "Evaluator", found: list[Json], frame: "EvaluationFrame") -> Iterator[tuple[str, list[Any]]]:
    """The members that property loops stand for."""
    for loop in found:
        name = str(evaluator.value(loop["name"], frame))
        times = count(evaluator, loop, frame)
        yield name, [evaluator.value(loop["input"], frame.inside(name, at)) for at in range(times)]


def output(evaluator: "Evaluator", loop: Json, frame: "EvaluationFrame") -> list[Any]:
    """The list that the loop of an output stands for."""
    if "input" not in loop:
        raise ExpressionError("The template copy definition has no 'input'. Please see https://aka.ms/arm-copy.")
    times = count(evaluator, loop, frame)
    return [evaluator.value(loop["input"], frame.inside("", at, own=True)) for at in range(times)]


def count(evaluator: "Evaluator", loop: Json, frame: "EvaluationFrame") -> int:
    times = evaluator.value(loop.get("count"), frame)
    if not is_integer(times) or not 0 <= times <= MOST:
        raise ExpressionError(
            "The template copy definition has an invalid copy count. The copy count must be a postive integer value "
            f"and cannot exceed '{MOST}'. Please see https://aka.ms/arm-copy for usage details."
        )
    evaluator.budget.spend(times * _STEPS_A_TURN)
    return int(times)


def copy_index(frame: "EvaluationFrame", arguments: list[Any]) -> int:
    """copyIndex(), copyIndex(offset), copyIndex('loop') and copyIndex('loop', offset)"""
    check_count("copyIndex", len(arguments), 0, 2)
    named = bool(arguments) and isinstance(arguments[0], str)
    name = arguments[0].lower() if named else frame.loop
    offset = arguments[1 if named else 0] if len(arguments) > named else 0
    if name in frame.loops:
        return frame.loops[name] + an_integer("copyIndex", offset)
    if named and frame.loops:
        raise ExpressionError(f"The template function 'copyIndex' has an unknown loop name '{name}'. {EXPRESSIONS}")
    raise unexpected("copyIndex")
