"""Every setting that a stack's file can have, found in the settings' models, and values that each can be changed to."""

import copy
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from azure_hotpatch.domain.azure.image_names import NamedImage
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import NamedType

Path = tuple[str | int, ...]
GROUP = "/subscriptions/s/resourceGroups/other/providers"
# A string is changed to the first of these that the settings take in its place.
STRINGS = (
    "uksouth",
    "northeurope",
    "10.0.7.0/24",
    "10.9.0.0/16",
    f"{GROUP}/Microsoft.Network/virtualNetworks/hub",
    f"{GROUP}/Microsoft.Network/virtualNetworks/hub/subnets/servers",
    f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/reader",
    f"{GROUP}/Microsoft.ExtendedLocation/customLocations/plant",
    f"{GROUP}/Microsoft.AzureStackHCI/logicalNetworks/plant",
    f"{GROUP}/Microsoft.AzureStackHCI/storageContainers/fast",
    f"{GROUP}/Microsoft.AzureStackHCI/marketplaceGalleryImages/core",
    "2022-hotpatch",
    "20348.2966.241205",
    "Standard_E4s_v5",
    "2027-02-20 04:00",
    "2031-01-18 04:00",
    "Week Monday",
    "02:30",
    "W. Europe Standard Time",
    "KB5034129",
    "https://other.contoso.com:8531",
    "/health",
    f"{GROUP}/Microsoft.Compute/disks/data",
    f"{GROUP}/Microsoft.Compute/diskEncryptionSets/keys",
    f"{GROUP}/Microsoft.Compute/proximityPlacementGroups/near",
    "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    "1.9",
    "443",
    "{name}-x",
    "{name}-{unit}-x",
    "{location}-x",
    "2026-12-01",
    "other",
)


def settings_in(model: type[Settings], raw: Any, path: Path = ()) -> Iterator[tuple[Path, FieldInfo]]:
    """The path and the field of each setting, in all the objects that a stack's configuration has."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        models = list(_models(field.annotation))
        if not models:
            yield (*path, key), field
        for step, child in _children(raw.get(key), field.annotation) if models else ():
            tagged = [each for each in models if "tool" not in each.model_fields or _tool(each) == child.get("tool")]
            yield from settings_in(tagged[0], child, (*path, key, *step))


def missing_objects(model: type[Settings], raw: Any, path: Path = ()) -> Iterator[Path]:
    """The lists and objects of settings that a configuration has nothing in, so that nothing of them is found."""
    for name, field in model.model_fields.items():
        models = list(_models(field.annotation))
        if models:
            children = list(_children(raw.get(field.alias or name), field.annotation))
            if not children:
                yield (*path, field.alias or name)
            for step, child in children:
                yield from missing_objects(models[0], child, (*path, field.alias or name, *step))


def changed(config: Mapping[str, Any], path: Path, field: FieldInfo) -> Iterator[dict[str, Any]]:
    """The configuration with the setting at a path changed, in each way that its type allows."""
    now = _at(config, path)
    default = field.get_default(call_default_factory=True)
    current = default if now is None else now
    for value in _values(field.annotation, field.metadata, current):
        if value not in (current, list(current) if isinstance(current, tuple) else current):
            copied = copy.deepcopy(dict(config))
            parent: Any = copied
            for step in path[:-1]:
                parent = parent.setdefault(step, {}) if isinstance(parent, dict) else parent[step]
            parent[path[-1]] = value
            yield copied


def _values(annotation: Any, metadata: Any, current: Any) -> Iterator[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _values(arguments[0], arguments[1:], current)
    elif origin is Literal:
        yield from arguments
    elif origin is tuple:
        yield from ([value] for value in _values(arguments[0], (), None))
    elif origin is dict:
        yield from ({"team": value} for value in _values(arguments[1], (), None))
    elif annotation is Any:
        yield "other"
    elif arguments:  # a union
        for each in arguments:
            yield from _values(each, metadata, current)
    elif isinstance(annotation, type):
        yield from _scalars(annotation, metadata, current)


def _scalars(kind: type, metadata: Any, current: Any) -> Iterator[Any]:
    if kind is bool:
        yield not current
    elif kind is int:
        keywords = next((each.schema for each in metadata if isinstance(each, NamedType)), {})
        step = keywords.get("multipleOf", 1)
        least, most = ([keywords[bound]] if bound in keywords else [] for bound in ("minimum", "maximum"))
        yield from (*([current + step, current - step] if current else ()), *least, 200, *most)
    elif kind in (str, NamedImage):  # an image is a string in a file
        yield from STRINGS
    elif issubclass(kind, Enum):
        yield from (member.value for member in kind)


def _models(annotation: Any) -> Iterator[type[Settings]]:
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from _models(argument)


def _children(raw: Any, annotation: Any) -> list[tuple[Path, Any]]:
    """The objects in the value of a key, each with the step to it; an object that is left out is an empty one."""
    kinds = {get_origin(part) for part in (annotation, *get_args(annotation))}
    if tuple in kinds:
        return [((index,), child) for index, child in enumerate(raw or ())]
    if dict in kinds:
        return [((key,), child) for key, child in (raw or {}).items()]
    if raw is None and type(None) in get_args(annotation) and get_origin(annotation) is not Annotated:
        return []
    if raw is None and get_origin(annotation) in (Union, Annotated):
        return []
    return [((), raw or {})]


def _tool(model: type[Settings]) -> Any:
    return get_args(model.model_fields["tool"].annotation)[0]


def _at(config: Any, path: Path) -> Any:
    for step in path:
        config = config.get(step) if isinstance(config, Mapping) else config[step]
        if config is None:
            return None
    return config
