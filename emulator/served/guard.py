"""Which requests a served emulator accepts: from this machine, not from web pages, limited in size and time."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

from azure_hotpatch.emulator.arm import routes
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.protocol.payload import RequestTooLarge

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
ASGIApp = Callable[[Any, Receive, Any], Awaitable[None]]

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_BODY_SECONDS = 30.0
_SLASHES = re.compile(r"^/{2,}")
_OWN_PAGES = {"same-origin", "none"}  # what a browser says of its own address bar


class MisdirectedRequest(ArmError):  # noqa: N818 - named after its code, as in errors.py
    """Asked for under a name that is not this server's: a page may point its own name here (DNS rebinding)."""

    status = 421
    code = "MisdirectedRequest"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The host '{host}' is none of the emulator's; `hotpatch azure serve --name HOST` adds one.", code=self.code
        )


class ForeignOrigin(ArmError):  # noqa: N818 - as above
    """Asked by a web page."""

    status = 403
    code = "ForeignOrigin"

    def __init__(self) -> None:
        super().__init__("The emulator answers programs, not web pages.")


class RequestTimeout(ArmError):  # noqa: N818 - as above
    """A body that does not come to its end."""

    status = 408
    code = "RequestTimeout"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The request was not complete after {seconds:g} seconds.")


class Guard:
    """ASGI middleware before everything that is served."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), body_seconds: float = _BODY_SECONDS) -> None:
        self._app = app
        self._hosts = {name.lower() for name in (*LOOPBACK, *names)}
        self._body_seconds = body_seconds

    async def __call__(self, scope: Any, receive: Receive, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope)
            # The CLI's address of ARM may end with a slash, to which it appends a path.
            scope = {**scope, "path": _SLASHES.sub("/", scope["path"])}
            body = await self._body(scope, receive)
        except ArmError as error:
            await JSONResponse(error.body(), error.status, {"Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)

    def _check(self, scope: Any) -> None:
        headers = {name.lower(): value for name, value in scope["headers"]}
        host = headers.get(b"host", b"").decode("latin-1")
        if host_name(host) not in self._hosts:
            raise MisdirectedRequest(host)
        origin = headers.get(b"origin")
        if origin is not None and origin.decode("latin-1").lower() != f"{scope['scheme']}://{host}".lower():
            raise ForeignOrigin
        site = headers.get(b"sec-fetch-site")
        if site is not None and site.decode("latin-1").lower() not in _OWN_PAGES:
            raise ForeignOrigin

    async def _body(self, scope: Any, receive: Receive) -> bytes:
        most = routes.largest_body(scope["path"])
        try:
            async with asyncio.timeout(self._body_seconds):
                return await _read(receive, most)
        except TimeoutError:
            raise RequestTimeout(self._body_seconds) from None


def host_name(host: str) -> str:
    """The name in a Host header, in lower case; empty where it has none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


async def _read(receive: Receive, most: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            raise RequestTooLarge(most)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return given.pop() if given else await receive()

    return next_message
