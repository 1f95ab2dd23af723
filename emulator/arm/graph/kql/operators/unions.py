"""union: the rows of several tables; a column that a table lacks is empty in its rows."""

from collections.abc import Sequence

from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, missing
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Union
from azure_hotpatch.emulator.arm.graph.kql.types import Type


def union(frame: Frame, operator: Union, context: QueryContext) -> Frame:
    return joined([frame, *(context.run(leg, context) for leg in operator.legs)], operator.at, context)


def joined(frames: Sequence[Frame], at: int, context: QueryContext) -> Frame:
    kinds: dict[str, Type] = {}
    for frame in frames:
        for name, kind in frame.columns.items():
            if kinds.setdefault(name, kind) is not kind:
                raise WrongType(
                    f"The column '{name}' is {kinds[name].value} in one leg of the union and {kind.value} in another; "
                    "add a cast.",
                    at,
                    name,
                )
    empty = {name: missing(kind) for name, kind in kinds.items()}
    context.budget.rows(sum(len(frame.rows) for frame in frames), len(kinds))
    limited = any(frame.is_limited for frame in frames)
    return Frame(kinds, [empty | row for frame in frames for row in frame.rows], limited)
