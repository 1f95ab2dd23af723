"""What a person gives a served emulator to begin with: a time, and an event file."""

import json
from datetime import UTC, datetime
from pathlib import Path

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import ArmError
from azure_hotpatch.emulator.arm.windows_update.events import check


class StartOptionError(ValueError):
    """What is wrong with it, in one line."""


def moment(text: str) -> datetime:
    """A day or a time, in UTC where it names no zone. Raises StartOptionError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise StartOptionError(f"{text!r} is not a time; write it as 2025-01-12 or 2025-01-12T08:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def event_file(path: str) -> Json:
    """The content of an event file that can be followed. Raises StartOptionError with all that is wrong with it."""
    try:
        return check(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise StartOptionError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise StartOptionError(f"{path}: it is not JSON: {error}") from error
    except ArmError as error:
        raise StartOptionError(f"{path}: {error.message}") from error
