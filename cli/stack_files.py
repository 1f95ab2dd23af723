"""What the command line reads from a stack's file."""

from pathlib import Path
from typing import Any

import yaml

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.settings import SettingsError, parse

_CALENDAR = ":calendar"  # below the project's name, whatever the project is called


def recorded_in(file: Path) -> Calendar:
    """The built-in record of releases with those that a stack's file adds; raises Failure."""
    config = _config(file)
    stated: Any = next((value for key, value in config.items() if str(key).endswith(_CALENDAR)), {})
    try:
        return parse({"calendar": stated}, file=str(file)).calendar.extended()
    except SettingsError as error:
        raise Failure(str(error)) from None


def _config(file: Path) -> dict[Any, Any]:
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"--stack-file {file} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise Failure(f"--stack-file {file} is not YAML") from None
    config = read.get("config") if isinstance(read, dict) else None
    if not isinstance(config, dict):
        raise Failure(f"--stack-file {file} is not a stack's file: it has no config")
    return config
