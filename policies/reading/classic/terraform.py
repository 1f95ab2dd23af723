"""azurerm and azapi, whoever bridges them: the classic provider, any Terraform provider, a Terraform module."""

import re
from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.judged_types import JudgedType
from azure_hotpatch.policies.reading.classic.machines import MACHINES
from azure_hotpatch.policies.reading.classic.maintenance import MAINTENANCE
from azure_hotpatch.policies.reading.classic.scale_sets import SCALE_SETS
from azure_hotpatch.policies.reading.classic.translation import defaulted, spelled, translated
from azure_hotpatch.policies.reading.generic import azapi_action_records, azapi_records, azapi_update_records
from azure_hotpatch.policies.reading.reading import Sealed, plain
from azure_hotpatch.policies.reading.recorded import ignored, recorded
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.templates.deployments import TERRAFORM, carried
from azure_hotpatch.policies.reading.type_tokens import TypeToken

RESOURCES: Mapping[str, tuple[JudgedType, Any]] = {**MACHINES, **SCALE_SETS, **MAINTENANCE}
# azapi's resources by name: one that is whole, one that changes a part of another, one that sends any request.
_AZAPI = {
    "resource": azapi_records,
    "updateresource": azapi_update_records,
    "resourceaction": azapi_action_records,
}
# What runs in a machine, or beside it: every text in it is judged, so that nothing has to be translated.
_SCRIPTS: Mapping[str, JudgedType] = {
    "extension": judged_types.MACHINE_EXTENSION,
    "virtualmachineextension": judged_types.MACHINE_EXTENSION,
    "runcommand": judged_types.RUN_COMMAND,
    "virtualmachineruncommand": judged_types.RUN_COMMAND,
    **dict.fromkeys(
        (
            "resourcedeploymentscriptazurecli",
            "resourcedeploymentscriptazurepowershell",
            "resourcedeploymentscriptpowershell",
        ),
        judged_types.DEPLOYMENT_SCRIPT,
    ),
}
_READ = frozenset({*RESOURCES, *TERRAFORM, *_SCRIPTS})
# Types of the classic package whose name alone would say too little.
_CLASSIC_MODULES = frozenset({"compute", "maintenance", "core", "management", "policy", "index"})
# The classic package has these in modules of their own, where their names are shorter.
_CLASSIC_NAMES = {
    "managedapplication:application": "managedapplication",
    "managedapplication:definition": "managedapplicationdefinition",
    "blueprint:assignment": "blueprintassignment",
}
# Objects whose keys are the user's own, or ARM's.
_OWN_KEYS = frozenset({"tags", "body", "sensitive_body", "sensitive_body_version", "properties", "parameters"})
# Names that the bridge to Pulumi has put into the plural, and Terraform has not.
_BRIDGED = frozenset(
    {
        *("extensions", "installPatches.linuxes", "installPatches.windows.classificationsToIncludes"),
        *("installPatches.windows.kbNumbersToExcludes", "installPatches.windows.kbNumbersToIncludes"),
    }
)
_PACKAGE = re.compile(r"azurerm|azapi")


def records(source: Source, token: TypeToken) -> list[Record]:
    """The records of a resource whose properties are Terraform's, in camelCase or in snake_case."""
    provider, name = _provider_and_name(token)
    props = _camel(plain(source.props))
    if provider == "azapi":
        return _AZAPI[name](source, props) if name in _AZAPI else []
    if name in TERRAFORM:
        return carried(source, props, TERRAFORM[name])
    if name in _SCRIPTS:
        return [recorded(_SCRIPTS[name], source, props)]
    shape, places_of = RESOURCES[name]
    places = [place for place in places_of(props) if token.module != "tf" or place.own not in _BRIDGED]
    arm = {place.own: place.arm for place in places if place.own}
    return [
        recorded(
            shape,
            source,
            translated(props, places),
            spelling=spelled(props, places),
            defaults=defaulted(props, places),
            ignored_changes=ignored(source.ignore_changes, arm),
        )
    ]


def is_read(token: TypeToken) -> bool:
    """Whether a token is one of azurerm's or azapi's that is judged."""
    provider, name = _provider_and_name(token)
    return name in _AZAPI if provider == "azapi" else bool(provider) and name in _READ


def _provider_and_name(token: TypeToken) -> tuple[str, str]:
    """`azurerm:index/windowsVirtualMachine:…`, `any:tf:azurerm_windows_virtual_machine` -> azurerm, the name."""
    if token.module == "tf":
        provider, _, name = token.type.partition("_")
        return (provider, name.replace("_", "")) if provider in ("azurerm", "azapi") else ("", "")
    if token.package == "azure" and token.resource in _CLASSIC_NAMES:
        return "azurerm", _CLASSIC_NAMES[token.resource]
    if token.package == "azure" and token.module in _CLASSIC_MODULES:
        return "azurerm", token.type
    found = _PACKAGE.search(token.package) if token.module == "index" else None
    return (found[0], token.type) if found else ("", "")


def _camel(value: Any) -> Any:
    """A module keeps Terraform's snake_case; the user's own keys (tags, a body) are left alone."""
    if isinstance(value, Sealed):
        return Sealed(_camel(value.value))
    if isinstance(value, list):
        return [_camel(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {_camel_name(key): child if key in _OWN_KEYS else _camel(child) for key, child in value.items()}


def _camel_name(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)
