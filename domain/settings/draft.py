"""The parts of a stack's settings that are valid by themselves, so that they can be checked although others are not."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from azure_hotpatch.domain.settings.azure_local import AzureLocalGroup
from azure_hotpatch.domain.settings.group import Numbered
from azure_hotpatch.domain.settings.images import ImageSettings
from azure_hotpatch.domain.settings.machine import MachineGroup, ScaleSetGroup
from azure_hotpatch.domain.settings.maintenance import MaintenanceSettings
from azure_hotpatch.domain.settings.naming import Naming
from azure_hotpatch.domain.settings.network import NetworkSettings
from azure_hotpatch.domain.settings.stack import StackSettings
from azure_hotpatch.domain.settings.tags import numbers_as_text
from azure_hotpatch.domain.vocabulary.model import Settings, Valid
from azure_hotpatch.domain.vocabulary.problem import Location

_Part = TypeVar("_Part", bound=Settings)
Group = MachineGroup | ScaleSetGroup | AzureLocalGroup
_KINDS: tuple[tuple[str, type[Group]], ...] = (
    ("machines", MachineGroup),
    ("scaleSets", ScaleSetGroup),
    ("azureLocal", AzureLocalGroup),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The valid parts; None where a part has a mistake, so that no check reads it."""

    location: str | None
    network: NetworkSettings | None
    maintenance: MaintenanceSettings | None
    images: ImageSettings | None
    naming: Naming | None
    tags: Mapping[str, str] | None
    existing_groups: Mapping[str, str]  # resource groups that exist, by their key
    groups: tuple[tuple[str, Group], ...]  # with the path of each: `fleet.machines[0]`
    named: tuple[tuple[str, Group | Numbered], ...]  # for their names, which are valid, whatever else is not
    secret_names: Collection[str] | None  # None where it is not known which secrets the file has
    whole: bool  # whether no group is missing

    def machines(self) -> Iterator[tuple[str, MachineGroup]]:
        return ((path, group) for path, group in self.groups if isinstance(group, MachineGroup))

    def scale_sets(self) -> Iterator[tuple[str, ScaleSetGroup]]:
        return ((path, group) for path, group in self.groups if isinstance(group, ScaleSetGroup))

    def azure(self) -> Iterator[tuple[str, MachineGroup | ScaleSetGroup]]:
        return ((path, group) for path, group in self.groups if not isinstance(group, AzureLocalGroup))


def draft(
    raw: Mapping[str, Any], wrong: Iterable[Location], valid: Valid, secret_names: Collection[str] | None = None
) -> Draft:
    """The valid parts of `raw`, given the locations of its mistakes and what was found valid."""
    places = tuple(wrong)

    def sound(key: str) -> bool:
        return not any(place[:1] == (key,) for place in places)

    def part(key: str, model: type[_Part]) -> _Part | None:
        default: _Part = StackSettings.model_fields[key].default
        return valid.of(model, raw[key]) if key in raw else default

    items = [
        (f"fleet.{kind}[{index}]", model, item)
        for kind, model in _KINDS
        if not any(place in (("fleet",), ("fleet", kind)) for place in places)
        for index, item in enumerate(raw.get("fleet", {}).get(kind, ()))
    ]
    return Draft(
        location=raw.get("location", StackSettings.model_fields["location"].default) if sound("location") else None,
        network=part("network", NetworkSettings),
        maintenance=part("maintenance", MaintenanceSettings),
        images=part("images", ImageSettings),
        naming=part("naming", Naming),
        tags=numbers_as_text(raw.get("tags", {})) if sound("tags") else None,
        existing_groups=raw.get("existingResourceGroups", {}) if sound("existingResourceGroups") else {},
        groups=tuple((path, group) for path, model, item in items if (group := valid.of(model, item))),
        named=tuple(
            (path, named) for path, model, item in items if (named := valid.of(model, item) or _names_in(model, item))
        ),
        secret_names=secret_names,
        whole=sound("fleet"),
    )


def _names_in(model: type[Group], item: Any) -> ScaleSetGroup | Numbered | None:
    """The names of a group in which something else is wrong."""
    if not isinstance(item, Mapping):
        return None
    known = {key: value for key, value in item.items() if key in ("name", "count", "names")}
    with suppress(ValidationError):
        return ScaleSetGroup.model_validate(known) if model is ScaleSetGroup else Numbered.model_validate(known)
    return None
