"""Limits on a query's work, so that none blocks the emulator: steps, rows at once, the size of a value."""

from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.refusals import LimitExceeded

# Azure stops a query too, by time and memory; its numbers and words are published nowhere.
MOST_STEPS = 100_000_000
MOST_ROWS = 1_000_000
LONGEST_VALUE = 1_048_576  # characters, "The string data type": 1 MB
_ROW = 20  # steps that it takes to make a row


class QueryBudget:
    """The remaining work of a query."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise LimitExceeded("The query takes too much work; narrow it with an earlier 'where', or project less.")

    def rows(self, count: int, nodes: int = 0) -> None:
        """Spend what it takes to make rows from expressions of so many nodes."""
        if count > MOST_ROWS:
            raise LimitExceeded(f"The query makes more than {MOST_ROWS} rows at once.")
        self.spend(count * (_ROW + nodes))

    def length(self, characters: int) -> None:
        """Refuse a value that would be too long, before it is made, and charge the budget for a long one."""
        if characters > LONGEST_VALUE:
            raise LimitExceeded(f"The query makes a value of more than {LONGEST_VALUE} characters.")
        if characters > 256:
            self.spend(characters // 8)

    def weigh(self, value: Any) -> None:
        """The same for an array or a bag, which may hold the same value many times over."""
        if not isinstance(value, dict | list):
            return
        weight, waiting = 0, [value]
        while waiting:
            one = waiting.pop()
            weight += len(one) + 2 if isinstance(one, str | dict | list) else 4
            if weight > LONGEST_VALUE:
                self.length(weight)
            if isinstance(one, dict):
                waiting += [*one, *one.values()]
            elif isinstance(one, list):
                waiting += one
        self.spend(weight // 4)
