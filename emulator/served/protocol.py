"""HTTP/1.1 for clients that must not keep a connection open without asking for anything, and for connections cut."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from azure_hotpatch.emulator.arm.app import CUT

HEADER_SECONDS = 30.0


class ImpatientProtocol(H11Protocol):
    """uvicorn's protocol, which closes a connection whose request line and headers do not come to their end."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, CUT: transport.abort}
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        half_a_head = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        if not half_a_head:
            self._wait_no_more()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = None
