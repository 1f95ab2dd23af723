"""A limit on the work of one deployment, so that nested loops and lambdas terminate."""

from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate

# Azure gives a template's expansion time and 4 MB ("ARM template best practices", template limits); the emulator
# counts instead, so that the same template has the same answer on every machine.
_STEPS = 3_000_000
_CHARACTERS = 4 * 1024 * 1024


class TemplateBudget:
    """The remaining work of a template; raises InvalidTemplate if none is left."""

    def __init__(self, steps: int = _STEPS) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise InvalidTemplate("The template's expressions take more work than the limit allows")

    def spend_value(self, value: Any) -> None:
        """Pay for a value that a function made, by its size."""
        open_values = [value]
        while open_values:
            one = open_values.pop()
            if isinstance(one, str):
                self._check_length(one)
            elif isinstance(one, list):
                self.spend(len(one))
                open_values.extend(one)
            elif isinstance(one, dict):
                self.spend(len(one))
                open_values.extend(one.values())

    def _check_length(self, text: str) -> None:
        self.spend(len(text) // 100)
        if len(text) > _CHARACTERS:
            raise InvalidTemplate(f"A string of the template is longer than the limit of '{_CHARACTERS}' characters")
