"""A clock that jumps over long waits, so that a wave's soak and hours pass in seconds."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

_LONG = 5.0  # seconds; what is shorter is waited for
_BLINK = 0.01


class RehearsalClock:
    """Real time, and how far it was moved on. Whoever waits for longer than others has it moved to their own moment."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds, as time.monotonic."""
        return time.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        if seconds < _LONG:
            await asyncio.sleep(seconds)
            return
        until = self.monotonic() + seconds
        await asyncio.sleep(_BLINK)
        self._ahead += max(0.0, until - self.monotonic())
