"""The schema of a stack's file: current, and of one mind with the settings about what is valid."""

import json
from pathlib import Path

from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.domain.settings.schema import stack_file_schema

FILE = Path(__file__).parents[2] / "stacks" / "settings.schema.json"


def test_the_file_is_current() -> None:
    assert json.loads(FILE.read_text()) == stack_file_schema(), (
        "the settings have changed: hotpatch schema > stacks/settings.schema.json"
    )


def test_every_setting_is_described() -> None:
    definitions = stack_file_schema()["$defs"]
    bare = [
        f"{name}.{key}"
        for name, definition in definitions.items()
        for key, value in definition.get("properties", {}).items()
        if key != "tool" and not value.get("description")
    ]
    assert bare == []


def test_every_key_of_the_stack_is_in_it_and_the_password_only_as_a_secret() -> None:
    keys = stack_file_schema()["properties"]["config"]["properties"]
    fields = {field.alias for field in StackSettings.model_fields.values()}
    assert {key.removeprefix("azure-hotpatch:") for key in keys} == fields | {"adminPassword", "secrets"}
    assert keys["azure-hotpatch:adminPassword"]["required"] == ["secure"]


def test_unknown_keys_are_refused_everywhere() -> None:
    definitions = stack_file_schema()["$defs"].values()
    assert all(
        definition["additionalProperties"] is False for definition in definitions if definition["type"] == "object"
    )
