"""Which rights an identity lacks for what it is about to do."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

_VM = "Microsoft.Compute/virtualMachines"
# "Azure Update Manager, permissions": what on-demand assessments and installations need.
READ = (f"{_VM}/read", f"{_VM}/instanceView/read")
ASSESS = (*READ, f"{_VM}/assessPatches/action", "Microsoft.Compute/locations/operations/read")
INSTALL = (*READ, f"{_VM}/installPatches/action", "Microsoft.Compute/locations/operations/read")


def missing(permissions: Sequence[Mapping[str, Any]], needed: Iterable[str]) -> list[str]:
    """Those of `needed` that no role grants; `permissions` is what Azure says the caller may do at a scope."""
    return [right for right in needed if not any(_grants(one, right) for one in permissions)]


def _grants(permission: Mapping[str, Any], right: str) -> bool:
    """Roles add up, and a role's notActions take from that role alone."""
    return _matches(permission.get("actions"), right) and not _matches(permission.get("notActions"), right)


def _matches(patterns: Iterable[str] | None, right: str) -> bool:
    return any(fnmatchcase(right.lower(), pattern.lower()) for pattern in patterns or ())
