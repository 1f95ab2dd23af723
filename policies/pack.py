"""The pack's description for Pulumi: a policy for each rule, by its id, and one for the pack's own settings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch import __version__
from azure_hotpatch.domain.azure.server_generations import SERVER_GENERATIONS
from azure_hotpatch.domain.judging.rule import MachineScope, Rule, Severity
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.config import DEFAULT_LEVELS, SETTINGS, Level
from azure_hotpatch.policies.wire import struct_of

NAME = "azure-hotpatch"
WIRE_LEVELS = {
    Level.ADVISORY: analyzer_pb2.ADVISORY,
    Level.MANDATORY: analyzer_pb2.MANDATORY,
    Level.DISABLED: analyzer_pb2.DISABLED,
    Level.REMEDIATE: analyzer_pb2.REMEDIATE,
}
WIRE_SEVERITIES = {
    Severity.ERROR: analyzer_pb2.POLICY_SEVERITY_HIGH,
    Severity.WARNING: analyzer_pb2.POLICY_SEVERITY_MEDIUM,
    Severity.NOTE: analyzer_pb2.POLICY_SEVERITY_LOW,
}
SETTINGS_SUMMARY = "The settings of the pack, and whether its waivers are still valid."

_IMAGES = {
    "type": "array",
    "items": {"type": "string"},
    "examples": [[each.skus[0] for each in SERVER_GENERATIONS], ["publisher:offer:sku"]],
}
# The JSON schema of the settings. The engine checks it before the pack does and reports only one kind of
# mistake, so it gives the types alone: the pack checks the values, and reports every mistake at once.
SETTINGS_SCHEMA: Mapping[str, Mapping[str, Any]] = {
    "generation": {
        "type": ["string", "integer"],
        "examples": [each.year for each in SERVER_GENERATIONS],
        "description": "The newest Windows Server whose images are accepted; default: the stack's, else 2022.",
    },
    "extraImages": {**_IMAGES, "description": "Further images that are accepted: publisher:offer:sku, or a SKU."},
    "refusedImages": {**_IMAGES, "description": "Images that are excluded again."},
    "scope": {
        "type": "string",
        "examples": [scope.value for scope in MachineScope],
        "description": "windows (default) or all: whether machines that run Linux are checked too.",
    },
    "unverifiable": {
        "type": "string",
        "examples": ["advisory", "mandatory"],
        "description": "The level of a finding on a value that is not known yet; default: advisory.",
    },
    "waivers": {
        "type": "array",
        "items": {"type": "object"},
        "description": "Accepted findings, until a day: URN (`*` matches any text), rule, owner and reason.",
    },
    "calendar": {
        "type": "object",
        "description": "Releases beyond the built-in record; default: those of the stack.",
    },
    "modes": {
        "type": "object",
        "examples": [{"*::legacy-*": "paused"}],
        "description": "The patching modes that machines are declared to have, by a pattern of URN or name; "
        "default: the stack's declaration, else hotpatch.",
    },
}


def information(rules: Sequence[Rule] = RULES) -> analyzer_pb2.AnalyzerInfo:
    return analyzer_pb2.AnalyzerInfo(
        name=NAME,
        version=__version__,
        displayName="Azure hotpatch",
        supportsConfig=True,
        provider="Azure",
        policies=_policies(rules),
    )


def _policies(rules: Sequence[Rule]) -> Iterator[analyzer_pb2.PolicyInfo]:
    yield analyzer_pb2.PolicyInfo(
        name=SETTINGS,
        displayName="settings-are-current",
        description=SETTINGS_SUMMARY,
        enforcementLevel=analyzer_pb2.ADVISORY,
        policy_type=analyzer_pb2.POLICY_TYPE_STACK,
        configSchema=analyzer_pb2.PolicyConfigSchema(properties=struct_of(SETTINGS_SCHEMA)),
    )
    yield from map(_policy, rules)


def _policy(rule: Rule) -> analyzer_pb2.PolicyInfo:
    return analyzer_pb2.PolicyInfo(
        name=rule.id,
        displayName=rule.name,
        description=rule.summary,
        enforcementLevel=WIRE_LEVELS[DEFAULT_LEVELS[rule.severity]],
        severity=WIRE_SEVERITIES[rule.severity],
        remediation_steps=rule.remedy,
        policy_type=analyzer_pb2.POLICY_TYPE_RESOURCE if rule.check else analyzer_pb2.POLICY_TYPE_STACK,
    )
