"""Serve the ARM emulator: `python -m azure_hotpatch.emulator.arm --store PATH --port N`."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from azure_hotpatch.emulator.arm.app import SERVED, create_app
from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import ArmError
from azure_hotpatch.emulator.arm.store_file import StoreError
from azure_hotpatch.emulator.arm.windows_update.events import check
from azure_hotpatch.emulator.served.guard import Guard


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        words = f"{text!r} is not a time; write it as 2025-01-12 or 2025-01-12T08:00:00Z"
        raise argparse.ArgumentTypeError(words) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _events(path: str) -> Json:
    try:
        return check(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{path}: it is not JSON: {error}") from error
    except ArmError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.message}") from error


def main() -> None:
    parser = argparse.ArgumentParser(prog="azure_hotpatch.emulator.arm", description="Serve an Azure Resource Manager.")
    parser.add_argument("--store", default=":memory:", help="SQLite file that remembers the resources (default: none)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=4599, help="port to listen at; 0 takes a free one")
    parser.add_argument("--start", type=_moment, help="time at which the clock of a new store starts (default: now)")
    parser.add_argument("--events", type=_events, help="JSON file with releases to come and updates that go wrong")
    parser.add_argument("--throttling", action="store_true", default=None, help="limit requests as Compute does")
    given = parser.parse_args()
    try:
        app = create_app(given.store, start=given.start, events=given.events, throttling=given.throttling, pause=SERVED)
    except StoreError as error:
        sys.exit(f"{parser.prog}: {error}")
    uvicorn.run(Guard(app, [given.host]), host=given.host, port=given.port, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
