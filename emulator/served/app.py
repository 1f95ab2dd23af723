"""The served applications: ARM with the log-in routes before it, and the small one over plain http."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from azure_hotpatch.emulator.arm.app import SERVED, create_app, unrouted
from azure_hotpatch.emulator.served import login
from azure_hotpatch.emulator.served.guard import Guard

# For tests with clients in Python and Go, whose libraries know these headers; HashiCorp's wait 10 s, Java's 30 s.
QUICK: Mapping[str, str] = {"retry-after-ms": "20", "x-ms-retry-after-ms": "20"}
CONTROL_ROUTES = ("GET /emulator/health", "GET /emulator/certificate")


def served_app(store: Path | str, authority: Path, *, names: Sequence[str] = (), **settings: Any) -> Guard:
    """Log-in, metadata, ARM and the emulator's own routes, behind the guard.

    `authority` is the PEM file that clients must trust, `names` are host names beside localhost, and `settings` those
    of `create_app`, whose pause is that of a server here. Raises StoreError.
    """
    arm = create_app(store, **{"pause": SERVED, **settings})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with arm.router.lifespan_context(arm):
            yield

    routes = [*_controls(authority), *login.ROUTES, Mount("/", arm)]
    return Guard(Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: unrouted}), names)


def plain_app(authority: Path, *, names: Sequence[str] = ()) -> Guard:
    """The routes over plain http: managed identity, and the certificate for clients that do not trust it yet."""
    return Guard(Starlette(routes=[*_controls(authority), *login.IDENTITY_ROUTES]), names)


def _controls(authority: Path) -> list[Route]:
    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "healthy"})

    async def certificate(_request: Request) -> Response:
        return Response(authority.read_bytes(), media_type="application/x-pem-file")

    return [
        Route("/emulator/health", health, methods=["GET"]),
        Route("/emulator/certificate", certificate, methods=["GET"]),
    ]
