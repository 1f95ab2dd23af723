"""The JSON schema of a stack's file, with which an editor completes and validates the keys under azure-hotpatch."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from azure_hotpatch.domain.azure.image_names import NamedImage
from azure_hotpatch.domain.settings.stack import StackSettings

_NAMESPACE = "azure-hotpatch"
_SECRET = {
    "description": "The administrator's password: pulumi config set --secret adminPassword.",
    "type": "object",
    "properties": {"secure": {"type": "string"}},
    "required": ["secure"],
    "additionalProperties": False,
}
_SECRETS = {
    "description": "Secrets that groups name: pulumi config set --secret --path secrets.<name>.",
    "type": "object",
    "additionalProperties": {"type": "object"},
}


class _OfStackFiles(GenerateJsonSchema):
    """The schema of values as they are written in a file."""

    def encode_default(self, dft: Any) -> Any:
        """A default as a stack's file would have it: an image by its name."""
        return super().encode_default(dft.name if isinstance(dft, NamedImage) else dft)

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - the signature is pydantic's
        """No field has a title: pydantic would make "Adminusername" of `adminUsername`, and the key says it better."""
        return False


def stack_file_schema() -> dict[str, Any]:
    """The schema of `Pulumi.<stack>.yaml`: every key of azure-hotpatch, and any other key of Pulumi's."""
    settings = StackSettings.model_json_schema(schema_generator=_OfStackFiles)
    keys = {f"{_NAMESPACE}:{key}": value for key, value in settings["properties"].items()}
    keys[f"{_NAMESPACE}:adminPassword"] = _SECRET
    keys[f"{_NAMESPACE}:secrets"] = _SECRETS
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of azure-hotpatch",
        "type": "object",
        "properties": {
            "config": {
                "type": "object",
                "properties": keys,
                # A misspelled key of ours is a mistake; what other namespaces have is not ours to judge.
                "propertyNames": {"anyOf": [{"enum": list(keys)}, {"not": {"pattern": f"^{_NAMESPACE}:"}}]},
            }
        },
        "$defs": settings["$defs"],
    }
