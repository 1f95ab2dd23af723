"""Type conversion functions; a value that cannot be converted is null."""

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run
from azure_hotpatch.emulator.arm.graph.kql.functions.function import Calling, ScalarFunction
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import CONVERSIONS, parsed


def _to(kind: Type) -> ScalarFunction:
    def build(arguments: tuple[Compiled, ...], _calling: Calling) -> tuple[Type, Run]:
        run, convert = arguments[0].run, CONVERSIONS[kind]
        return kind, run if arguments[0].type is kind else lambda row: convert(run(row))

    return ScalarFunction(f"to{kind.value}", 1, 1, build, names_its_result=True)


def _parse_json(arguments: tuple[Compiled, ...], _calling: Calling) -> tuple[Type, Run]:
    run = arguments[0].run
    return Type.DYNAMIC, lambda row: parsed(run(row))


FUNCTIONS = (
    *(_to(kind) for kind in Type if kind is not Type.DYNAMIC),
    ScalarFunction("parse_json", 1, 1, _parse_json, names_its_result=True),
)
