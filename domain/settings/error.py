"""The error that lists every mistake in a stack's settings."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from azure_hotpatch.domain.vocabulary.problem import Problem, listed

Line = Callable[[str], int | None]


class SettingsError(ValueError):
    """Every mistake in a stack's settings; `str()` is the whole list under the name of the file."""

    def __init__(self, problems: Sequence[Problem], file: str, line: Line) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.path))
        count = len(self.problems)
        what = "1 setting is" if count == 1 else f"{count} settings are"
        placed = [_placed(problem, line(problem.path)) for problem in self.problems]
        super().__init__(listed(f"{what} wrong under azure-hotpatch in {file}:", placed))


def _placed(problem: Problem, line: int | None) -> Problem:
    return problem if line is None else replace(problem, path=f"{problem.path} (line {line})")
