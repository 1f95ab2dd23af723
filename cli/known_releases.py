"""The releases that a user has added to the built-in record, kept in a file of the user's."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.given import read_bytes
from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar, PatchEvent, Release

_LARGEST = 1_000_000  # bytes; a hundred years are a tenth of it
_TIMEOUT = 20  # seconds


@dataclass(frozen=True, slots=True)
class Known:
    """Added releases, with their source and date."""

    source: str
    taken: date
    events: tuple[PatchEvent, ...]
    raw: tuple[dict[str, Any], ...]


def releases_file() -> Path:
    """Where the added releases are kept."""
    return Path(typer.get_app_dir("azure-hotpatch")) / "calendar.json"


def added() -> Known | None:
    """The added releases, or None where there are none; a Failure where their file cannot be read."""
    path = releases_file()
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        raw = kept["events"]
        return Known(str(kept["source"]), date.fromisoformat(kept["taken"]), _events(raw, str(path)), tuple(raw))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Failure(f"{path} cannot be read ({error}); delete it, or run `hotpatch calendar update` again") from None


def calendar() -> Calendar:
    """The built-in record with the added releases."""
    known = added()
    return CALENDAR.extended(known.events) if known else CALENDAR


def read(source: str) -> tuple[tuple[PatchEvent, ...], list[dict[str, Any]]]:
    """The releases in a file or at an https address: JSON, `{"events": […]}` as a stack's `calendar` has them."""
    data = _download(source) if "://" in source else read_bytes(source)
    if len(data) > _LARGEST:
        raise Failure(f"{source} is larger than {_LARGEST} bytes, and no list of releases is")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise Failure(f"{source} is not JSON: it is written " + '{"events": [{"day": "2026-10-13", …}]}') from None
    raw = found.get("events") if isinstance(found, dict) else None
    if not isinstance(raw, list) or not raw:
        raise Failure(f'{source} has no list "events" with releases in it')
    return _events(raw, source), raw


def keep(source: str, raw: list[dict[str, Any]], taken: date) -> Path:
    """Write the releases to the person's file, in place of those that were there."""
    path = releases_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    text = json.dumps({"source": source, "taken": taken.isoformat(), "events": raw}, indent=2)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return path


def contradictions(events: tuple[PatchEvent, ...]) -> list[str]:
    """The conflicts between releases and the built-in record, by month."""
    found = []
    for event in events:
        known = next((one for one in CALENDAR.monthly(event.generation) if _same_month(one, event)), None)
        if known and event.release.is_monthly and (known.release, known.day) != (event.release, event.day):
            found.append(
                f"Windows Server {event.generation}, {event.day}: {event.release}, and the record has "
                f"{known.release} of {known.day} ({known.kb})"
            )
    return found


def _same_month(one: PatchEvent, other: PatchEvent) -> bool:
    return (one.day.year, one.day.month) == (other.day.year, other.day.month)


def _events(raw: Any, source: str) -> tuple[PatchEvent, ...]:
    from azure_hotpatch.domain.settings import SettingsError, parse_settings  # not for a command that reads no releases

    try:
        settings = parse_settings({"calendar": {"events": raw}})
    except SettingsError as error:
        mistakes = "; ".join(f"{one.path.removeprefix('calendar.')}: {one.message}" for one in error.problems)
        raise Failure(f"{source}: {mistakes}") from None
    events = tuple(event.event() for event in settings.calendar.events)
    off = [event for event in events if event.release is Release.BASELINE and event.day.month not in (1, 4, 7, 10)]
    if off:
        raise Failure(f"{source}: a baseline of {off[0].day} was not planned: its release is unplannedBaseline")
    return events


def _download(address: str) -> bytes:
    if not address.startswith("https://"):
        raise Failure(f"{address} is not an https address")
    try:
        import httpx
    except ImportError:
        raise Failure("an address needs httpx: pip install 'azure-hotpatch[operations]', or give a file") from None
    try:
        answer = httpx.get(address, timeout=_TIMEOUT, follow_redirects=True)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise Failure(f"{address} cannot be read: {error}".splitlines()[0]) from None
    return answer.content
