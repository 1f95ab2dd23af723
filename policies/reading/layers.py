"""Merge two values of the same property as Azure and azapi do, with every seal kept."""

from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare


def laid_over(under: Any, over: Any) -> Any:
    """`over`, with the members of `under` that it does not have; objects are merged, all else is replaced."""
    if over is None:
        return under
    above, below = bare(over), bare(under)
    if isinstance(above, Unknown) or not isinstance(above, dict):
        return over
    if isinstance(below, Unknown):
        return below
    if not isinstance(below, dict):
        return over
    merged = {key: _member(under, over, key) for key in (*below, *(key for key in above if key not in below))}
    return Sealed(merged) if isinstance(over, Sealed) and isinstance(under, Sealed) else merged


def _member(under: Any, over: Any, key: str) -> Any:
    return laid_over(_sealed_with(under, bare(under).get(key)), _sealed_with(over, bare(over).get(key)))


def _sealed_with(outer: Any, value: Any) -> Any:
    return Sealed(value) if isinstance(outer, Sealed) and value is not None and not isinstance(value, Sealed) else value
