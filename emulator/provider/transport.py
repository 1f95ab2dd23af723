"""Send requests to ARM: to the emulator's app in this process, or to one that is served elsewhere."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by lower-case name, and the JSON body; None for an empty one, the text for one without JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any


Send = Callable[[str, str, Mapping[str, str], Any, Mapping[str, str]], Awaitable[Answer]]
"""`send(method, path, query, body, headers)`: one request, one answer. Headers are those beside HTTP's own."""

_HOST = "management.azure.com"
# Seconds before a request is sent again whose server could not be reached or ended before it answered. As with Azure's
# own clients a write is sent again too: a resource that was made meanwhile is written once more, not made twice.
_PAUSES = (0.2, 0.5, 1, 2, 4, 8)


def embedded(make: Callable[[], ASGIApp]) -> Send:
    """Requests to an ASGI app that is made when the first one is sent."""
    apps: list[ASGIApp] = []

    async def send(method: str, path: str, query: Mapping[str, str], body: Any, headers: Mapping[str, str]) -> Answer:
        if not apps:
            apps.append(make())
        content = b"" if body is None else json.dumps(body).encode()
        return await _call(apps[0], _scope(method, path, query, headers, content), content)

    return send


def served(url: str) -> Send:
    """Requests to a server at a base URL such as `http://localhost:8080`."""
    import httpx  # costs a third of a second, which the embedded emulator need not pay

    base = urlsplit(url)
    client = httpx.AsyncClient(base_url=f"{base.scheme}://{base.netloc}", timeout=60)

    async def send(method: str, path: str, query: Mapping[str, str], body: Any, headers: Mapping[str, str]) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        sent = {**headers, **({"content-type": "application/json"} if content else {})}
        request = client.build_request(method, path, params=dict(query), content=content, headers=sent)
        for seconds in _PAUSES:
            try:
                return _answer(await client.send(request))
            except httpx.TransportError as error:
                if _is_distrust(error):
                    raise
                await asyncio.sleep(seconds)
        return _answer(await client.send(request))

    return send


def _is_distrust(error: BaseException | None) -> bool:
    """Whether a connection failed for the server's certificate, which no other try makes better."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None


def _answer(reply: Any) -> Answer:
    return Answer(reply.status_code, dict(reply.headers), _json(reply.content))


async def _call(app: ASGIApp, scope: Mapping[str, Any], content: bytes) -> Answer:
    status, headers, chunks = 500, {}, []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def answer(message: MutableMapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.decode().lower(): value.decode() for name, value in message.get("headers", ())}
        elif message["type"] == "http.response.body":
            chunks.append(message.get("body", b""))

    await app(scope, receive, answer)
    return Answer(status, headers, _json(b"".join(chunks)))


def _scope(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], content: bytes
) -> Mapping[str, Any]:
    sent = [(b"host", _HOST.encode()), *((name.encode(), value.encode()) for name, value in headers.items())]
    if content:
        sent += [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "server": (_HOST, 443),
        "client": None,
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": urlencode(query).encode(),
        "headers": sent,
    }


def _json(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content.decode(errors="replace")
