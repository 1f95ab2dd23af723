"""The forms that a check of arguments takes: one predicate, one of some words, the id of a resource."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from azure_hotpatch.components.shared.arguments import Check, Problem
from azure_hotpatch.domain.azure import resource_ids


def asks(argument: str, why_not: Callable[[Any], str | None], allowed: str = "", *, secret: bool = False) -> Check:
    """A check of one argument by one predicate of the domain."""

    def ask(value: Any) -> Iterator[Problem]:
        reason = None if value is None else why_not(value) if isinstance(value, str) else "it is not a text"
        if reason:
            yield Problem(argument, reason, "[secret]" if secret else repr(value), allowed)

    return Check((argument,), ask)


def one_of(argument: str, allowed: Sequence[str]) -> Check:
    """A check that an argument is one of some words."""
    return asks(argument, lambda value: why_not_among(value, allowed), ", ".join(allowed))


def resource_id(argument: str, resource_type: str) -> Check:
    """A check that an argument is the id of a resource of one type."""
    return asks(argument, lambda value: resource_ids.why_not_resource_id(value, resource_type))


def resource_id_list(argument: str, resource_type: str) -> Check:
    """A check that an argument is a list of ids of resources of one type."""

    def ask(values: Sequence[Any] | None) -> Iterator[Problem]:
        for index, value in enumerate(values or ()):
            reason = resource_ids.why_not_resource_id(value, resource_type)
            if reason:
                yield Problem(f"{argument}[{index}]", reason, repr(value))

    return Check((argument,), ask)


def why_not_among(value: Any, allowed: Sequence[str]) -> str | None:
    """Say why `value` is not one of the words `allowed`, with the nearest, or None where it is."""
    if value in allowed:
        return None
    near = get_close_matches(str(value).lower(), [word.lower() for word in allowed], n=1)
    nearest = next((word for word in allowed if near and word.lower() == near[0]), "")
    return "it is not one of the words that are allowed" + (f"; the nearest is {nearest!r}" if nearest else "")
