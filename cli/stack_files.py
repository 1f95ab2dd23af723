"""What the command line reads from a stack's file, without the engine."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import refuse_output
from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.settings import PASSWORD, SECRETS, SettingsError, StackSettings, parse_settings
from azure_hotpatch.domain.vocabulary.problem import Location, Problem, written
from azure_hotpatch.program.stack_file import octals_in, places_in
from azure_hotpatch.program.stack_yaml import StackFileError, as_string, configured, parsed

_CALENDAR = ":calendar"  # below the project's name, whatever the project is called
_TEMPLATE, _FLEET = "azure-hotpatch", "fleet"


def recorded_in(file: Path, calendar: Calendar = CALENDAR) -> Calendar:
    """A record of releases with those that a stack's file adds; raises Failure."""
    config, data = _config(file, "--stack-file ")
    key = next((key for key in config if key.endswith(_CALENDAR)), None)
    if key is None:
        return calendar
    namespace, _, name = key.rpartition(":")
    return _parsed({name: config[key]}, file, data, (namespace,)).calendar.extended(calendar)


def settings_of(file: Path) -> StackSettings:
    """The settings in a stack's file; a Failure that lists every mistake in it."""
    config, data = _config(file, "")
    found = [key.partition(":") for key in config]
    namespaces = {namespace for namespace, _, key in found if key == _FLEET}  # azure-native has a location too
    ordered = sorted({_TEMPLATE, *namespaces}, key=lambda one: one != _TEMPLATE)
    taken: dict[str, Any] = {}
    for namespace in ordered:  # a project's own key comes last, and replaces that of the template
        taken |= {key: config[f"{namespace}:{key}"] for space, _, key in found if space == namespace}
    keys = {key: value for key, value in taken.items() if key not in (PASSWORD, SECRETS)}
    settings = _parsed(keys, file, data, tuple(reversed(ordered)))
    if not namespaces:
        raise Failure(f"{file} has no {_TEMPLATE}:{_FLEET}, and so no machine")
    return settings


def _parsed(keys: dict[str, Any], file: Path, data: bytes, namespaces: tuple[str, ...]) -> StackSettings:
    encrypted = sorted(written(location) for location in _encrypted(keys, (), set()))
    if encrypted:
        raise Failure(
            f"{file}: {', '.join(encrypted)}: encrypted, and only Pulumi can read it; keep secrets in "
            f"{PASSWORD} and {SECRETS}, and set this with `pulumi config set --path` without --secret"
        )
    try:
        find, misread = places_in(data, namespaces), octals_in(data, namespaces)
        return parse_settings(
            keys, file=str(file), find=find, misread=[each for each in misread if _key_of(each) in keys]
        )
    except SettingsError as error:
        raise Failure(str(error)) from None


def _key_of(problem: Problem) -> str:
    return re.split(r"[.\[]", problem.path, maxsplit=1)[0]


def _encrypted(value: Any, location: Location, seen: set[int]) -> Iterator[Location]:
    """Where a value is a secret of Pulumi's; what aliases share is looked at once."""
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict) and value.keys() == {"secure"} and isinstance(value["secure"], str):
        yield location
        return
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _encrypted(inner, (*location, step), seen)


def _config(file: Path, option: str) -> tuple[dict[str, Any], bytes]:
    """The configuration in a stack's file, in which a value is a string, a list or an object, and the file's bytes."""
    refuse_output(str(file))
    try:
        data = file.read_bytes()
        read = parsed(data)
    except OSError as error:
        raise Failure(f"{option}{file} cannot be read: {error.strerror}") from None
    except StackFileError as error:
        raise Failure(f"{option}{file} cannot be read as YAML: {error}") from None
    config = read.get("config") if isinstance(read, dict) else None
    if not isinstance(config, dict):
        raise Failure(f"{option}{file} is not a stack's file: it has no config")
    for key, value in config.items():
        if ":" not in key:
            below = next(iter(value), "") if key == _TEMPLATE and isinstance(value, dict) else ""
            name = f"{_TEMPLATE}:{below or key}"
            raise Failure(f"{option}{file} has the key {key}, which Pulumi does not read: each is written like {name}")
    return {key: _handed_on(value) for key, value in config.items()}, data


def _handed_on(value: Any) -> Any:
    """A value as a program gets it from Pulumi."""
    return value if isinstance(value, dict | list) else configured(as_string(value))
