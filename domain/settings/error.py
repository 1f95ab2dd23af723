"""The error that lists every mistake in a stack's settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from azure_hotpatch.domain.printable import SECRET
from azure_hotpatch.domain.vocabulary.problem import Problem, listed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a setting is in the stack's file."""

    line: int
    text: str = ""  # a number or a day without quotes as it is written there: YAML reads `1.30` as 1.3


FindPlace = Callable[[str], Place | None]


class SettingsError(ValueError):
    """Every mistake in a stack's settings; `str()` is the whole list under the name of the file."""

    def __init__(self, problems: Sequence[Problem], file: str, find: FindPlace) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.path))
        count = len(self.problems)
        what = "1 setting is" if count == 1 else f"{count} settings are"
        placed = [_placed(problem, find(problem.path)) for problem in self.problems]
        super().__init__(listed(f"{what} wrong under azure-hotpatch in {file}:", placed))


def _placed(problem: Problem, place: Place | None) -> Problem:
    if place is None:
        return problem
    value, text = problem.value, place.text
    differs = value not in ("", SECRET) and text and text.lower() != value.strip("'").lower()
    return replace(
        problem, path=f"{problem.path} (line {place.line})", value=f"{value}, written {text}" if differs else value
    )
