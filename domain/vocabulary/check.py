"""Checks across several values, which run when each value is valid by itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.domain.vocabulary.named_type import NamedType
from azure_hotpatch.domain.vocabulary.problem import Problem


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the values named in `reads`; `find` takes them in that order, None for one that is absent."""

    reads: tuple[str, ...]
    find: Callable[..., Iterable[Problem]]
    kind: NamedType | None = None  # the type of the one value that it reads, if that is all it checks


def contradictions(checks: Iterable[Check], values: Mapping[str, Any], wrong: Iterable[str] = ()) -> Iterator[Problem]:
    """The problems that the checks find in `values`; a check that reads a value in `wrong` is skipped."""
    unsound = set(wrong)
    for check in sorted(checks, key=lambda check: check.kind is None):
        if unsound.isdisjoint(check.reads):
            found = list(check.find(*(values.get(name) for name in check.reads)))
            yield from found
            if found and check.kind:
                unsound.update(check.reads)
