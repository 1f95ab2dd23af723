"""The ARM server as an ASGI application over one store."""

import json
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import starlette.requests
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from azure_hotpatch.emulator.arm import patch_control, routes
from azure_hotpatch.emulator.arm import throttling as limits
from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import ArmError, InvalidRequestContent
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.store import Store
from azure_hotpatch.emulator.arm.transaction import Transaction
from azure_hotpatch.emulator.arm.windows_update.events import check

_log = logging.getLogger(__name__)
_DEFECT = ArmError("The emulator failed to answer; its log has the reason.", code="InternalServerError")
_METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]


def create_app(
    store: Path | str, *, start: datetime | None = None, throttling: bool | None = None, events: Json | None = None
) -> Starlette:
    """An Azure Resource Manager whose memory is the SQLite file `store`, or the process's own for ":memory:".

    `start` is the time at which a new store's clock starts, so that the years since 2022 can be lived through; a store
    that has resources keeps its own time. `throttling` turns Compute's limits on or off, `events` is an event file (see
    patch_control); None leaves what the store has.
    """
    memory = Store(store)
    with memory.transaction() as tx:
        if start is not None and not tx.within("", limit=1):
            tx.move_clock(start - tx.now())
        _set(tx, throttling, events)

    async def endpoint(http_request: starlette.requests.Request) -> Response:
        # One request is one short transaction; to run it here is quicker than to hand it to a thread.
        return _answered(memory, http_request, await http_request.body())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        memory.close()

    return Starlette(routes=[Route("/{path:path}", endpoint, methods=_METHODS)], lifespan=lifespan)


def _set(tx: Transaction, limited: bool | None, wanted: Json | None) -> None:
    if limited is not None:
        limits.turn(tx, on=limited)
    if wanted is not None:
        patch_control.set_events(tx, check(wanted))


def _answered(memory: Store, http_request: starlette.requests.Request, body: bytes) -> Response:
    try:
        with memory.transaction() as tx:
            return _response(http_request, routes.answer(_request(http_request, body, tx)))
    except ArmError as error:
        return _response(http_request, Reply(error.status, error.body(), {"x-ms-failure-cause": "gateway"}))
    except Exception:  # noqa: BLE001 - a defect is answered as Azure answers one of its own
        # The trace has no values of the request, of which some are secret.
        _log.exception("%s %s failed", http_request.method, http_request.url.path)
        return _response(http_request, Reply(500, _DEFECT.body()))


def _request(http_request: starlette.requests.Request, body: bytes, tx: Transaction) -> Request:
    url = http_request.url
    return Request(
        method=http_request.method,
        path=unquote(url.path),
        query={name.lower(): value for name, value in http_request.query_params.items()},
        headers={name.lower(): value for name, value in http_request.headers.items()},
        base=f"{url.scheme}://{url.netloc}",
        body=_json(body),
        tx=tx,
    )


def _json(body: bytes) -> Json | None:
    if not body:
        return None
    try:
        found: Json = json.loads(body, parse_float=_number)
    except ValueError as error:
        # The error's own text may quote the body, and the body may hold a password.
        raise InvalidRequestContent("The request body is not JSON") from error
    return found


def _number(text: str) -> float:
    """2.0 is 2: some clients write every number as a float."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _response(http_request: starlette.requests.Request, reply: Reply) -> Response:
    identifier = str(uuid.uuid4())
    headers = {
        "x-ms-request-id": identifier,
        "x-ms-correlation-request-id": http_request.headers.get("x-ms-correlation-request-id", identifier),
        "x-ms-routing-request-id": f"EMULATOR:{identifier}",
        "Cache-Control": "no-cache",
        **reply.headers,
    }
    if "x-ms-client-request-id" in http_request.headers:
        headers["x-ms-client-request-id"] = http_request.headers["x-ms-client-request-id"]
    if reply.body is None:
        return Response(status_code=reply.status, headers=headers)
    content = json.dumps(reply.body, separators=(",", ":"), ensure_ascii=False).encode()
    return Response(content, reply.status, headers, media_type="application/json; charset=utf-8")
