"""The enumerations of the package's schema: what each Literal type of an argument is called, and where it is taken."""

from typing import Any, get_args

from azure_hotpatch.domain.azure import (
    azure_local,
    calendar,
    guardrails,
    machines,
    networks,
    patching,
    scale_sets,
    windows_update,
)
from azure_hotpatch.domain.azure.maintenance import updates

Schema = dict[str, Any]

# Each with the name and the description that it has in other languages.
NAMES: dict[Any, tuple[str, str]] = {
    patching.PatchingModeName: ("PatchingMode", "Who decides when a machine is patched."),
    patching.RebootSetting: ("RebootSetting", "Whether an update may restart Windows."),
    calendar.Generation: ("ImageGeneration", "A generation of Windows Server."),
    machines.OsDiskType: ("OsDiskType", "The storage type of an operating system's disk."),
    machines.DiskType: ("DiskType", "The storage type of a data disk."),
    machines.Caching: ("DiskCaching", "The host's cache of a disk."),
    machines.ZoneName: ("Zone", "An availability zone."),
    scale_sets.HealthProtocol: ("HealthProtocol", "The protocol of a health probe."),
    updates.Classification: ("UpdateClassification", "A class of Windows updates."),
    updates.TagOperator: ("TagOperator", "Whether a machine must have all of the tags or any of them."),
    azure_local.UpdateTool: ("UpdateTool", "Who installs updates on Azure Local."),
    windows_update.AutomaticUpdate: ("AutomaticUpdate", "What the Windows Update client does on its own."),
    windows_update.InstallDay: ("InstallDay", "When the Windows Update client installs."),
    windows_update.SConfigSetting: ("SconfigSetting", "The update setting of SConfig."),
    networks.RuleAccess: ("RuleAccess", "Whether a network security rule allows or denies."),
    networks.RuleDirection: ("RuleDirection", "The direction of a network security rule."),
    networks.RuleProtocol: ("RuleProtocol", "The protocol of a network security rule."),
    guardrails.Effect: ("PolicyEffect", "The effect on a machine that violates a policy."),
}


def enumeration(literal: Any) -> Schema:
    """The type of the schema that a Literal type becomes."""
    name, description = NAMES[literal]
    values = [{"name": _name_of(value, name), "value": value} for value in get_args(literal)]
    return {"type": "string", "description": description, "enum": values}


def open_to(definition: Schema, literal: Any, namespace: str) -> Schema:
    """A property with the values of an enumeration, or any string: the component reports invalid ones."""
    if "items" in definition:
        return {**definition, "items": open_to(definition["items"], literal, namespace)}
    either = [{"type": "string"}, {"type": "string", "$ref": f"#/types/{token(literal, namespace)}"}]
    return {**{key: value for key, value in definition.items() if key != "type"}, "oneOf": either}


def token(literal: Any, namespace: str) -> str:
    """The token of the type that a Literal type becomes."""
    return f"{namespace}:index:{NAMES[literal][0]}"


def _name_of(value: str, enumeration_name: str) -> str:
    """A value's name in code, which begins with a letter: `Zone1` for `1`."""
    if value == "*":
        return "Any"
    return value if value[0].isalpha() else f"{enumeration_name}{value}"
