"""One mistake in what a user wrote: its path, the value, the allowed values, and the one most likely meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from azure_hotpatch.domain.printable import SECRET

_SECRET_KEY = re.compile(
    r"password|secret|token|credential|passphrase|private_?key|user_?data|protected_?settings", re.IGNORECASE
)
_USER_IN_URL = re.compile(r"(?<=://)[^/\s]*@")
_LONGEST_PRINTED = 80

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `path` is as the user writes it: `fleet.machines[1].image`, `data_disks[0].size_gb`."""

    path: str
    message: str  # what is wrong, without the path
    value: str = ""  # safe to print; empty if the value says nothing or must not be shown
    allowed: str = ""
    meant: str = ""  # the valid value or key that was most likely meant

    def __str__(self) -> str:
        lines = [f"{self.path}: {self.message}" if self.path else self.message]
        lines += [f"    value: {self.value}"] if self.value else []
        lines += [f"    allowed: {self.allowed}"] if self.allowed else []
        lines += [f"    did you mean: {self.meant}"] if self.meant else []
        return "\n".join(lines)

    def sentence(self) -> str:
        """The message on one line, without the path."""
        more = [f"allowed: {self.allowed}"] if self.allowed else []
        more += [f"did you mean {self.meant}?"] if self.meant else []
        return "; ".join([self.message, *more])

    def below(self, path: str) -> "Problem":
        """The same mistake, seen from outside the part that is at `path`."""
        if not self.path:
            return replace(self, path=path)
        return replace(self, path=f"{path}{'' if self.path.startswith('[') else '.'}{self.path}")

    def hidden(self) -> "Problem":
        """The same mistake without anything derived from the value: not the value, the reason or a hint."""
        return replace(self, message="is not valid (the value is a secret)", value=SECRET, meant="")


def listed(headline: str, problems: Sequence[Problem]) -> str:
    """The text of an error: a headline, and each mistake below it."""
    return "\n".join([headline, *("  " + str(problem).replace("\n", "\n  ") for problem in problems)])


def written(location: Location) -> str:
    """`("fleet", "machines", 1, "image")` -> `fleet.machines[1].image`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).lstrip(".")


def is_secret(location: Location) -> bool:
    """Whether a key on the path to a value suggests that it is a secret."""
    return any(isinstance(step, str) and _SECRET_KEY.search(step) for step in location)


def printed(value: Any) -> str:
    """Format a value for an error: on one short line, as JSON, without the password of a URL."""
    if isinstance(value, dict) or (
        isinstance(value, list | tuple) and not all(isinstance(v, str | int) for v in value)
    ):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    words = {True: "true", False: "false", None: "null"}
    simple = list(value) if isinstance(value, tuple) else value
    plain = words[value] if value is None or isinstance(value, bool) else _USER_IN_URL.sub(f"{SECRET}@", repr(simple))
    return plain if len(plain) <= _LONGEST_PRINTED else f"{plain[:_LONGEST_PRINTED]}…"
