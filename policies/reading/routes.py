"""Which adapter reads a resource, by its token."""

from collections.abc import Callable
from functools import cache

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading import azure_native, commands, generic
from azure_hotpatch.policies.reading.classic import modules, terraform
from azure_hotpatch.policies.reading.recorded import opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates import deployments
from azure_hotpatch.policies.reading.type_tokens import TypeToken, parse_token

Adapter = Callable[[Source, TypeToken], list[Record]]

_NATIVE: dict[str, Adapter] = {
    **dict.fromkeys(azure_native.SHAPES, azure_native.records),
    **dict.fromkeys(deployments.NATIVE, deployments.native_records),
    "resources:resource": generic.native_records,
}


def records(source: Source) -> list[Record]:
    """The records of a resource: none where it is of no interest, several where it holds a template.

    A resource that an adapter fails on is an opaque record: a machine must not pass because it could not be read.
    """
    token = parse_token(source.token)
    adapter = _adapter(token)
    if adapter is None:
        return []
    try:
        return adapter(source, token)
    except Exception as error:  # noqa: BLE001 - a resource that breaks the reader is a finding, not a failed run
        return [opaque(source, f"reading it failed with {type(error).__name__}, a defect of the reader")]


def concerns(token: str) -> bool:
    """Whether a resource of this type may give a record at all."""
    return _adapter(parse_token(token)) is not None


@cache
def _adapter(token: TypeToken) -> Adapter | None:
    if token.package == "azure-native":
        return _NATIVE.get(token.resource)
    if terraform.is_read(token):
        return terraform.records
    if commands.is_command(token):
        return commands.records
    return modules.records if modules.is_module(token) else None
