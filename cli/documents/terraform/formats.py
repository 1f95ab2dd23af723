"""Recognize what Terraform and OpenTofu print, and say of what is none of it which command makes it."""

import re
from collections.abc import Mapping, Set
from typing import Any

from azure_hotpatch.cli.failure import Failure

PLAN = "Terraform plan"  # terraform show -json FILE, tofu show -json FILE
STATE = "Terraform state"  # terraform show -json, tofu show -json
_SHOW = "terraform show -json"
_OF_A_PLAN = f"save a plan with `terraform plan -out=plan.out`, then `{_SHOW} plan.out > plan.json`"
_PLAN_KEYS = frozenset({"planned_values", "resource_changes"})
# `terraform show -json` prints these of a state, and the first alone before the first apply.
_STATE_KEYS = frozenset({"format_version", "terraform_version", "values", "checks"})
# Terraform 1.1 gave its JSON the version 1.0; before 0.15 (0.2) nothing in it says which values are sensitive.
_MAJOR = "1"
_LONGEST = 20  # characters of a version that is shown
_OTHERS = {
    "plan_format_version": "the log of a plan in HCP Terraform",
    "provider_schemas": "the schemas of providers",
    "function_signatures": "the signatures of functions",
    "valid": "the result of `terraform validate`",
    "provider_selections": "the version of Terraform",
}
_ZIP = b"PK\x03\x04"
_LINE_OF_A_LOG = re.compile(r'\s*\{"@(?:level|message|module|timestamp)":')
_LINE_OF_A_WRAPPER = re.compile(r"\[command\]")
_SOURCE = re.compile(
    r'\s*(?:(?:#|//)[^\n]*\n\s*)*(?:(?:resource|data|module|variable|provider|output)\s+"|(?:terraform|locals)\s*\{)'
)
_SOURCE_NAMES = (".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json", ".hcl")
_OF_SOURCE = f"; Terraform's source is checked by its plan: {_OF_A_PLAN}"


def terraform_kind(name: str, keys: Set[str], top: Mapping[str, Any]) -> str:
    """The kind of a file that Terraform or OpenTofu printed, empty for one that is of another tool.

    Raises Failure, with the command to use, for what they print and what cannot be judged.
    """
    if {"serial", "lineage"} <= keys or {"version", "terraform_version"} <= keys:
        raise Failure(
            f"{name} is a raw state of Terraform, which holds secrets unmarked: check what `{_SHOW}` prints of it"
        )
    if any(key.startswith("@") for key in keys) and "@level" in keys:
        raise Failure(f"{name} is what `terraform plan -json` logs, not a plan: {_OF_A_PLAN}")
    if name.lower().endswith(_SOURCE_NAMES):
        raise Failure(f"{name} cannot be judged{_OF_SOURCE}")
    other = next((what for key, what in _OTHERS.items() if key in keys), None)
    if other and keys & {"format_version", "terraform_version", "plan_format_version"}:
        raise Failure(f"{name} holds {other}, not a plan or a state: {_OF_A_PLAN}")
    if keys & _PLAN_KEYS and (
        len(keys & _PLAN_KEYS) > 1 or keys & {"format_version", "terraform_version", "configuration"}
    ):
        _refuse_version(name, top.get("format_version"))
        return PLAN
    if "format_version" in keys and keys <= _STATE_KEYS:
        _refuse_version(name, top.get("format_version"))
        return STATE
    return ""


def refuse_binary(name: str, data: bytes) -> None:
    """Raise Failure for a saved plan, which is a zip archive."""
    if data.startswith(_ZIP):
        raise Failure(f"{name} is a zip archive; if it is a saved plan, check what `{_SHOW} FILE` prints of it")


def terraform_hint(name: str, text: str) -> str:
    """A hint for text that is not JSON, empty where it is none of Terraform's."""
    if _LINE_OF_A_WRAPPER.match(text):
        return "; a wrapper wrote its first line: set `terraform_wrapper: false`, or `tofu_wrapper: false`, for it"
    if _LINE_OF_A_LOG.match(text):
        return f"; it is what `terraform plan -json` logs: {_OF_A_PLAN}"
    return _OF_SOURCE if name.lower().endswith(_SOURCE_NAMES) or _SOURCE.match(text) else ""


def _refuse_version(name: str, version: Any) -> None:
    if isinstance(version, str) and version.partition(".")[0] == _MAJOR:
        return
    if isinstance(version, str) and version.startswith("0."):
        why = "of Terraform before 1.1, in which no secret is marked; plan again with a later one, or with OpenTofu"
    else:
        why = f"and {_MAJOR}.x can be read"
    found = repr(version) if isinstance(version, str) and len(version) < _LONGEST else "that is no version"
    raise Failure(f"{name} has a format_version {found} {why}")
