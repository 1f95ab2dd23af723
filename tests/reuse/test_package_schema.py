"""The schema that programs in other languages see: the checked-in file is current, whole, and in their words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pulumi

from azure_hotpatch import components
from azure_hotpatch.components.plugin.enumerations import NAMES
from azure_hotpatch.domain.azure.patching import PatchingMode

REPOSITORY = Path(__file__).resolve().parents[2]
FILE = REPOSITORY / "components" / "schema.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text())
REGENERATE = """components/schema.json is not what the components say. After `make env`, write it again:
    pulumi package get-schema .hotpatch/venv/bin/pulumi-resource-azure-hotpatch > components/schema.json"""


def definitions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each component and type by its token."""
    yield from {**SCHEMA["resources"], **SCHEMA["types"]}.items()


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each input and output by its path."""
    for token, definition in definitions():
        for kind in ("inputProperties", "properties"):
            for name, value in definition.get(kind, {}).items():
                yield f"{token}.{name}", value


def inputs() -> Iterator[tuple[str, str, bool]]:
    """The path and the description of each input, and whether it is required."""
    for token, definition in definitions():
        kind, required = (
            ("inputProperties", "requiredInputs") if definition.get("isComponent") else ("properties", "required")
        )
        for name, value in definition.get(kind, {}).items():
            yield f"{token}.{name}", value["description"], name in definition.get(required, ())


def test_the_checked_in_schema_is_what_the_cli_reads(engine: Any, installed: Path, tmp_path: Path) -> None:
    plugin = installed.with_name("pulumi-resource-azure-hotpatch")
    read = json.loads(engine(["package", "get-schema", str(plugin)], tmp_path).stdout)
    assert read == SCHEMA, REGENERATE


def test_every_component_is_in_the_package() -> None:
    exported = {name for name in components.__all__ if _is_component(getattr(components, name))}
    assert {token.rsplit(":", 1)[-1] for token in SCHEMA["resources"]} == exported
    assert all(resource["isComponent"] for resource in SCHEMA["resources"].values())


def test_every_component_type_input_and_output_is_described() -> None:
    assert [path for path, value in (*definitions(), *properties()) if not value.get("description")] == []


def test_an_input_is_required_where_its_description_says_so() -> None:
    wrong = [path for path, text, required in inputs() if required != text.startswith("Required. ")]
    assert wrong == []
    unsaid = [path for path, text, _ in inputs() if not re.match(r"(Required|Optional|Conditional)\. ", text)]
    assert unsaid == []


def test_passwords_and_protected_settings_are_secret_inputs() -> None:
    secret = {path for path, value in properties() if value.get("secret")}
    assert secret == {path for path, _ in properties() if re.search("password|protectedSettings$", path, re.IGNORECASE)}
    assert secret


def test_no_description_calls_an_argument_by_its_python_name() -> None:
    spelled = re.compile(r"\b[a-z]+_[a-z_]+\b")
    texts = [*definitions(), *properties()]
    assert [path for path, value in texts if spelled.search(value["description"])] == []


def test_no_type_has_args_in_its_name() -> None:
    assert [token for token in SCHEMA["types"] if token.endswith("Args")] == []


def _is_component(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, pulumi.ComponentResource)


def test_the_plugin_file_names_requirements_that_install_this_project() -> None:
    lines = (REPOSITORY / "components" / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["-e .."]


def test_enumerations_complete_and_still_take_any_string() -> None:
    machine = SCHEMA["resources"]["azure-hotpatch:index:HotpatchVirtualMachine"]["inputProperties"]
    either = [{"type": "string"}, {"type": "string", "$ref": "#/types/azure-hotpatch:index:PatchingMode"}]
    assert machine["patchingMode"]["oneOf"] == either
    assert machine["zones"]["items"]["oneOf"][1]["$ref"].endswith(":Zone")
    modes = SCHEMA["types"]["azure-hotpatch:index:PatchingMode"]["enum"]
    assert [mode["value"] for mode in modes] == [mode.value for mode in PatchingMode]


def test_every_enumeration_is_taken_by_an_input_and_has_the_values_of_its_type() -> None:
    enumerations = {token: each for token, each in SCHEMA["types"].items() if "enum" in each}
    text = json.dumps(SCHEMA["resources"]) + json.dumps(SCHEMA["types"])
    assert [token for token in enumerations if f"#/types/{token}" not in text] == []
    written = {
        token.rsplit(":", 1)[-1]: [value["value"] for value in each["enum"]] for token, each in enumerations.items()
    }
    assert written == {name: list(get_args(literal)) for literal, (name, _) in NAMES.items()}


def test_the_names_of_enumeration_values_begin_with_a_letter() -> None:
    names = [value["name"] for each in SCHEMA["types"].values() for value in each.get("enum", ())]
    assert names
    assert [name for name in names if not name[0].isalpha()] == []
