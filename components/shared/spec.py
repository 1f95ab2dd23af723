"""Turn a component's checked arguments into its typed spec, in which every default is filled in."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Protocol, TypeVar

import pulumi

_Spec = TypeVar("_Spec")


class Placed(Protocol):
    """What has a place in Azure and tags."""

    @property
    def resource_group_name(self) -> pulumi.Input[str]: ...
    @property
    def location(self) -> pulumi.Input[str] | None: ...
    @property
    def tags(self) -> pulumi.Input[Mapping[str, pulumi.Input[str]]] | None: ...


def filled(spec: type[_Spec], given: Mapping[str, Any], **parsed: Any) -> _Spec:
    """A `spec`, a dataclass, of the arguments that are fields of it; `parsed` are the fields made of arguments."""
    names = {field.name for field in fields(spec)}  # type: ignore[arg-type]  # a dataclass, which no type can say
    return spec(**{**{name: value for name, value in given.items() if name in names}, **parsed})


def placed(spec: Placed) -> dict[str, Any]:
    """The resource group, the region and the tags, as far as they are given."""
    place = {"resource_group_name": spec.resource_group_name, "location": spec.location, "tags": spec.tags}
    return without_absent(place)


def without_absent(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that have a value."""
    return {key: value for key, value in inputs.items() if value is not None}
