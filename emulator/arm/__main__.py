"""Serve the ARM emulator: `python -m azure_hotpatch.emulator.arm --store PATH --port N`."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

import uvicorn

from azure_hotpatch.emulator.arm.admin.start_options import StartOptionError, event_file, moment
from azure_hotpatch.emulator.arm.app import SERVED, create_app
from azure_hotpatch.emulator.arm.database.store_file import StoreError
from azure_hotpatch.emulator.served.guard import Guard


def _read(reader: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return reader(text)
        except StartOptionError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return read


def main() -> None:
    parser = argparse.ArgumentParser(prog="azure_hotpatch.emulator.arm", description="Serve an Azure Resource Manager.")
    parser.add_argument("--store", default=":memory:", help="SQLite file that remembers the resources (default: none)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=4599, help="port to listen at; 0 takes a free one")
    parser.add_argument(
        "--start", type=_read(moment), help="time at which the clock of a new store starts (default: now)"
    )
    parser.add_argument(
        "--events", type=_read(event_file), help="JSON file with releases to come and updates that go wrong"
    )
    parser.add_argument("--throttling", action="store_true", default=None, help="limit requests as Compute does")
    parser.add_argument("--graph-delay", type=float, help="seconds that Resource Graph is behind (default: none)")
    given = parser.parse_args()
    try:
        app = create_app(
            given.store,
            start=given.start,
            events=given.events,
            throttling=given.throttling,
            graph_delay=given.graph_delay,
            pause=SERVED,
        )
    except StoreError as error:
        sys.exit(f"{parser.prog}: {error}")
    uvicorn.run(Guard(app, [given.host]), host=given.host, port=given.port, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
