"""Read the files and options of a command line; a mistake in one is a Failure."""

from collections.abc import Sequence
from typing import Any

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import STDIN, json_of
from azure_hotpatch.cli.reports import FORMATS
from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.azure.nearest import did_you_mean, nearest
from azure_hotpatch.policies.config import Config, ConfigError, parse_config


def json_object_of(name: str, option: str) -> dict[str, Any]:
    """The object in a JSON file that an option names."""
    value = json_of(name, option)
    if not isinstance(value, dict):
        raise Failure(f"{option} {name} is not a JSON object")
    return value


def config_of(name: str | None, calendar: Calendar = CALENDAR) -> Config:
    """The configuration in a file, or the default one; the releases in it are added to `calendar`."""
    try:
        return parse_config(json_object_of(name, "--config") if name is not None else {}, calendar=calendar)
    except ConfigError as error:
        raise Failure(f"{name}: {error}") from None


def outputs_of(form: str | None, outputs: Sequence[str]) -> list[tuple[str, str]]:
    """The reports and their targets: `--output json=a.json`, `--format` to stdout, text if neither is given."""
    wanted = [_output(output) for output in outputs]
    if form or not wanted:
        wanted.insert(0, (_known(form or "text", "--format"), STDIN))
    return wanted


def _output(text: str) -> tuple[str, str]:
    form, found, target = text.partition("=")
    if not found or not target:
        raise Failure(f"--output {text!r} names no file: write FORMAT=FILE, for instance sarif=hotpatch.sarif")
    return _known(form, "--output"), target


def _known(form: str, option: str) -> str:
    if form in FORMATS:
        return form
    raise Failure(f"{option} {form!r} is not one of {', '.join(FORMATS)}{did_you_mean(nearest(form, FORMATS))}")
