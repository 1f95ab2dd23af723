"""The error that lists everything that is wrong with a stack's settings."""

from collections.abc import Sequence

from azure_hotpatch.domain.vocabulary.problem import Problem, listed


class SettingsError(ValueError):
    """Everything that is wrong with a stack's settings; `str()` is the whole list, headed by the name of the file."""

    def __init__(self, problems: Sequence[Problem], file: str = "the stack's file") -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.path))
        count = len(self.problems)
        what = "1 setting is" if count == 1 else f"{count} settings are"
        super().__init__(listed(f"{what} wrong under azure-hotpatch in {file}:", self.problems))
