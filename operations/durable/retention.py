"""Delete waves that ended long ago; DBOS keeps everything."""

from datetime import UTC, datetime

from azure_hotpatch.operations.durable import notes, waves
from azure_hotpatch.operations.durable.runtime import WaveRuntime


def forget_old(runtime: WaveRuntime, days: int) -> int:
    """Delete the waves that ended at least so many days ago; returns their number.

    A plan is refused long before (see install.plan), so that a wave that is forgotten is not begun a second time.
    """
    old = waves.over_since(runtime.client, days, datetime.now(UTC))
    for wave in old:
        notes.forget(runtime.notes, waves.forget(runtime.client, wave))
    return len(old)
