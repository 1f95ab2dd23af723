"""What the azure-mgmt packages know of a body: which container a field is in, and whether it can change."""

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

# Modules whose package is read. The others flatten nothing below the resource itself but what `exceptions` lists.
PACKAGES = {
    "compute": "azure.mgmt.compute.models",
    "network": "azure.mgmt.network.models",
    "maintenance": "azure.mgmt.maintenance.models",
}


@dataclass(frozen=True)
class Field:
    """A field of a model: the containers that it is in, innermost last, and the model that it holds, if any."""

    containers: tuple[str, ...]
    model: type | None
    read_only: bool = False
    create_only: bool = False
    required: bool = False


def models(module: str) -> Any:
    """The models of a module's package; None for a module without one."""
    return import_module(PACKAGES[module]) if module in PACKAGES else None


def fields(model: type | None, namespace: Any) -> Mapping[str, Field]:
    """The fields of a model by their name on the wire, those of a flattened container among them."""
    if model is None:
        return {}
    if hasattr(model, "_attribute_map"):
        return dict(_mapped_fields(model, namespace))
    return dict(_rest_fields(model, namespace))


def _rest_fields(model: type, namespace: Any) -> typing.Iterator[tuple[str, Field]]:
    """The models of the newer generator: `rest_field` attributes, and the attributes of a flattened one listed."""
    hints = _hints(model)
    for name, rest in _rest_attributes(model).items():
        wire = str(rest._rest_name_input or name)
        inner = _model_in(hints.get(name), namespace)
        if inner is not None and _flattens(model, name, inner):
            yield from ((key, _into(wire, field)) for key, field in fields(inner, namespace).items())
            continue
        seen = set(rest._visibility or ())
        yield (
            wire,
            Field(
                (),
                inner,
                read_only=seen == {"read"},
                create_only=bool(seen) and "create" in seen and "update" not in seen,
                required="Optional[" not in str(hints.get(name)) and seen != {"read"},
            ),
        )


def _rest_attributes(model: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        found |= {k: v for k, v in vars(base).items() if type(v).__name__ == "_RestField"}
    return found


def _hints(model: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        found |= vars(base).get("__annotations__", {})
    return found


def _flattens(model: type, name: str, inner: type) -> bool:
    """Whether the attributes of `inner` are attributes of the model itself."""
    listed: set[str] = set()
    for base in model.__mro__:
        listed |= set(getattr(model, f"_{base.__name__}__flattened_items", ()))
    own = set(_rest_attributes(inner))
    if name == "properties":
        return bool(listed & (own | _flattened_below(inner)))
    return bool(own) and own <= listed


def _flattened_below(model: type) -> set[str]:
    return {item for base in model.__mro__ for item in getattr(model, f"_{base.__name__}__flattened_items", ())}


def _into(container: str, field: Field) -> Field:
    return Field(
        (container, *field.containers),
        field.model,
        read_only=field.read_only,
        create_only=field.create_only,
        required=field.required,
    )


def _mapped_fields(model: Any, namespace: Any) -> typing.Iterator[tuple[str, Field]]:
    """The models of the older generator: `_attribute_map` with a dotted key."""
    rules = getattr(model, "_validation", {})
    for name, entry in model._attribute_map.items():
        *containers, wire = re.split(r"(?<!\\)\.", entry["key"])
        rule = rules.get(name, {})
        held = getattr(namespace, re.sub(r"[\[\]{}]", "", entry["type"]), None)
        yield (
            wire.replace("\\.", "."),
            Field(
                tuple(containers),
                held if isinstance(held, type) and hasattr(held, "_attribute_map") else None,
                read_only=bool(rule.get("readonly")),
                required=bool(rule.get("required")),
            ),
        )


def _model_in(hint: Any, namespace: Any) -> type | None:
    found = re.search(r"_models\.(\w+)", str(hint))
    held = getattr(namespace, found.group(1), None) if found else None
    return held if isinstance(held, type) else None
