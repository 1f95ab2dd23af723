"""The page of the pack says what the pack takes."""

import json
import re
from pathlib import Path

from azure_hotpatch import __version__
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.policies.config import LEVELS, SETTING_NAMES, parse_config
from azure_hotpatch.policies.pack import SETTINGS_SCHEMA

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/policy-pack.md").read_text(encoding="utf-8")


def test_the_example_is_a_configuration() -> None:
    whole, modes = (parse_config(json.loads(found)) for found in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
    assert whole.waivers[0].owner == "Ada Lovelace"
    assert modes.modes.by_pattern[1] == ("*::legacy-web", PatchingMode.PAUSED)


def test_every_setting_is_on_the_page_and_in_the_schema() -> None:
    table = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert table == set(SETTING_NAMES) == SETTINGS_SCHEMA.keys()


def test_every_level_is_on_the_page() -> None:
    assert all(f"`{level}`" in PAGE for level in LEVELS)


def test_the_pack_has_the_version_of_the_package() -> None:
    assert f"version: {__version__}\n" in (ROOT / "policies/PulumiPolicy.yaml").read_text(encoding="utf-8")
