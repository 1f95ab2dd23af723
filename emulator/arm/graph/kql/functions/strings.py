"""String functions that use no pattern and return no long string: case, parts, positions."""

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run, coerced
from azure_hotpatch.emulator.arm.graph.kql.functions.function import Calling, ScalarFunction, simple
from azure_hotpatch.emulator.arm.graph.kql.types import Type

_S, _L = Type.STRING, Type.LONG


def _substring(text: str, start: int, length: int | None = None) -> str:
    start = max(start if start >= 0 else len(text) + start, 0)
    return text[start:] if length is None else text[start : start + max(length, 0)]


def _index_of(text: str, part: str, start: int = 0) -> int:
    return text.find(part, max(start if start >= 0 else len(text) + start, 0))


def _split(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """An array of the parts; with an index an array of that part alone, or of nothing."""
    text, mark = (coerced(part, _S, f"{calling.name}()") for part in arguments[:2])
    index = coerced(arguments[2], _L, f"{calling.name}()") if len(arguments) == 3 else None

    def run(row: dict[str, object]) -> list[str]:
        parts = _parts(text(row), mark(row))
        if index is None:
            return parts
        at = index(row)
        return [parts[at]] if at is not None and -len(parts) <= at < len(parts) else []

    return Type.DYNAMIC, run


def _parts(text: str, mark: str) -> list[str]:
    return text.split(mark) if mark else [text]


FUNCTIONS = (
    simple("tolower", (_S,), _S, str.lower),
    simple("toupper", (_S,), _S, str.upper),
    simple("strlen", (_S,), _L, len),
    simple("substring", (_S, _L, _L), _S, _substring, optional=1, null=""),
    simple("indexof", (_S, _S, _L), _L, _index_of, optional=1),
    ScalarFunction("split", 2, 3, _split),
)
