"""Find the resources that a resource's body refers to, and the properties that refer to them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

_PREFIX = "/subscriptions/"


class Reference(NamedTuple):
    """`source` is the id of the innermost named part (a NIC's IP configuration), `target` the id that it names."""

    source: str
    target: str


def references(resource_id: str, body: Any) -> set[Reference]:
    """Every id in `body`, but for the ids of the resource's own parts."""
    own = resource_id.lower()
    return {one for one in _walk(resource_id, body) if not f"{one.target.lower()}/".startswith(f"{own}/")}


def _walk(source: str, value: Any) -> Iterator[Reference]:
    if isinstance(value, list):
        for item in value:
            yield from _walk(source, item)
    if not isinstance(value, dict):
        return
    identified = value.get("id")
    if isinstance(identified, str) and "properties" in value and identified.lower().startswith(source.lower()):
        source = identified
    for name, item in value.items():
        if name == "userAssignedIdentities" and isinstance(item, dict):
            yield from (Reference(source, target) for target in item)
        elif isinstance(item, str):
            if name in {"id", "Id"} or name.endswith("Id"):
                yield from _reference(source, item)
        else:
            yield from _walk(source, item)


def _reference(source: str, text: str) -> Iterator[Reference]:
    if text.lower().startswith(_PREFIX) and "/providers/" in text.lower():
        yield Reference(source, text)
