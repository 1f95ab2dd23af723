"""Whether a preview is complete, so that a verdict on it covers everything that the program creates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from azure_hotpatch.cli.documents.parts import DocumentPart

# Steps that the JSON of a preview does not list, though its summary counts them.
_NOT_LISTED = frozenset({"same", "refresh"})
# Pulumi's own marks of colour, and a terminal's.
_COLOUR = re.compile(r"<\{%[^%]{0,40}%\}>|\x1b\[[0-9;]{0,20}m")
# What a language host prints on standard error has the severity `info#err`, whatever it is: the one for YAML prints
# its errors there, and every program its own warnings.
_ERROR = re.compile(r"\s*(?:error|panic|fatal)\b", re.IGNORECASE)


def why_incomplete(rest: Sequence[DocumentPart], steps: int) -> str:
    """Why resources may be missing from a preview of so many steps, or nothing.

    The messages of one that failed are not repeated: they are the program's own words.
    """
    values = {part.path[0]: part.value for part in rest if len(part.path) == 1}
    errors = sum(1 for each in _diagnostics(values) if _is_error(each))
    if errors:
        return f"the preview stopped with {errors} error{'s' * (errors > 1)}, so resources may be missing from it"
    counted = _counted(values.get("changeSummary"))
    if counted is None:
        return "the preview has no `changeSummary`, which Pulumi writes at its end, so resources may be missing from it"
    if counted > steps:
        return f"its `changeSummary` counts {counted} steps and `steps` has {steps}, so resources are missing from it"
    return ""


def stack_config(rest: Sequence[DocumentPart]) -> Mapping[str, str]:
    """The configuration of the stack that was previewed, empty where the file has none."""
    config = next((part.value for part in rest if part.path == ("config",)), None)
    return config if isinstance(config, dict) else {}


def _diagnostics(values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    written = values.get("diagnostics")
    yield from (each for each in (written if isinstance(written, list) else ()) if isinstance(each, dict))


def _is_error(diagnostic: Mapping[str, Any]) -> bool:
    severity, message = diagnostic.get("severity"), diagnostic.get("message")
    if severity != "info#err":
        return severity == "error"
    return isinstance(message, str) and bool(_ERROR.match(_COLOUR.sub("", message[:1000])))


def _counted(summary: Any) -> int | None:
    """How many steps a summary counts that are listed; None where there is no summary."""
    if not isinstance(summary, dict):
        return None
    numbers = (number for step, number in summary.items() if step not in _NOT_LISTED)
    return sum(number for number in numbers if isinstance(number, int))
