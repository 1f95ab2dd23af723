"""Parse a reference to a resource: its type, name, resource group and subscription."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.record import Record


class NamedResource(NamedTuple):
    """A resource as a reference names it, in lower case; what the reference leaves out is empty."""

    name: str
    type: str = ""  # "microsoft.compute/virtualmachines"
    group: str = ""
    subscription: str = ""


def named_by(record: Record, path: str, value: str) -> NamedResource:
    """What `record` refers to at `path`, where it has an id or a name."""
    named = _of_id(value.strip().strip("/").lower())
    if not named.type and path == "resourceName":
        named = named._replace(type=_type_beside(record))
    return named._replace(group=named.group or record.group.lower())


def those_named(record: Record, path: str, value: str, candidates: Iterable[Record]) -> list[Record]:
    """Those of `candidates` that `record` may refer to at `path`, where it has an id or a name."""
    named = named_by(record, path, value)
    return [found for found in candidates if found.name_in_azure == named.name and may_be(found, named)]


def may_be(found: Record, named: NamedResource) -> bool:
    """Whether a record may be the named resource: no part that both state differs."""
    own = found.peek("id")
    known = _of_id(own.strip("/").lower()) if isinstance(own, str) else NamedResource("")
    pairs = (
        (found.arm_type.lower(), named.type),
        (found.group.lower() or known.group, named.group),
        (known.subscription, named.subscription),
    )
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def _of_id(text: str) -> NamedResource:
    """`subscriptions/…/resourcegroups/rg/providers/ns/type/name`, a path without the beginning, or a name alone."""
    steps = text.split("/")
    provider = text.rpartition("providers/")[2].split("/")
    # A namespace has a dot in it, and types and names take turns behind it.
    type_ = "/".join((provider[0], *provider[1::2])) if len(provider) > 2 and "." in provider[0] else ""
    return NamedResource(steps[-1], type_, _after("resourcegroups", steps), _after("subscriptions", steps))


def _after(key: str, steps: list[str]) -> str:
    return next((value for step, value in pairwise(steps) if step == key), "")


def _type_beside(record: Record) -> str:
    """azure-native and ARM name the target of an assignment in parts."""
    parts = ("providerName", "resourceParentType", "resourceType")
    provider, parent, own = (as_word(record.peek(part)) for part in parts)
    return "/".join(part for part in (provider, parent, own) if part) if provider and own else ""
