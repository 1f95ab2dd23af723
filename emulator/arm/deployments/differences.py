"""The property changes that what-if reports for a resource."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates.values import equal

# What is another one after each write, whatever was written.
_VOLATILE = frozenset({"etag", "provisioningState", "systemData"})


def steady(value: Any) -> Any:
    """A resource without the members that change with every write."""
    if isinstance(value, dict):
        return {name: steady(item) for name, item in value.items() if name not in _VOLATILE}
    return [steady(item) for item in value] if isinstance(value, list) else value


def delta(before: Json, after: Json) -> list[Json]:
    """The changes from one body to another: `{"path", "propertyChangeType", "before", "after", "children"}`."""
    return list(_object(before, after, ""))


def _object(before: Json, after: Json, prefix: str) -> Iterator[Json]:
    for name in dict.fromkeys((*before, *after)):
        path = f"{prefix}{name}"
        if name not in after:
            yield _change(path, "Delete", before[name], None)
        elif name not in before:
            yield _change(path, "Create", None, after[name])
        else:
            yield from _value(before[name], after[name], path)


def _value(before: Any, after: Any, path: str) -> Iterator[Json]:
    if equal(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _object(before, after, f"{path}.")
    elif isinstance(before, list) and isinstance(after, list):
        yield {**_change(path, "Array", None, None), "children": list(_items(before, after))}
    else:
        yield _change(path, "Modify", before, after)


def _items(before: list[Any], after: list[Any]) -> Iterator[Json]:
    both = min(len(before), len(after))
    for at in range(both):
        if isinstance(before[at], dict) and isinstance(after[at], dict) and not equal(before[at], after[at]):
            yield {**_change(str(at), "Modify", None, None), "children": list(_object(before[at], after[at], ""))}
        else:
            yield from _value(before[at], after[at], str(at))
    for at in range(both, len(before)):
        yield _change(str(at), "Delete", before[at], None)
    for at in range(both, len(after)):
        yield _change(str(at), "Create", None, after[at])


def _change(path: str, kind: str, before: Any, after: Any) -> Json:
    return {"path": path, "propertyChangeType": kind, "before": before, "after": after, "children": None}
