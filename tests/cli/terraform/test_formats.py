"""What is none of Terraform's plans and states says so, with the command that makes one."""

import json
from typing import Any

import pytest

from tests.cli.terraform.plans import created, machine, plan, state

LOG = {"@level": "info", "@message": "Terraform 1.11.4", "@module": "terraform.ui", "type": "version"}
RAW = {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "a", "outputs": {}, "resources": []}
SOURCE = b'# a machine\n\nresource "azurerm_windows_virtual_machine" "vm" {\n  name = "web"\n}\n'


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("terraform.tfstate", RAW, "raw state"),
        ("old.tfstate", {"version": 3, "terraform_version": "0.11.0", "modules": []}, "raw state"),
        ("log.json", LOG, "logs"),
        ("log.json", "\n".join([json.dumps(LOG)] * 3).encode(), "logs"),
        ("plan.out", b"PK\x03\x04\x14\x00\x08\xff\xfe", "zip archive"),
        ("main.tf", SOURCE, "source"),
        ("-", SOURCE, "source"),
        ("-", b"terraform {\n}\n", "source"),
        ("main.tofu", b"# nothing\n", "source"),
        ("main.tf.json", {"resource": {"azurerm_windows_virtual_machine": {}}}, "source"),
        (
            "plan.json",
            b'[command]/tools/terraform-bin show -json p\n{"format_version":"1.2"}',
            "terraform_wrapper",
        ),
        ("schema.json", {"format_version": "1.0", "provider_schemas": {}}, "schemas"),
        ("valid.json", {"format_version": "1.0", "valid": True, "diagnostics": []}, "validate"),
        ("version.json", {"terraform_version": "1.11.4", "provider_selections": {}}, "version"),
        ("redacted.json", {"plan_format_version": "1.1", "provider_schemas": {}, "resource_changes": []}, "HCP"),
        ("plan.json", {**plan([]), "format_version": "0.2"}, "before 1.1"),
        ("plan.json", {**plan([]), "format_version": "2.0"}, "1.x can be read"),
        ("plan.json", {**plan([]), "format_version": None}, "1.x can be read"),
        ("state.json", {**state(), "format_version": "0.2"}, "before 1.1"),
    ],
)
def test_what_is_handed_in_by_mistake_has_a_hint(name: str, content: Any, hint: str, hotpatch: Any, write: Any) -> None:
    outcome = hotpatch("check", name, stdin=content) if name == "-" else hotpatch("check", write(name, content))
    assert (outcome.code, outcome.out) == (3, "")
    assert hint in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_a_plan_as_powershell_redirects_it_is_read(check: Any, write: Any) -> None:
    text = json.dumps(plan([created(machine())]))
    assert check(write("p.json", text.encode("utf-16"))).code == 0


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.9"])
def test_minor_versions_are_read(version: str, check: Any, write: Any) -> None:
    assert check(write("p.json", {**plan([created(machine())]), "format_version": version, "new_key": {}})).code == 0
