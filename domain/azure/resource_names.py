"""Name patterns for resources in Azure, with placeholders in braces."""

import re
from collections.abc import Collection, Mapping
from string import Formatter

# "Resource naming rules": letters, digits and these; the longest of each kind.
LONGEST = {
    "resource_group": 90,
    "machine": 64,
    "scale_set": 64,
    "interface": 80,
    "disk": 80,
    "availability_set": 80,
    "load_balancer": 80,
    "network": 64,
    "subnet": 80,
    "security_group": 80,
    "nat_gateway": 80,
    "public_address": 80,
    "schedule": 90,
}
# "Maintenance configurations", limitations: the group's name and the configuration's together stay below it.
GROUP_AND_SCHEDULE = 128
PARTS = ("prefix", "name", "group", "location")
OF_A_DISK = (*PARTS, "unit")
OF_A_REGION = ("prefix", "location")
_LITERAL = re.compile(r"[A-Za-z0-9._-]*")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")


def why_not_pattern(pattern: str, parts: Collection[str] = PARTS, needed: Collection[str] = ("name",)) -> str | None:
    """Say why `pattern` is not a pattern of names, or None: `vm-{name}-{location}`."""
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError:
        return f"{pattern!r} has a brace that is not closed, or not opened"
    for literal, part, form, conversion in pieces:
        if not _LITERAL.fullmatch(literal):
            return f"{pattern!r} has {literal!r}; names have letters, digits, hyphens, dots and underscores"
        if part is not None and (part not in parts or form or conversion):
            return f"{pattern!r} has {{{part}}}, which is no part of a name"
    missing = [f"{{{part}}}" for part in needed if part not in {part for _, part, *_ in pieces}]
    return f"{pattern!r} has no {' and no '.join(missing)}, so that names would be alike" if missing else None


def composed(pattern: str, parts: Mapping[str, str]) -> str:
    """The name that a pattern makes of its parts."""
    return pattern.format_map(parts)


def why_not_schedule_name(name: str, group: str) -> str | None:
    """Say why Azure does not take a maintenance configuration `name` in a resource group, or None where it does."""
    if len(name) + len(group) < GROUP_AND_SCHEDULE:
        return None
    return f"{name!r} and its resource group, {group!r}, have {len(name) + len(group)} characters; Azure takes 127"


def why_not_name(name: str, kind: str) -> str | None:
    """Say why Azure does not take `name` for a resource of a kind of LONGEST, or None where it does."""
    if len(name) > LONGEST[kind]:
        return f"{name!r} has {len(name)} characters; Azure takes {LONGEST[kind]} at most"
    if not _NAME.fullmatch(name):
        return f"{name!r} begins with a letter or a digit, and ends with one or an underscore"
    return None
