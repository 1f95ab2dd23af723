"""Kinds of argument checks: a value of a named type, each item of a list, a resource id."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from azure_hotpatch.components.shared.arguments import Check, Problem
from azure_hotpatch.domain.vocabulary import place_types
from azure_hotpatch.domain.vocabulary.named_type import NamedType
from azure_hotpatch.domain.vocabulary.named_type import one_of as word_of

WhyNot = Callable[[Any], str | None]


def valid(argument: str, kind: NamedType | WhyNot, allowed: str = "") -> Check:
    """A check of one argument: that it is of a named type, or that one predicate does not refuse it."""
    named = kind if isinstance(kind, NamedType) else NamedType(argument, kind, allowed=allowed)

    def find(value: Any) -> Iterator[Problem]:
        problem = None if value is None else named.problem(argument, value)
        if problem:
            yield problem

    return Check((argument,), find, named)


def one_of(argument: str, allowed: Sequence[str]) -> Check:
    """A check that an argument is one of some words."""
    return valid(argument, word_of(argument, allowed))


def each(argument: str, kind: NamedType) -> Check:
    """A check that every item of a list is of a named type."""

    def find(values: Sequence[Any] | None) -> Iterator[Problem]:
        found = (kind.problem(f"{argument}[{index}]", value) for index, value in enumerate(values or ()))
        yield from filter(None, found)

    return Check((argument,), find, kind)


def resource_id(argument: str, resource_type: str) -> Check:
    """A check that an argument is the id of a resource of one type."""
    return valid(argument, place_types.resource_id(resource_type))


def resource_id_list(argument: str, resource_type: str) -> Check:
    """A check that an argument is a list of ids of resources of one type."""
    return each(argument, place_types.resource_id(resource_type))
