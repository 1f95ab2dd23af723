"""What the command line reads from a stack's file, without the engine."""

from pathlib import Path
from typing import Any

import yaml

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.settings import PASSWORD, SettingsError, StackSettings, parse_settings

_CALENDAR = ":calendar"  # below the project's name, whatever the project is called
_TEMPLATE, _FLEET = "azure-hotpatch", "fleet"


def recorded_in(file: Path, calendar: Calendar = CALENDAR) -> Calendar:
    """A record of releases with those that a stack's file adds; raises Failure."""
    config = _config(file, "--stack-file ")
    stated: Any = next((value for key, value in config.items() if str(key).endswith(_CALENDAR)), {})
    return _parsed({"calendar": stated}, file).calendar.extended(calendar)


def settings_of(file: Path) -> StackSettings:
    """The settings in a stack's file; a Failure that lists every mistake in it."""
    config = _config(file, "")
    found = [str(key).partition(":") for key in config]
    namespaces = {namespace for namespace, _, key in found if key == _FLEET}  # azure-native has a location too
    if not namespaces:
        raise Failure(f"{file} has no {_TEMPLATE}:{_FLEET}, and so no machine")
    taken: dict[str, Any] = {}
    for namespace in sorted(
        {_TEMPLATE, *namespaces}, key=lambda one: one != _TEMPLATE
    ):  # a project's own key comes first
        taken |= {key: config[f"{namespace}:{key}"] for space, _, key in found if space == namespace}
    return _parsed({key: value for key, value in taken.items() if key != PASSWORD}, file)


def _parsed(keys: dict[str, Any], file: Path) -> StackSettings:
    try:
        return parse_settings(keys, file=str(file))
    except SettingsError as error:
        raise Failure(str(error)) from None


def _config(file: Path, option: str) -> dict[Any, Any]:
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"{option}{file} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise Failure(f"{option}{file} is not YAML") from None
    config = read.get("config") if isinstance(read, dict) else None
    if not isinstance(config, dict):
        raise Failure(f"{option}{file} is not a stack's file: it has no config")
    return config
