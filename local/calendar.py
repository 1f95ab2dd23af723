"""The calendar in effect: the record of this release, with the releases that `hotpatch calendar update` kept here."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar, PatchEvent
from azure_hotpatch.domain.counting import counted

VARIABLE = "AZURE_HOTPATCH_CALENDAR"
NONE = "none"  # the variable's value for the record alone


class UnreadableError(Exception):
    """The file of the kept releases is there and cannot be read; `str()` is one line that names it."""


@dataclass(frozen=True, slots=True)
class Added:
    """The releases that were kept: from where, when, and which. `events` are in order of their file."""

    source: str
    taken: date
    events: tuple[PatchEvent, ...]

    def __str__(self) -> str:
        count = counted(len(self.events), "release")
        return f"{count} from {self.source}, taken on {self.taken}"


def place(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Where the releases are kept: the user's own file, or the one that VARIABLE names; None where it is `none`."""
    named = environ.get(VARIABLE)
    if named:
        return None if named == NONE else Path(named).expanduser().absolute()
    from typer import get_app_dir  # of no use to whoever names a file

    return Path(get_app_dir("azure-hotpatch")) / "calendar.json"


def added() -> Added | None:
    """The kept releases, or None where there are none. Raises UnreadableError."""
    path = place()
    if path is None or not path.exists():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Added(str(kept["source"]), date.fromisoformat(kept["taken"]), events_of(kept["events"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableError(
            f"{path} cannot be read ({reason}): delete it, or run `hotpatch calendar update` again"
        ) from None


def calendar() -> Calendar:
    """The calendar in effect: whatever judges by releases starts from it, and adds those of a stack's file."""
    return with_added(added())


def with_added(found: Added | None) -> Calendar:
    """The record of this release with releases that were read already."""
    return CALENDAR.extended(found.events) if found else CALENDAR


def events_of(raw: Any) -> tuple[PatchEvent, ...]:
    """Releases as a stack's `calendar` has them. Raises domain.settings.SettingsError, which is a ValueError."""
    from azure_hotpatch.domain.settings import parse_settings  # not for a command that reads no releases

    return tuple(event.event() for event in parse_settings({"calendar": {"events": raw}}).calendar.events)


def keep(source: str, raw: Sequence[Mapping[str, Any]], taken: date) -> Path | None:
    """Write the releases in place of those that were kept, and say where; None, and nothing is written, for `none`."""
    path = place()
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    text = json.dumps({"source": source, "taken": taken.isoformat(), "events": list(raw)}, indent=2)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return path
