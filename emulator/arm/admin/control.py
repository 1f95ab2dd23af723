"""The emulator's own routes, outside ARM's namespace: stored resources, supported types, and the clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

from azure_hotpatch.emulator.arm import providers, stored_types
from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.hierarchy import scope_tags
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.paths import DEPLOYMENT_TYPE, GROUP_TYPE
from azure_hotpatch.emulator.arm.rounds import timeline

# What is stored and is no line of the table of types.
_WITHOUT_TYPE = {name.lower(): name for name in (GROUP_TYPE, DEPLOYMENT_TYPE, scope_tags.TYPE)}
# As far ahead as anybody rehearses; time zones and calendars are computed for no later year.
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_LARGEST_AMOUNT = 1_000_000


def reset(request: Request) -> Reply:
    """Forget every resource and operation, and how far the clock was moved on."""
    request.tx.forget_everything()
    request.cache.clear()
    return Reply(200, {"reset": True})


def resources(request: Request) -> Reply:
    """Every stored resource, groups included: id, type and state."""
    found = request.tx.within("")
    return Reply(200, {"value": [{"id": one.id, "type": _name(one), "state": one.state} for one in found]})


def types(_request: Request) -> Reply:
    return Reply(200, {"value": [kind.name for kind in providers.TYPES]})


def stored_setting(request: Request) -> Reply:
    return Reply(200, {"enabled": stored_types.are_allowed(request.tx)})


def put_stored_setting(request: Request) -> Reply:
    """Store types that are not emulated, or refuse them: {"enabled": false}."""
    wanted = request.object().get("enabled")
    if not isinstance(wanted, bool):
        raise BadRequest(f"'enabled' is {wanted!r}; it is true or false.", code="InvalidSetting")
    stored_types.allow(request.tx, allowed=wanted)
    return stored_setting(request)


def get_clock(request: Request) -> Reply:
    return Reply(200, {"now": stamp(request.tx.now())})


def move_clock(request: Request) -> Reply:
    """Move the clock on, never back: {"now": "2026-11-10T00:00:00Z"} or {"days": 1, "hours": 2, "minutes": 3}."""
    body = request.object()
    by = _difference(request, body["now"]) if "now" in body else _duration(body)
    if by < timedelta():
        raise BadRequest("The emulator's clock is not moved back.", code="ClockMovesForward")
    if by > _LATEST - request.tx.now():
        raise BadRequest(f"The emulator's clock is not moved beyond {stamp(_LATEST)}.", code="InvalidTime")
    before = request.tx.now()
    request.tx.move_clock(by)
    timeline.run(request.tx, before, before + by)
    return get_clock(request)


def _difference(request: Request, moment: str) -> timedelta:
    try:
        wanted = datetime.fromisoformat(moment)
    except (TypeError, ValueError, OverflowError):
        raise BadRequest(f"{moment!r} is not a time; write it as 2026-11-10T00:00:00Z.", code="InvalidTime") from None
    return (wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)) - request.tx.now()


def _duration(body: dict[str, float]) -> timedelta:
    known = {name: body[name] for name in ("days", "hours", "minutes") if name in body}
    if not known or len(known) < len(body) or not all(_is_amount(value) for value in known.values()):
        raise BadRequest(
            "Give the clock 'now', or numbers for 'days', 'hours' and 'minutes', each at most a million.",
            code="InvalidTime",
        )
    return timedelta(**known)


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST_AMOUNT


def _name(resource: Resource) -> str:
    kind = providers.of(resource)
    return kind.name if kind else _WITHOUT_TYPE.get(resource.type.lower(), resource.type)
