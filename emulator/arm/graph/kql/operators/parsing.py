"""parse: columns from the parts of a string between literals that must match."""

from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, missing
from azure_hotpatch.emulator.arm.graph.kql.matching import text_of
from azure_hotpatch.emulator.arm.graph.kql.patterns import pattern
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure
from azure_hotpatch.emulator.arm.graph.kql.syntax import Captured, Parse
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import CONVERSIONS

Steps = tuple[str | Captured | None, ...]
Capture = Callable[[str], list[str] | None]  # the captured parts in order, or None where the text is another


def parse(frame: Frame, operator: Parse, context: QueryContext) -> Frame:
    """What does not match leaves the new columns empty; a column that is there already is replaced."""
    scope = context.scope(frame.columns)
    text = text_of(compiled(operator.source, scope), "parse")
    captured = [step for step in operator.steps if isinstance(step, Captured)]
    capture = _by_regex(operator) if operator.regex else _by_text(operator.steps)
    empty = {step.name: missing(step.type) for step in captured}
    context.budget.rows(len(frame.rows), scope.nodes + 4 * len(operator.steps))
    rows = [row | _typed(capture(text(row)), captured, empty) for row in frame.rows]
    return Frame(frame.columns | {step.name: step.type for step in captured}, rows, frame.is_limited)


def _typed(parts: list[str] | None, captured: list[Captured], empty: dict[str, Any]) -> dict[str, Any]:
    if parts is None:
        return empty
    found = {step.name: CONVERSIONS[step.type](part) for step, part in zip(captured, parts, strict=True)}
    failed = any(
        value is None and step.type is not Type.STRING for step, value in zip(captured, found.values(), strict=False)
    )
    return empty if failed else found


def _by_text(steps: Steps) -> Capture:
    """Find each literal at its first place after the last one; one pass, without backtracking."""
    open_end = bool(steps) and not isinstance(steps[-1], str)

    def capture(text: str) -> list[str] | None:
        parts: list[str] = []
        at, waiting = 0, False  # whether a column or `*` stands before the next text
        keep = False
        for number, step in enumerate(steps):
            if not isinstance(step, str):
                waiting, keep = True, isinstance(step, Captured)
                continue
            last = number == len(steps) - 1
            found = _place(text, step, at, waiting=waiting, last=last)
            if found < 0:
                return None
            if keep:
                parts.append(text[at:found])
            at, waiting, keep = found + len(step), False, False
        if keep:
            parts.append(text[at:])
        return parts if open_end or at == len(text) else None

    return capture


def _place(text: str, wanted: str, at: int, *, waiting: bool, last: bool) -> int:
    if last and waiting:
        place = len(text) - len(wanted)
        return place if place >= at and text.endswith(wanted) else -1
    if waiting:
        return text.find(wanted, at)
    return at if text.startswith(wanted, at) else -1


def _by_regex(operator: Parse) -> Capture:
    """kind=regex: the literals are patterns, and a column matches as little as possible."""
    if set(operator.flags) - set("imsU"):
        raise ParserFailure(f"ParserFailure: parse has no flags '{operator.flags}'.", operator.at, operator.flags)
    names = {step.name: f"c{number}" for number, step in enumerate(operator.steps) if isinstance(step, Captured)}
    pieces = [_piece(step, names) for step in operator.steps]
    found = pattern(f"^{''.join(pieces)}$", operator.at, operator.flags)

    def capture(text: str) -> list[str] | None:
        match = found.search(text)
        return [match[group] or "" for group in names.values()] if match else None

    return capture


def _piece(step: str | Captured | None, names: dict[str, str]) -> str:
    if step is None:
        return ".*?"
    return f"(?:{step})" if isinstance(step, str) else f"(?P<{names[step.name]}>.*?)"
