"""Patterns that name resources, in waivers and declarations: `*` matches any text, and letter case is ignored."""

from azure_hotpatch.domain.judging.record import Record


def identity(record: Record) -> str:
    """What a pattern is compared with: the URN, or `Microsoft.Compute/virtualMachines::name` in an ARM template."""
    return record.urn or f"{record.arm_type or record.type}::{record.name}"


def matches(pattern: str, text: str) -> bool:
    """Whether `text` has the parts between the stars in order; each is looked for once, from left to right.

    Not fnmatch: a resource's name may hold brackets.
    """
    first, *rest = pattern.lower().split("*")
    text = text.lower()
    if not rest:
        return first == text
    *middle, last = rest
    at, end = len(first), len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last) or at > end:
        return False
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
