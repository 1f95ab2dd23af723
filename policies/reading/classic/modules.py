"""Terraform modules and HCL programs, whose resources are not visible unless their children are."""

from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.policies.reading.reading import bare, plain
from azure_hotpatch.policies.reading.recorded import opaque
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.type_tokens import TypeToken

IN_A_MODULE = "it is a Terraform module for Azure, and its resources are not visible here"
_AZURE = ("azurerm", "azapi", "azure")


def is_module(token: TypeToken) -> bool:
    return token.type == "module" and (token.module == "index" or token.package == "hcl")


def records(source: Source, token: TypeToken) -> list[Record]:
    """An opaque record for a module that is Azure's by its source or its package."""
    where = bare(plain(source.props).get("source"))
    if isinstance(where, Unknown):
        return [opaque(source, where)]
    named = f"{token.package} {where or ''}".lower()
    return [opaque(source, IN_A_MODULE)] if any(name in named for name in _AZURE) else []
