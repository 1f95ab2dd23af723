"""What the command line reads in a stack's file, and what it says of one that it cannot read."""

from pathlib import Path

import pytest

MACHINE = "{name: erp, image: 2022-core, size: Standard_D4s_v5}"
ENCRYPTED = "{secure: v1:zq9}"
FLEET = f"  shop:fleet: {{machines: [{MACHINE}]}}\n"


def _stack(folder: Path, text: str) -> str:
    (folder / "Pulumi.dev.yaml").write_text(f"config:\n{text}", encoding="utf-8")
    return "Pulumi.dev.yaml"


def test_a_list_may_be_json_in_a_string_as_pulumi_config_set_writes_it(hotpatch, tmp_path):
    text = '  shop:fleet: \'{"machines": [{"name": "erp", "image": "2022-core"}]}\'\n'
    outcome = hotpatch("forecast", _stack(tmp_path, text), "--on=2026-11-24")
    assert (outcome.code, outcome.out.splitlines()[1].split()[:2]) == (0, ["erp", "2022"])


def test_a_number_of_a_key_is_a_string_as_in_the_program(hotpatch, tmp_path):
    outcome = hotpatch("forecast", _stack(tmp_path, f"  shop:location: 0755\n{FLEET}"))
    assert (outcome.code, "value: 493, written 0755" in outcome.err) == (3, True)


def test_an_error_names_the_line(hotpatch, tmp_path):
    text = f"  azure-hotpatch:location: nowhere at all\n  shop:tags: {{a/b: c}}\n{FLEET}"
    outcome = hotpatch("forecast", _stack(tmp_path, text))
    assert "2 settings are wrong under azure-hotpatch in Pulumi.dev.yaml:" in outcome.err
    assert "\n  location (line 2): " in outcome.err
    assert "\n  tags (line 3): " in outcome.err


def test_a_key_that_is_there_twice_is_not_lost_without_a_word(hotpatch, tmp_path):
    outcome = hotpatch("forecast", _stack(tmp_path, f"{FLEET}  shop:tags: {{}}\n  shop:fleet: {{}}\n"))
    reason = "line 4: the key shop:fleet is there already, on line 2"
    assert (outcome.code, outcome.err) == (3, f"hotpatch: Pulumi.dev.yaml cannot be read as YAML: {reason}\n")


@pytest.mark.parametrize("command", ["forecast", "replay"])
def test_a_setting_that_is_encrypted_is_named_and_not_guessed(hotpatch, tmp_path, command):
    text = f"  shop:adminPassword: {ENCRYPTED}\n  shop:secrets: {{join: {ENCRYPTED}}}\n{FLEET}"
    text += f"  shop:tags: {{owner: {ENCRYPTED}}}\n  shop:location: {ENCRYPTED}\n"
    outcome = hotpatch(command, _stack(tmp_path, text))
    assert (outcome.code, outcome.out) == (3, "")
    assert "Pulumi.dev.yaml: location, tags.owner: encrypted, and only Pulumi can read it;" in outcome.err
    assert "zq9" not in outcome.err


def test_secrets_that_a_group_names_stay_unread(hotpatch, tmp_path):
    fleet = FLEET.replace("size:", "adminPasswordSecret: join, size:")
    text = f"  shop:adminPassword: {ENCRYPTED}\n  shop:secrets: {{join: {ENCRYPTED}}}\n{fleet}"
    assert hotpatch("forecast", _stack(tmp_path, text), "--on=2026-11-24").code == 0


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            "  azure-hotpatch:\n    location: uksouth\n",
            "the key azure-hotpatch, which Pulumi does not read: each is written like azure-hotpatch:location",
        ),
        ("  fleet: {}\n", "the key fleet, which Pulumi does not read: each is written like azure-hotpatch:fleet"),
        ("  azure-hotpatch: x\n", "the key azure-hotpatch, which"),
    ],
)
def test_a_key_without_a_namespace_is_one_line(hotpatch, tmp_path, keys, said):
    outcome = hotpatch("forecast", _stack(tmp_path, keys))
    assert outcome.code == 3
    assert said in outcome.err
