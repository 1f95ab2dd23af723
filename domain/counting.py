"""Counts with their noun, and the first of many names."""

from collections.abc import Sequence


def counted(count: int, noun: str) -> str:
    """`1 machine`, `2 machines`"""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def first_of(names: Sequence[str], most: int) -> str:
    """`a, b` or, where there are more than `most`, `a, b and 3 more`"""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
