"""Counts with their noun."""


def counted(count: int, noun: str) -> str:
    """`1 machine`, `2 machines`"""
    return f"{count} {noun}{'' if count == 1 else 's'}"
