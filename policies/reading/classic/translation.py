"""Translate a source's property names into ARM's by a table."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import bare, resealed


class PropertyMapping(NamedTuple):
    """The path of a value in ARM and in the source.

    `own` is empty where the source has no such property. `default` is what the source's provider sends if the value is
    absent; None sends nothing. `read` turns a known value into ARM's.
    """

    arm: str
    own: str
    default: Any = None
    read: Callable[[Any], Any] | None = None


def translated(props: Mapping[str, Any], places: Iterable[PropertyMapping]) -> dict[str, Any]:
    """The body in ARM's names, from the source's properties; a later mapping does not overwrite a known value."""
    body: dict[str, Any] = {}
    for place in places:
        value = value_at(props, place.own) if place.own else None
        if is_absent(value):
            value = place.default
        elif place.read and not isinstance(bare(value), Unknown):
            value = resealed(value, place.read(bare(value)))
        if value is not None:
            _put(body, place.arm.split("."), value)
    return body


def defaulted(props: Mapping[str, Any], places: Iterable[PropertyMapping]) -> frozenset[str]:
    """The ARM paths that the source leaves out, and for which its provider sends a default."""
    written = {place.arm for place in places if place.own and not is_absent(value_at(props, place.own))}
    return frozenset(place.arm for place in places if place.own and place.default is not None) - written


def spelled(props: Mapping[str, Any], places: Iterable[PropertyMapping]) -> dict[str, str]:
    """The source's own path for each of ARM's; of two spellings the one that is there, else the first."""
    spelling: dict[str, str] = {}
    for place in places:
        if place.own and (place.arm not in spelling or not is_absent(value_at(props, place.own))):
            spelling[place.arm] = place.own
    return spelling


def is_absent(value: Any) -> bool:
    """Whether nothing is written: Terraform keeps a block that is not there as `[]`, a string as `""`."""
    return bare(value) in (None, "", [])


def value_at(props: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; a block that the provider keeps as a list of one is its one member."""
    value: Any = props
    for step in path.split("."):
        block = one(value)
        opened = bare(block)
        if not isinstance(opened, dict):
            return opened if isinstance(opened, Unknown) else None
        value = resealed(block, opened.get(step))
    return value


def one(value: Any) -> Any:
    """The member of a list of one object, which is how Terraform keeps a block."""
    items = bare(value)
    return resealed(value, items[0]) if isinstance(items, list) and len(items) == 1 else value


def _put(body: dict[str, Any], steps: list[str], value: Any) -> None:
    *parents, last = steps
    holder: Any = body
    for step in parents:
        holder = bare(holder.setdefault(step, {}))  # what is put into a sealed object is sealed with it
        if not isinstance(holder, dict):
            return  # the object is unknown as a whole, and so is what is in it
    holder.setdefault(last, value)
