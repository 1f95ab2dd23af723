"""The entries of stored resources: the paths that are kept, with what the installed SDK says of each resource."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.provider import stored
from azure_hotpatch.emulator.provider.generator import exceptions, sdk
from azure_hotpatch.emulator.provider.generator.actions import POSTED
from azure_hotpatch.emulator.provider.generator.paths import PATHS
from azure_hotpatch.emulator.provider.stored import APART, BESIDE, INPUT, OUTPUT, REPLACES, REQUIRED, StoredProperty

Json = dict[str, Any]

_SCALARS = frozenset({"string", "boolean", "integer", "number"})
_ENVELOPE = exceptions.ENVELOPE | {"properties"}
# Inputs that are no part of a body for ARM: the content of a blob, which the real provider uploads by itself, the
# api-version of a generic resource, what is asked in the query, and the name of a SKU that would be the resource's.
_APART = {
    "resources:Resource": {"apiVersion"},
    "security:SqlVulnerabilityAssessmentBaselineRule": {"workspaceId"},
    "sql:SqlVulnerabilityAssessmentRuleBaseline": {"systemDatabaseName"},
    "storage:Blob": {"source"},
    "vmwarecloudsimple:DedicatedCloudNode": {"name"},
}
# The schedules of Privileged Identity Management cannot be changed, another is requested in their place; the real
# provider makes them by other means, so that the SDK names no api-version (custom_pim_eligibility.go).
_REQUESTED = frozenset({"authorization:PimRoleEligibilitySchedule"})
_VERSIONS = {"authorization:PimRoleEligibilitySchedule": "2020-10-01"}


def text(resources: Mapping[str, Json], functions: Mapping[str, Json], moved: Json) -> str:
    """The file, with a line for each resource and function."""
    parts = (
        f' "functions": {{\n{_modules(functions)}\n }}',
        f' "moved": {json.dumps(moved, indent=1)}',
        f' "resources": {{\n{_modules(resources)}\n }}',
    )
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _modules(found: Mapping[str, Json]) -> str:
    return ",\n".join(f"  {json.dumps(name)}: {{\n{_lines(entries)}\n  }}" for name, entries in sorted(found.items()))


def _lines(entries: Json) -> str:
    return ",\n".join(f"   {json.dumps(name)}: {json.dumps(entry)}" for name, entry in sorted(entries.items()))


def module(name: str, paths: Mapping[str, str], beside: Mapping[str, Mapping[str, bool]]) -> Json:
    """The entries of a module. `beside`: what is known of where properties stand, by resource."""
    tables = PATHS.get(name, {})
    return {
        resource: entry(name, resource, path, beside.get(resource, {}))
        for resource, path in paths.items()
        if resource not in tables
    }


def functions(name: str) -> Json:
    """The entries of a module's functions. All that they answer is secret: keys, tokens and settings."""
    return {function: _function(name, function, *posted) for function, posted in POSTED.get(name, {}).items()}


def _function(of_module: str, name: str, owner: str, action: str) -> Json:
    found = stored.find(of_module, owner)
    path = found.path if found else PATHS[of_module][owner]
    sdk_module = sdk.module(of_module)
    shown = sdk.outputs(getattr(sdk_module, f"{name[0].upper()}{name[1:]}Result"))
    is_resource = {"id", "name", "type"} <= shown.keys()
    words = (
        str(StoredProperty(result, _type(prop).replace("{any}", "{string}"), _place(result, is_resource)))
        for result, prop in sorted(shown.items())
    )
    version = sdk.api_version(sdk.function(sdk_module, name))
    return {"path": f"{path}{action}", "version": version, "properties": " ".join(words)}


def _place(result: str, is_resource: bool) -> str:
    """An answer in the form of a resource has its own results below `properties`."""
    return BESIDE if not is_resource or result in {*_ENVELOPE, "properties"} else ""


def kept(name: str) -> tuple[dict[str, str], dict[str, dict[str, bool]]]:
    """The facts of the file as it is: the paths of a module's resources, and where their properties stand."""
    found = {resource: stored.find(name, resource) for resource in stored.names(name)}
    entries = {resource: entry for resource, entry in found.items() if entry is not None}
    beside = {r: {word.name: BESIDE in word.marks for word in entry.words} for r, entry in entries.items()}
    return {resource: entry.path for resource, entry in entries.items()}, beside


def entry(of_module: str, name: str, path: str, beside: Mapping[str, bool]) -> Json:
    cls, token = getattr(sdk.module(of_module), name), f"{of_module}:{name}"
    shown = {k: v for k, v in sdk.outputs(cls).items() if k != "azureApiVersion"}
    parts = {part for part in re.findall(r"\{([\w.]+)\}", path) if "." not in part}
    if "subscriptionId" in shown:  # a property beside the one in the path, which the provider knows
        parts.discard("subscriptionId")
    given = {k: v for k, v in sdk.inputs(sdk.arguments(cls)).items() if k not in parts}
    words = (str(word) for word in _words(token, given, shown, beside))
    version = sdk.api_version(cls) or _VERSIONS.get(token, "")
    return {"path": path, "version": version, "properties": " ".join(words)}


def _words(
    token: str,
    given: Mapping[str, sdk.SdkProperty],
    shown: Mapping[str, sdk.SdkProperty],
    beside: Mapping[str, bool],
) -> Iterator[StoredProperty]:
    for name in sorted({*given, *shown}):
        marks = {
            # A `type` among the inputs is a property: the resource type is known from the path.
            BESIDE: beside.get(name, name in _ENVELOPE - {"type"} or (name == "type" and name not in given)),
            REQUIRED: name in given and given[name].required,
            INPUT: name not in shown,
            OUTPUT: name not in given,
            APART: name in _APART.get(token, set()),
            REPLACES: name in given and (token in _REQUESTED or (name == "location" and given[name].fixed_place)),
        }
        side = given.get(name) or shown[name]
        yield StoredProperty(name, _type(side), "".join(mark for mark, applies in marks.items() if applies))


def _type(side: sdk.SdkProperty) -> str:
    """The type with `{any}` in place of nested classes, whose values go to ARM as they are."""
    if side.holds and "userAssignedIdentities" in sdk.properties(side.holds):
        return "Identity"
    inner = side.word.strip("[]{}")
    return side.word if inner in _SCALARS else side.word.replace(inner, "{any}" if side.holds else "any")
