"""Results that a process keeps for a client's later requests: bounded in size and time, and safe to lose."""

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

MOST = 64 * 1024 * 1024  # characters, of all that is kept
LASTS = 600.0  # seconds


class _One(NamedTuple):
    value: Any
    size: int
    since: float


class ResultCache:
    """Values by names that it gives out; the oldest goes first when there is too much, but the newest always stays."""

    def __init__(self, most: int = MOST, lasts: float = LASTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._lasts, self._clock = most, lasts, clock
        self._values: OrderedDict[str, _One] = OrderedDict()

    def add(self, value: Any, size: int) -> str:
        """Keep a value of so many characters; the name to ask for it by."""
        name = uuid.uuid4().hex
        self._values[name] = _One(value, size, self._clock())
        while len(self._values) > 1 and sum(one.size for one in self._values.values()) > self._most:
            self._values.popitem(last=False)
        return name

    def find(self, name: str) -> Any:
        """The value, or None where it is no longer kept."""
        self._forget_old()
        found = self._values.get(name)
        return found.value if found else None

    def clear(self) -> None:
        self._values.clear()

    def _forget_old(self) -> None:
        oldest = self._clock() - self._lasts
        for name in [name for name, one in self._values.items() if one.since < oldest]:
            del self._values[name]
