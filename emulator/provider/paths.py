"""Between the path template of a resource, the inputs that name its parts, and its ARM id."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

# Parameters that are an id, or several parts of one, themselves.
WHOLE_PATHS = frozenset(
    {
        "connectedClusterResourceUri",
        "parentResourcePath",
        "resourceId",
        "resourceIdentifier",
        "resourceScope",
        "resourceUri",
        "scope",
        "scopeId",
    }
)
_PART = re.compile(r"\{([\w.]+)\}")


class MissingPartError(ValueError):
    """A part of a path that no input names."""


def fill(template: str, values: Mapping[str, Any], subscription: str) -> str:
    """The id that inputs name. Raises MissingPartError where a part is absent or not a string."""

    def part(found: re.Match[str]) -> str:
        name = found.group(1)
        value = subscription if name == "subscriptionId" else _inside(values, name)
        if not isinstance(value, str):
            raise MissingPartError(f"expected string value for path parameter '{name}', got {type(value).__name__}")
        return value.strip("/") if name in WHOLE_PATHS else quote(value, safe=":@!$&'()*+,;=~")

    return re.sub("//+", "/", _PART.sub(part, template))  # a resource without a parent has an empty parentResourcePath


def _inside(values: Mapping[str, Any], name: str) -> Any:
    """The value that a part is named by; `policy.objectId` is a member of one."""
    first, _, rest = name.partition(".")
    value = values.get(first)
    return _inside(value, rest) if rest and isinstance(value, Mapping) else value


def parts(template: str, resource_id: str) -> dict[str, str]:
    """What an id says for each part of the template, whatever its letter case. Raises ValueError for another's id."""
    pieces = _PART.split(template)
    pattern = "".join(_group(piece) if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
    pattern = pattern.replace("(?P<parentResourcePath>.+)/", "(?:(?P<parentResourcePath>.+)/)?")
    found = re.fullmatch(pattern, resource_id, re.IGNORECASE)
    if found is None:
        raise ValueError(f"failed to parse '{resource_id}': the id of this resource has the form '{template}'")
    return {name: value or "" for name, value in found.groupdict().items() if name != "subscriptionId"}


def _group(name: str) -> str:
    if "." in name:
        return "[^/]+"
    return f"(?P<{name}>.+)" if name in WHOLE_PATHS else f"(?P<{name}>[^/]+)"
