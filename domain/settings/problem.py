"""How a wrong setting is told: where it stands, what it says, what may stand there, and what was likely meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SECRET_KEY = re.compile(r"password|secret|token|credential|passphrase|privatekey|userdata", re.IGNORECASE)
_USER_IN_URL = re.compile(r"(?<=://)[^/\s]*@")
_LONGEST_SHOWN = 80

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `path` is as the user writes it: `fleet.machines[1].image`."""

    path: str
    message: str  # what is wrong, without the path
    value: str = ""  # safe to print; empty where the value says nothing or must not be shown
    allowed: str = ""
    nearest: str = ""  # the valid value or key that was most likely meant

    def __str__(self) -> str:
        lines = [f"{self.path or 'the configuration'}: {self.message}"]
        lines += [f"    value: {self.value}"] if self.value else []
        lines += [f"    allowed: {self.allowed}"] if self.allowed else []
        lines += [f"    did you mean: {self.nearest}"] if self.nearest else []
        return "\n".join(lines)


class SettingsError(ValueError):
    """Everything that is wrong with a stack's settings; `str()` is the whole list."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.path))
        super().__init__("\n".join([self._headline(), *(f"  {_indented(problem)}" for problem in self.problems)]))

    def _headline(self) -> str:
        count = len(self.problems)
        what = "1 setting is" if count == 1 else f"{count} settings are"
        return f"{what} wrong under azure-hotpatch in the stack's file:"


def written(location: Location) -> str:
    """`("fleet", "machines", 1, "image")` -> `fleet.machines[1].image`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).lstrip(".")


def shown(location: Location, value: Any) -> str:
    """A value as an error may print it: one line, not long, never of a key that may hold a secret."""
    if any(isinstance(step, str) and _SECRET_KEY.search(step) for step in location):
        return "[secret]"
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    text = (
        "true"
        if value is True
        else "false"
        if value is False
        else "null"
        if value is None
        else _USER_IN_URL.sub("[secret]@", repr(value))
    )
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _indented(problem: Problem) -> str:
    return str(problem).replace("\n", "\n  ")
