"""The ARM server as an ASGI application over one store."""

import asyncio
import json
import logging
import os
import sqlite3
import traceback
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import starlette.requests
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from azure_hotpatch.emulator.arm import routes
from azure_hotpatch.emulator.arm import throttling as limits
from azure_hotpatch.emulator.arm.admin import patch_control
from azure_hotpatch.emulator.arm.database import sealing
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.deployments import lenient
from azure_hotpatch.emulator.arm.graph import delay
from azure_hotpatch.emulator.arm.http import ASK_AGAIN, Reply, Request, refused
from azure_hotpatch.emulator.arm.patching import durations as patch_durations
from azure_hotpatch.emulator.arm.protocol import payload
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, MethodNotAllowed, NotFound
from azure_hotpatch.emulator.arm.result_cache import ResultCache
from azure_hotpatch.emulator.arm.windows_update.events import EventFile

_log = logging.getLogger(__name__)
_KILLED = 137  # what a shell says of a process that was killed
CUT = "emulator.cut"  # in the state of a request: closes its connection without an answer, if the server can
_METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]


# The Retry-After of a polling client: at once within a process; otherwise a second, or 50 ms for those who know that
# header. azure-core takes 0 for "not said" and waits 30 s, and reads whole seconds alone.
AT_ONCE: Mapping[str, str] = {"Retry-After": "0"}
SERVED: Mapping[str, str] = {"Retry-After": "1", "retry-after-ms": "50", "x-ms-retry-after-ms": "50"}


def create_app(
    store: Path | str,
    *,
    start: datetime | None = None,
    throttling: bool | None = None,
    events: EventFile | None = None,
    graph_delay: float | None = None,
    durations: bool | None = None,
    pause: Mapping[str, str] = AT_ONCE,
) -> Starlette:
    """An Azure Resource Manager whose memory is the SQLite file `store`, or the process's own for ":memory:".

    `start` is the time at which a new store's clock starts, so that the years since 2022 can be lived through; a store
    that has resources keeps its own time. `throttling` turns Compute's limits on or off, `events` is a validated event
    file, `graph_delay` is how many seconds Resource Graph is behind, `durations` whether an installation takes its time
    on the emulator's clock; None leaves what the store has.

    `pause` are the headers that say when to ask about an operation again. Raises StoreError where the file cannot be
    used.
    """
    memory, cache = Store(store), ResultCache()
    with memory.transaction() as tx:
        if start is not None and not tx.within("", limit=1):
            tx.move_clock(start - tx.now())
        _set(tx, throttling, events, graph_delay)
        if durations is not None:
            patch_durations.live(tx, lived=durations)

    async def endpoint(http_request: starlette.requests.Request) -> Response:
        # One request is one short transaction; to run it here is quicker than to hand it to a thread.
        reply = _answered(memory, cache, http_request, await http_request.body())
        if reply.ends_process:
            os._exit(_KILLED)
        if reply.delay:
            await asyncio.sleep(reply.delay)
        if reply.is_cut:
            http_request.scope.get("state", {}).get(CUT, lambda: None)()
        return _response(http_request, reply, pause)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        memory.close()

    return Starlette(
        routes=[Route("/{path:path}", endpoint, methods=_METHODS)],
        lifespan=lifespan,
        exception_handlers={HTTPException: unrouted},
    )


def unrouted(http_request: starlette.requests.Request, error: Exception) -> Response:
    """ARM's answer where Starlette finds no route: a method that is none, or a path that is none."""
    if getattr(error, "status_code", 404) == HTTPStatus.METHOD_NOT_ALLOWED:
        where = f"The HTTP method '{http_request.method}' is not supported at scope '{http_request.url.path}'."
        return _refused(MethodNotAllowed(where))
    return _refused(NotFound(f"No route is known for the path '{http_request.url.path}'.", code="InvalidRequestPath"))


def _refused(error: ArmError) -> Response:
    return JSONResponse(error.body(), error.status)


def _set(tx: Transaction, limited: bool | None, wanted: EventFile | None, behind: float | None) -> None:
    if limited is not None:
        limits.turn(tx, on=limited)
    if wanted is not None:
        patch_control.set_events(tx, wanted)
    if behind is not None:
        delay.turn(tx, behind)


def _answered(memory: Store, cache: ResultCache, http_request: starlette.requests.Request, body: bytes) -> Reply:
    try:
        with memory.transaction() as tx:
            tx.keep_secret(filter(None, http_request.headers.get(sealing.HEADER, "").split(",")))
            return routes.answer(_request(http_request, body, tx, cache))
    except ArmError as error:
        return refused(error)
    except sqlite3.Error as error:
        return refused(memory.unusable(error))
    except Exception as error:  # noqa: BLE001 - a defect is answered as Azure answers one of its own
        # The trace has no values of the request, since some are secret.
        _log.exception("%s %s failed", http_request.method, http_request.url.path)
        return Reply(500, _defect(error).body())


def _defect(error: Exception) -> ArmError:
    """What failed and where in the emulator; the error's own text may quote the request."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return ArmError(
        f"The emulator failed to answer: {type(error).__name__} in {where}. It is a defect of the emulator; "
        "please report it with the method and the path of the request.",
        code="InternalServerError",
    )


def _request(http_request: starlette.requests.Request, body: bytes, tx: Transaction, cache: ResultCache) -> Request:
    url = http_request.url
    return Request(
        method=http_request.method,
        path=unquote(url.path),
        query={name.lower(): value for name, value in http_request.query_params.items()},
        headers={name.lower(): value for name, value in http_request.headers.items()},
        base=f"{url.scheme}://{url.netloc}",
        body=_body(body, unquote(url.path), http_request.headers.get("content-type", "")),
        tx=tx,
        cache=cache,
    )


def _body(body: bytes, path: str, media_type: str) -> Any:
    if body and not path.startswith("/emulator/"):
        payload.check_media_type(media_type)
    pasted = lenient.parse_body if lenient.takes(path) else None
    return payload.parsed(body, routes.largest_body(path), pasted)


def _response(http_request: starlette.requests.Request, reply: Reply, pause: Mapping[str, str]) -> Response:
    identifier = str(uuid.uuid4())
    headers = {
        "x-ms-request-id": identifier,
        "x-ms-correlation-request-id": http_request.headers.get("x-ms-correlation-request-id", identifier),
        "x-ms-routing-request-id": f"EMULATOR:{identifier}",
        "Cache-Control": "no-cache",
        **_timed(reply.headers, pause),
    }
    if "x-ms-client-request-id" in http_request.headers:
        headers["x-ms-client-request-id"] = http_request.headers["x-ms-client-request-id"]
    if reply.body is None:
        return Response(status_code=reply.status, headers=headers)
    content = json.dumps(reply.body, separators=(",", ":"), ensure_ascii=False).encode()
    return Response(content, reply.status, headers, media_type="application/json; charset=utf-8")


def _timed(headers: Mapping[str, str], pause: Mapping[str, str]) -> Mapping[str, str]:
    """A reply's headers, with the application's own Retry-After."""
    if not ASK_AGAIN.items() <= headers.items():
        return headers
    return {name: value for name, value in headers.items() if name not in ASK_AGAIN} | dict(pause)
