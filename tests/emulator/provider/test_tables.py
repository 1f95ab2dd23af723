"""The committed tables: what the generator makes of the installed SDK, and whole in themselves."""

import json
import re
from pathlib import Path

import pytest

from azure_hotpatch.emulator.provider import catalogue, schema, stored, tables
from azure_hotpatch.emulator.provider.generator import sdk
from azure_hotpatch.emulator.provider.generator.__main__ import text
from azure_hotpatch.emulator.provider.generator.paths import PATHS

WORDS = {"string", "boolean", "integer", "number", "any"}
RESOURCES = [f"azure-native:{module}:{name}" for module in PATHS for name in PATHS[module]]


@pytest.mark.parametrize("module", PATHS)
def test_the_table_is_what_the_generator_makes(module: str) -> None:
    committed = Path(tables.__file__).with_name(f"{module}.json").read_text(encoding="utf-8")
    assert committed == text(module), "run `python -m azure_hotpatch.emulator.provider.generator`"


@pytest.mark.parametrize("token", RESOURCES)
def test_every_part_of_a_path_is_an_argument_of_the_sdk(token: str) -> None:
    _, module, name = token.split(":")
    arguments = sdk.inputs(sdk.arguments(getattr(sdk.module(module), name)))
    assert set(catalogue.resource(token).path_parameters) <= set(arguments)


@pytest.mark.parametrize("token", RESOURCES)
def test_every_resource_has_an_api_version(token: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(-preview)?", catalogue.resource(token).version)


@pytest.mark.parametrize("module", PATHS)
def test_every_type_that_is_referred_to_is_there(module: str) -> None:
    _, _, types = catalogue.contents(module)
    shapes = [*types.values(), *(catalogue.resource(t).shape for t in RESOURCES if t.split(":")[1] == module)]
    words = {re.sub(r"^set|[\[\]{}]", "", prop.type) for shape in shapes for prop in shape.values()}
    words = {re.sub(r"[\[\]{}]", "", word) for word in words}
    assert words - WORDS <= set(types)


def test_the_schema_refers_to_nothing_that_is_not_in_it() -> None:
    package = json.loads(schema.text("3.29.0"))
    referred = set(re.findall(r'"#/types/([^"]+)"', json.dumps(package)))
    assert referred <= set(package["types"])
    kept = {f"azure-native:{module}:{name}" for module in stored.modules() for name in stored.names(module)}
    moved = {
        f"azure-native:{old}:{name}"
        for old, modules in stored.moved().items()
        for names in modules.values()
        for name in names.split()
    }
    assert set(package["resources"]) == {*RESOURCES, *kept, *moved}
    machine = package["resources"]["azure-native:compute:VirtualMachine"]
    assert machine["requiredInputs"] == ["resourceGroupName"]
    assert "vmId" in machine["properties"]
    assert "vmId" not in machine["inputProperties"]
