"""What a test asks the emulator itself, outside ARM's namespace: what it holds, what it can do, and what time it is."""

from datetime import UTC, datetime, timedelta

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.errors import BadRequest
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.paths import GROUP_TYPE
from azure_hotpatch.emulator.arm.rounds import timeline
from azure_hotpatch.emulator.arm.stored import stamp


def resources(request: Request) -> Reply:
    """Every stored resource, groups included: id, type and state."""
    found = request.tx.within("")
    return Reply(200, {"value": [{"id": one.id, "type": _name(one.type), "state": one.state} for one in found]})


def types(_request: Request) -> Reply:
    return Reply(200, {"value": [kind.name for kind in providers.TYPES]})


def get_clock(request: Request) -> Reply:
    return Reply(200, {"now": stamp(request.tx.now())})


def move_clock(request: Request) -> Reply:
    """Move the clock on, never back: {"now": "2026-11-10T00:00:00Z"} or {"days": 1, "hours": 2, "minutes": 3}."""
    body = request.object()
    by = _difference(request, body["now"]) if "now" in body else _duration(body)
    if by < timedelta():
        raise BadRequest("The emulator's clock is not moved back.", code="ClockMovesForward")
    before = request.tx.now()
    request.tx.move_clock(by)
    timeline.run(request.tx, before, before + by)
    return get_clock(request)


def _difference(request: Request, moment: str) -> timedelta:
    try:
        wanted = datetime.fromisoformat(moment)
    except (TypeError, ValueError):
        raise BadRequest(f"'{moment}' is not a time; write it as 2026-11-10T00:00:00Z.", code="InvalidTime") from None
    return (wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC)) - request.tx.now()


def _duration(body: dict[str, float]) -> timedelta:
    known = {name: body[name] for name in ("days", "hours", "minutes") if name in body}
    if not known or len(known) < len(body) or not all(isinstance(value, int | float) for value in known.values()):
        raise BadRequest("Give the clock 'now', or numbers for 'days', 'hours' and 'minutes'.", code="InvalidTime")
    return timedelta(**known)


def _name(resource_type: str) -> str:
    kind = providers.find(resource_type)
    return kind.name if kind else GROUP_TYPE
