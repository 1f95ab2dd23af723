"""Turn a resource of a plan or a state into records, called by its address and spelled as Terraform spells it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.setter import Setter
from azure_hotpatch.policies.reading import Run, Source, concerns, records
from azure_hotpatch.policies.spelling import own_path
from azure_hotpatch.policies.terraform_words import is_azurerm


@dataclass(frozen=True, slots=True)
class TerraformResource:
    """A resource as it is or will be; `depends_on` maps an attribute to the addresses that its value comes from."""

    address: str
    type: str  # "azurerm_windows_virtual_machine"
    values: Mapping[str, Any]  # with `Unknown` and `Sealed` in it
    line: int
    depends_on: Mapping[str, Sequence[str]] = field(default_factory=dict)
    setters: Callable[[str], Sequence[Setter]] | None = None  # the variables that set an attribute, by its path


def is_managed(written: Mapping[str, Any]) -> bool:
    """Whether a resource is Terraform's own, rather than one that it reads (`data`) or has for a run (`ephemeral`)."""
    return written.get("mode") not in ("data", "ephemeral")


def is_judged(type_: str) -> bool:
    """Whether a resource of this type may give a record."""
    return concerns(_token(type_))


def records_of(resource: TerraformResource, run: Run) -> list[tuple[Record, int]]:
    """The records of a resource, with the line where it begins."""
    source = Source(
        _token(resource.type),
        resource.address,
        resource.address,
        resource.values,
        depends_on=resource.depends_on,
        run=run,
    )
    return [(_addressed(record, resource), resource.line) for record in records(source)]


def _token(type_: str) -> str:
    """The token by which the resources of a Terraform module are known, whose names are Terraform's own."""
    return f"terraform:tf:{type_}"


def _addressed(record: Record, resource: TerraformResource) -> Record:
    own = record.type if record.origin and record.arm_type else resource.type
    named = replace(record, type=own, origin=_origin(record.origin, resource.address))
    traced = resource.setters
    if traced is None or not is_azurerm(named):
        return named
    return replace(named, setters=lambda path: traced(own_path(named, path)))


def _origin(origin: str, address: str) -> str:
    """`templateContent.resources[0]` -> `azurerm_template_deployment.d.template_content.resources[0]`."""
    if not origin:
        return ""
    attribute, dot, rest = origin.partition(".")
    return f"{address}.{re.sub('[A-Z]', lambda letter: f'_{letter[0].lower()}', attribute)}{dot}{rest}"
