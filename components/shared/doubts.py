"""Warnings about valid arguments that may still be mistakes: an unknown region, an unknown size."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pulumi

from azure_hotpatch.domain.vocabulary.check import Check


def warn_of_doubts(checks: Iterable[Check], given: Mapping[str, Any]) -> None:
    """Log a warning for each doubtful argument whose value is known and plain."""
    for doubt in doubts(checks, given):
        warn_once(doubt)


def doubts(checks: Iterable[Check], given: Mapping[str, Any]) -> Iterator[str]:
    """Why arguments may be mistakes; Azure may know what is not known here, so none of them is refused."""
    for check in checks:
        value = given.get(check.reads[0])
        reason = check.kind.why_doubted(value) if check.kind and isinstance(value, str) else None
        if reason:
            yield reason


@cache
def warn_once(doubt: str) -> None:
    """Log a warning, once in a deployment: thirty machines of one size give one warning."""
    pulumi.log.warn(f"{doubt}")
