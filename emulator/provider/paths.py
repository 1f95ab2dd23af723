"""Between the path template of a resource, the inputs that name its parts, and its ARM id."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

_WHOLE_PATHS = frozenset({"scope", "resourceUri"})  # parameters that are an id themselves


class MissingPartError(ValueError):
    """A part of a path that no input names."""


def fill(template: str, values: Mapping[str, Any], subscription: str) -> str:
    """The id that inputs name. Raises MissingPartError where a part is absent or not a string."""

    def part(found: re.Match[str]) -> str:
        name = found.group(1)
        value = subscription if name == "subscriptionId" else values.get(name)
        if not isinstance(value, str):
            raise MissingPartError(f"expected string value for path parameter '{name}', got {type(value).__name__}")
        return value.strip("/") if name in _WHOLE_PATHS else quote(value, safe=":@!$&'()*+,;=~")

    return re.sub(r"\{(\w+)\}", part, template)


def parts(template: str, resource_id: str) -> dict[str, str]:
    """What an id says for each part of the template, whatever its letter case. Raises ValueError for another's id."""
    pieces = re.split(r"\{(\w+)\}", template)
    pattern = "".join(_group(piece) if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
    found = re.fullmatch(pattern, resource_id, re.IGNORECASE)
    if found is None:
        raise ValueError(f"failed to parse '{resource_id}': the id of this resource has the form '{template}'")
    return {name: value for name, value in found.groupdict().items() if name != "subscriptionId"}


def _group(name: str) -> str:
    return f"(?P<{name}>.+)" if name in _WHOLE_PATHS else f"(?P<{name}>[^/]+)"
