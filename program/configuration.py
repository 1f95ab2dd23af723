"""What the stack's configuration asks for, read once; wrong settings end the program with all that is wrong."""

import json
from collections.abc import Mapping
from typing import Any

import pulumi

from azure_hotpatch.domain.settings import SettingsError, StackSettings, parse

PASSWORD = "adminPassword"  # noqa: S105 - the name of the setting


def stack_settings() -> StackSettings:
    """The settings of the stack that is being deployed; raises pulumi.RunError, which is printed as it is."""
    return settings_of(pulumi.runtime.get_config_env(), pulumi.get_project())


def settings_of(config: Mapping[str, str], project: str = "azure-hotpatch") -> StackSettings:
    """The settings in a stack's configuration, whose values are texts: JSON for lists and objects.

    Their keys begin with the project's name, which is another where the project was made by `pulumi new`.
    """
    prefix = f"{project}:"
    own = {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}
    try:
        return parse({key: _value(text) for key, text in own.items() if key != PASSWORD})
    except SettingsError as error:
        raise pulumi.RunError(str(error)) from None


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in ("{", "[") else text
