"""Read the options of a served emulator: the time at which its clock starts, and an event file."""

import json
from datetime import UTC, datetime
from pathlib import Path

from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.windows_update.events import EventFile, check


class StartOptionError(ValueError):
    """One line that says what is wrong with an option."""


def moment(text: str) -> datetime:
    """Parse a date or a time; one without a time zone is in UTC. Raises StartOptionError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise StartOptionError(f"{text!r} is not a time; write it as 2025-01-12 or 2025-01-12T08:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def event_file(path: str) -> EventFile:
    """Read and validate an event file. Raises StartOptionError with all that is wrong with it."""
    try:
        return check(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise StartOptionError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise StartOptionError(f"{path}: it is not JSON: {error}") from error
    except ArmError as error:
        raise StartOptionError(f"{path}: {error.message}") from error
