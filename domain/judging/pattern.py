"""Patterns that name resources, in waivers and declarations: `*` matches any text, and letter case is ignored."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.record import Record


def identities(record: Record) -> Iterator[str]:
    """What a pattern is compared with: the URN, and `Microsoft.Compute/virtualMachines::name` in an ARM template.

    A machine of a program's deployment has both: the URN of the deployment alone, and that with its own name behind it.
    """
    own = f"{record.arm_type or record.type}::{record.name}"
    if record.urn:
        yield record.urn
    if record.origin or not record.urn:
        yield own
    if record.origin and record.urn:
        yield f"{record.urn}::{own}"


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
