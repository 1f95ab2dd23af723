"""The guide to patching names commands, options, settings, rights and a stop file as they are."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from azure_hotpatch.cli.__main__ import command_of
from azure_hotpatch.operations.install.advisory import Advisory, Lift
from azure_hotpatch.operations.install.wave_settings import WaveSettings

GUIDE = (Path(__file__).resolve().parents[3] / "docs/guides/patch-machines.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ hotpatch (.+)$", GUIDE, re.MULTILINE)


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_has_the_options_that_the_guide_gives(line: str) -> None:
    name, *words = shlex.split(line)
    command: Any = command_of(name)
    if hasattr(command, "commands"):
        command = command.commands[words[0]]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_settings_of_a_wave_are_accepted() -> None:
    assert WaveSettings.model_validate(yaml.safe_load(block("yaml"))).rings


def test_the_stop_file_is_accepted() -> None:
    text = re.search(r"^\$ cat stop\.json\n(.+)$", GUIDE, re.MULTILINE)
    assert text
    assert Advisory.model_validate(json.loads(text[1])).fixes == ("5129237",)


def test_the_file_that_lifts_a_stop_is_accepted() -> None:
    text = re.search(r"^\$ cat lift\.json\n(.+)$", GUIDE, re.MULTILINE)
    assert text
    assert Lift.model_validate(json.loads(text[1])).superseded_by == "5129237"
