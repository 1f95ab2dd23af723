"""The guide to a stack's file: every example in it is a valid stack, and the errors in it are the real ones."""

import re
from pathlib import Path

import pytest
import yaml

from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings import SettingsError, StackSettings, parse_settings

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "stack-settings.md").read_text()
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_valid_stack(example: str) -> None:
    config = yaml.safe_load(example)["config"]
    assert (
        parse_settings({key.removeprefix("azure-hotpatch:"): value for key, value in config.items()}) != StackSettings()
    )


def test_every_setting_of_a_stack_and_every_mode_is_mentioned() -> None:
    settings = [field.alias or name for name, field in StackSettings.model_fields.items()]
    assert [key for key in (*settings, *PatchingMode) if key not in GUIDE] == []


def test_the_errors_shown_are_the_real_ones() -> None:
    schedule = {"start": "2027-01-16 02:00", "recurrence": "Day", "timeZone": "Europe/Berlin"}
    with pytest.raises(SettingsError) as caught:
        parse_settings(
            {
                "maintenance": {"mode": "customerManagedSchedule", "schedule": schedule},
                "fleet": {"machines": [{"name": "web", "image": "2022-datacenter-azure-edition"}]},
            }
        )
    assert f"```\n{caught.value}\n```" in GUIDE
