"""The stops of bad updates that are in force in a store of waves, for commands that only look."""

import os
from datetime import datetime

from azure_hotpatch.cli.patching.extra import needing_operations
from azure_hotpatch.cli.patching.options import DATABASE_URL
from azure_hotpatch.operations.durable import wave_file
from azure_hotpatch.operations.status.stopped import StoppedUpdate


def stops_at(command: str, store: str | None, database_url: str | None, now: datetime) -> tuple[StoppedUpdate, ...]:
    """The stops that hold at a moment; none where no store was named and the user has none. Raises Failure."""
    is_named = store or database_url or os.environ.get(DATABASE_URL)
    if not is_named and not wave_file.default_path().is_file():
        return ()  # without the durable engine, which takes a second to import
    with needing_operations(command):
        from azure_hotpatch.cli.patching.stores import refusing, store_at
        from azure_hotpatch.operations.durable.wave_store import exists
        from azure_hotpatch.operations.durable.worker import reaching

        with refusing():
            place = store_at(store, database_url)
            if not exists(place):
                return ()
            with reaching(place):
                return _held(place, now)


def _held(place, now: datetime) -> tuple[StoppedUpdate, ...]:  # type: ignore[no-untyped-def]  # of the durable engine
    from azure_hotpatch.operations.durable.notes import bans, opened

    with opened(place) as engine:
        found = [one for one in bans(engine, now) if one.bad_since <= now]
    return tuple(StoppedUpdate(one.kb, one.bad_since, one.reason, one.fixes, one.expires) for one in found)
