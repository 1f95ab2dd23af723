"""Recognize the kind of a file by more than one of its keys, and report what is damaged in it."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from azure_hotpatch.cli.documents.azure import ROWS, live_kind
from azure_hotpatch.cli.documents.parts import ELEMENT, DocumentPart, Path
from azure_hotpatch.cli.documents.terraform.formats import terraform_kind
from azure_hotpatch.cli.failure import Failure

PREVIEW = "preview"  # pulumi preview --json
EXPORT = "stack export"  # pulumi stack export
STATE = "state file"  # what a self-managed backend keeps
TEMPLATE = "ARM template"
BUILT = "built Bicep parameters"  # bicep build-params --stdout: a template and its parameters, as strings
WHAT_IF = "what-if result"  # az deployment … what-if --no-pretty-print
KINDS = (
    *("`pulumi preview --json`", "`pulumi stack export`", "a Pulumi state file", "an ARM template"),
    *("`az deployment group what-if --no-pretty-print`", "`terraform show -json` of a plan or a state"),
    *("`az vm list`", "`az graph query`", "`Get-AzVM | ConvertTo-Json -Depth 20`"),
)
_STATE_VERSIONS = (3, 4)  # apitype.DeploymentSchemaVersionCurrent and …Latest of Pulumi 3.220

STEPS: Path = ("steps",)
RESOURCES: Path = ("resources",)
CHANGES: tuple[Path, ...] = (("changes",), ("properties", "changes"))
STATES: tuple[Path, ...] = (("deployment", "resources"), ("checkpoint", "latest", "resources"))
_TERRAFORM: Path = ("values", "root_module")
TERRAFORM: tuple[Path, ...] = (("resource_changes",), (*_TERRAFORM, "resources"), (*_TERRAFORM, "child_modules"))
_LISTS = (STEPS, *STATES, *CHANGES, *TERRAFORM)
# `properties` is an object of many files, so that it is only damaged in one that holds changes.
_OBJECTS = frozenset(path[:length] for path in (*STATES, *TERRAFORM) for length in range(1, len(path)))
OPENED = frozenset({RESOURCES, ("properties",), *_LISTS, *_OBJECTS, *ROWS})


def kind_of(name: str, keys: Set[str], rest: Sequence[DocumentPart]) -> str:
    """The kind of a file, by its outermost keys and the values of those that are not lists of resources."""
    top = {part.path[0]: part.value for part in rest if len(part.path) == 1}
    schema = str(top.get("$schema", "")).lower()
    if "deploymentparameters.json" in schema:
        raise Failure(f"{name} is a parameters file: give it with --parameters, next to its template")
    if "deploymenttemplate.json" in schema or {"contentVersion", "resources"} <= keys:
        return TEMPLATE
    if {"parametersJson", "templateJson"} <= keys:
        return BUILT
    terraform = terraform_kind(name, keys, top)
    if terraform:
        return terraform
    if keys & {"deployment", "checkpoint"}:
        return _state_kind(name, keys, top)
    live = live_kind(name, keys, rest)
    if live:
        return live
    if {"changes", "status"} <= keys or any(part.path[:2] == CHANGES[1] for part in rest):
        return WHAT_IF
    if "steps" in keys or {"diagnostics", "duration"} <= keys or {"changeSummary", "duration"} <= keys:
        return PREVIEW
    found = f"its keys are {', '.join(sorted(keys)[:5])}" if keys else "it has no keys"
    raise Failure(f"{name} is none of {', '.join(KINDS)}: {found}")


def _state_kind(name: str, keys: Set[str], top: Mapping[str, Any]) -> str:
    if top.get("version") not in _STATE_VERSIONS:
        known = " or ".join(map(str, _STATE_VERSIONS))
        raise Failure(f"{name} has version {top.get('version')} of Pulumi's state, and {known} can be read")
    return EXPORT if "deployment" in keys else STATE


def refuse_damage(name: str, rest: Sequence[DocumentPart]) -> None:
    """Refuse a file whose resources are not a list, which would pass for a file without any."""
    for part in rest:
        held = next((path for path in _LISTS if part.path[: len(path)] == path), None)
        if part.value is None or part.value == ([] if held else {}) or part.path == (*(held or ()), ELEMENT):
            continue
        if held or part.path in _OBJECTS:
            what = "a list" if held else "an object"
            raise Failure(f"{name} is damaged: `{'.'.join(held or part.path)}` is not {what}")


def refuse_two_kinds(name: str, rest: Sequence[DocumentPart]) -> None:
    """`resources` written twice, as a list and as an object: Azure would take one of them."""
    steps = {part.path[1:2] for part in rest if part.path[:1] == RESOURCES}
    if len(steps) > 1 and {(), (ELEMENT,)} & steps:
        raise Failure(f"{name} is damaged: `resources` is written twice")
