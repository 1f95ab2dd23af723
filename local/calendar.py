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
    """Write releases beside those that were kept before, and say where; None, and nothing is written, for `none`.

    One takes the place of what was kept of its month, or of its KB number. A file that cannot be read is replaced.
    """
    path = place()
    if path is None:
        return None
    before, stay = _beside(path, raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    sources = ", ".join(dict.fromkeys([*(before.split(", ") if stay else ()), source]))
    text = json.dumps({"source": sources, "taken": taken.isoformat(), "events": [*stay, *raw]}, indent=2)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return path


def _beside(path: Path, raw: Sequence[Mapping[str, Any]]) -> tuple[str, list[Mapping[str, Any]]]:
    """Where the kept releases are from, and those of them that `raw` does not replace."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        source, events = str(kept["source"]), list(zip(kept["events"], events_of(kept["events"]), strict=True))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return "", []
    new = {key for event in events_of(raw) for key in _keys(event)}
    return source, [one for one, event in events if not new & _keys(event)]


def _keys(event: PatchEvent) -> set[tuple[str, ...]]:
    """What makes two releases the same: one month of a Windows Server, or one KB number."""
    month = {(event.generation, f"{event.day:%Y-%m}")} if event.release.is_monthly else set()
    return {*month, *({(event.kb,)} if event.kb else ())}
