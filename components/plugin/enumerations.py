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
    machines.OsDiskType: ("OsDiskType", "The storage of a disk that Windows is on."),
    machines.DiskType: ("DiskType", "The storage of a data disk."),
    machines.Caching: ("DiskCaching", "The host's cache of a disk."),
    machines.ZoneName: ("Zone", "An availability zone."),
    scale_sets.HealthProtocol: ("HealthProtocol", "How the health of an instance is asked."),
    updates.Classification: ("UpdateClassification", "A class of Windows updates."),
    updates.TagOperator: ("TagOperator", "Whether a machine must have all of the tags or any of them."),
    azure_local.UpdateTool: ("UpdateTool", "Who installs updates on Azure Local."),
    windows_update.AutomaticUpdate: ("AutomaticUpdate", "What the Windows Update client does by itself."),
    windows_update.InstallDay: ("InstallDay", "When the Windows Update client installs."),
    windows_update.SConfigSetting: ("SconfigSetting", "The update setting of SConfig."),
    networks.RuleAccess: ("RuleAccess", "What a network security rule does."),
    networks.RuleDirection: ("RuleDirection", "Which way a network security rule looks."),
    networks.RuleProtocol: ("RuleProtocol", "Which protocol a network security rule is about."),
    guardrails.Effect: ("PolicyEffect", "What becomes of a machine that breaks a policy."),
}


def enumeration(literal: Any) -> Schema:
    """The type of the schema that a Literal type becomes."""
    name, description = NAMES[literal]
    values = [{"name": _name_of(value, name), "value": value} for value in get_args(literal)]
    return {"type": "string", "description": description, "enum": values}


def open_to(definition: Schema, literal: Any, namespace: str) -> Schema:
    """A property that takes the values of an enumeration, or any string: what is wrong, the component says."""
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
