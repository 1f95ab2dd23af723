"""Compare inputs: which properties of a resource differ, and whether that replaces it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from azure_hotpatch.emulator.provider.catalogue import ProviderResource, Shape

ADD, DELETE, UPDATE = "ADD", "DELETE", "UPDATE"
_REPLACE = "_REPLACE"
_FIRST = re.compile(r"[^.\[]*")


def detailed(resource: ProviderResource, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Property path -> kind of difference, in the words of the protocol (`UPDATE`, `ADD_REPLACE`, …).

    A location that differs in case or spaces only is the same.
    """
    if _same_place(old.get("location"), new.get("location")):
        new = {**new, "location": old["location"]}
    keys = _replacing(resource)
    return dict(_object(old, new, "", "", keys))


def without(kinds: Mapping[str, str], ignored: Sequence[str]) -> dict[str, str]:
    """The differences, but for those at or below an ignored path: a refresh asks, after Azure has changed one."""
    return {path: kind for path, kind in kinds.items() if not any(_is_within(path, above) for above in ignored)}


def properties(kinds: Mapping[str, str]) -> list[str]:
    """The resource's own properties in which it differs: all that the engine's summary of a change names."""
    return sorted({_FIRST.match(path)[0] for path in kinds})  # type: ignore[index]  # it matches every path


def apply_difference(values: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The values, changed in what differs between `old` and `new` and in nothing else."""
    kept = {name: value for name, value in values.items() if name in new or name not in old}
    for name, value in new.items():
        if name not in old:
            kept[name] = value
        elif value != old[name]:
            kept[name] = _apply_value(kept[name], old[name], value) if name in kept else value
    return kept


def _apply_value(base: Any, old: Any, new: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(old, Mapping) and isinstance(new, Mapping):
        return apply_difference(base, old, new)
    if isinstance(base, list) and isinstance(old, list) and isinstance(new, list):
        both = min(len(base), len(old))
        return [
            item if at >= both else base[at] if old[at] == item else _apply_value(base[at], old[at], item)
            for at, item in enumerate(new)
        ]
    return new


def _replacing(resource: ProviderResource) -> set[str]:
    """The properties whose change replaces the resource: parts of its path, what is create-only, one level down too."""
    keys = set(resource.path_parameters) | set(_create_only(resource.shape, ""))
    for name, prop in resource.shape.items():
        inner = prop.type.strip("[]")
        between = f"{name}[]." if prop.type.startswith("[") else f"{name}."
        keys |= set(_create_only(resource.types.get(inner, {}), between))
    return keys


def _create_only(shape: Shape, before: str) -> Iterator[str]:
    return (before + name for name, prop in shape.items() if prop.replaces)


def _object(
    old: Mapping[str, Any], new: Mapping[str, Any], at: str, key: str, keys: set[str]
) -> Iterator[tuple[str, str]]:
    for name in {**old, **new}:
        here, this_key = _joined(at, name), f"{key}{name}"
        if name not in new:
            yield here, _kind(DELETE, this_key, keys)
        elif name not in old:
            yield here, _kind(ADD, this_key, keys)
        elif old[name] != new[name]:
            yield from _value(old[name], new[name], here, this_key, keys)


def _value(old: Any, new: Any, at: str, key: str, keys: set[str]) -> Iterator[tuple[str, str]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for path, kind in _object(old, new, at, f"{key}.", keys):
            yield path, UPDATE + _REPLACE if kind == UPDATE and key in keys else kind
    elif isinstance(old, list) and isinstance(new, list):
        yield from _items(old, new, at, key, keys)
    else:
        yield at, _kind(UPDATE, key, keys)


def _items(old: list[Any], new: list[Any], at: str, key: str, keys: set[str]) -> Iterator[tuple[str, str]]:
    for index, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            yield from _value(before, after, f"{at}[{index}]", f"{key}[]", keys)
    for index in range(len(new), len(old)):
        yield f"{at}[{index}]", DELETE
    for index in range(len(old), len(new)):
        yield f"{at}[{index}]", ADD


def _kind(kind: str, key: str, keys: set[str]) -> str:
    return kind + _REPLACE if key in keys else kind


def _is_within(path: str, above: str) -> bool:
    return path.startswith(above) and path[len(above) : len(above) + 1] in ("", ".", "[")


def _joined(at: str, name: str) -> str:
    """A property path; a name with a dot or a bracket in it is quoted, as the engine wants it."""
    if any(sign in name for sign in '.["'):
        return f"{at}[{json.dumps(name)}]"
    return f"{at}.{name}" if at else name


def _same_place(old: Any, new: Any) -> bool:
    return isinstance(old, str) and isinstance(new, str) and _place(old) == _place(new)


def _place(location: str) -> str:
    return location.replace(" ", "").lower()
