"""Compute's limits on requests: token buckets for each machine, and for each subscription and region."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path

_SETTING = ("emulator/throttling", "setting")
_BUCKET = "bucket"
_COMPUTE = "microsoft.compute"
_PATCH_ACTIONS = ("assesspatches", "installpatches")
_WORDS = "The server rejected the request because too many requests have been received for this subscription."


@dataclass(frozen=True, slots=True)
class _Limit:
    """Tokens that come back in a minute, and how many a bucket holds."""

    refill: int
    cap: int


# "Compute throttling limits". The names of the policies are published for a part of them only.
_LIMITS: dict[str, tuple[_Limit | None, _Limit]] = {
    "PatchVM": (_Limit(2, 6), _Limit(200, 600)),
    "GetVM": (_Limit(12, 36), _Limit(8_000, 24_000)),
    "ListVM": (None, _Limit(300, 900)),
    "UpdateVM": (_Limit(4, 12), _Limit(500, 1_500)),
    "GetOperation": (_Limit(15, 45), _Limit(5_000, 15_000)),
    "GetVMScaleSet": (None, _Limit(360, 1_080)),
}


@dataclass(frozen=True, slots=True)
class _Charge:
    """A bucket that a request takes one token from."""

    policy: str
    key: str
    limit: _Limit


def answered(request: Request, reply: Reply) -> Reply:
    """The reply with what is left in the buckets that the request was charged to."""
    if not is_on(request.tx):
        return reply
    return _with_headers(reply, ((charge.policy, _left(request.tx, charge)) for charge in _charges(request)))


def refused(request: Request) -> Reply | None:
    """Charge a request to its buckets; a refusal with status 429 where one of them is empty.

    A request that is refused for what it says is not charged: its transaction leaves nothing behind.
    """
    if not is_on(request.tx):
        return None
    found = [(charge, _tokens(request.tx, charge)) for charge in _charges(request)]
    empty = next(((charge, left) for charge, left in found if left < 1), None)
    if empty:
        reply = _refusal(request, *empty)
        return _with_headers(reply, ((charge.policy, left) for charge, left in found))
    now = stamp(request.tx.now())
    for charge, left in found:
        request.tx.record(charge.key, _BUCKET, "", [left - 1, now])
    return None


def is_on(tx: Transaction) -> bool:
    return bool(tx.recorded(*_SETTING) == [True])


def turn(tx: Transaction, *, on: bool) -> None:
    """Turn the limits on or off; it is off in a new store."""
    tx.record(*_SETTING, "", on)


def setting(request: Request) -> Reply:
    return Reply(200, {"enabled": is_on(request.tx)})


def put_setting(request: Request) -> Reply:
    """Turn the limits on or off: {"enabled": true}."""
    wanted = request.object().get("enabled")
    if not isinstance(wanted, bool):
        raise BadRequest(f"'enabled' is {wanted!r}; it is true or false.", code="InvalidSetting")
    turn(request.tx, on=wanted)
    return setting(request)


def _charges(request: Request) -> Iterator[_Charge]:
    path = parse_path(request.path)
    if path is None or path.namespace.lower() != _COMPUTE or not path.types:
        return
    policy = _policy(request.method, path)
    if policy is None:
        return
    own, shared = _LIMITS[policy]
    if own:
        yield _Charge(f"{policy}Resource", f"emulator/throttling/{policy}/{_subject(path)}", own)
    key = f"emulator/throttling/{policy}{_scope(path)}/{_region(request, path)}"
    yield _Charge(f"{policy}SubscriptionMaximum", key, shared)


def _scope(path: ResourcePath) -> str:
    return f"/subscriptions/{path.subscription}".lower()


def _policy(method: str, path: ResourcePath) -> str | None:
    kind, last = path.types[0].lower(), path.types[-1].lower()
    if kind == "locations" and last in {"operations", "operationresults"}:
        return "GetOperation"
    if kind == "virtualmachinescalesets":
        return "GetVMScaleSet" if method == "GET" else None
    if kind != "virtualmachines":
        return None
    if method == "POST":
        return "PatchVM" if last in _PATCH_ACTIONS else "UpdateVM"
    if method != "GET":
        return "UpdateVM"
    return "ListVM" if not path.names else "GetVM"


def _subject(path: ResourcePath) -> str:
    """The owner of a bucket: the machine, or the operation."""
    root = replace(path, types=path.types[:1], names=path.names[:1])
    return path.key if path.types[0].lower() == "locations" else root.key


def _region(request: Request, path: ResourcePath) -> str:
    if path.types[0].lower() == "locations":
        return path.names[0].lower()
    machine = request.tx.find(_subject(path)) if path.names else None
    sent = request.body if isinstance(request.body, dict) else {}
    return str((machine.body if machine else sent).get("location", "")).replace(" ", "").lower()


def _tokens(tx: Transaction, charge: _Charge) -> float:
    """The tokens in a bucket now: those that were left, and those refilled since."""
    found = tx.recorded(charge.key, _BUCKET)
    if not found:
        return charge.limit.cap
    left, since = found[0]
    minutes = (tx.now() - datetime.fromisoformat(since)) / timedelta(minutes=1)
    return min(charge.limit.cap, float(left) + minutes * charge.limit.refill)


def _left(tx: Transaction, charge: _Charge) -> float:
    """What was left in a bucket after the last charge."""
    found = tx.recorded(charge.key, _BUCKET)
    return float(found[0][0]) if found else charge.limit.cap


def _with_headers(reply: Reply, left: Iterator[tuple[str, float]]) -> Reply:
    words = ",".join(f"Microsoft.Compute/{policy};{max(int(tokens), 0)}" for policy, tokens in left)
    return replace(reply, headers={**reply.headers, "x-ms-ratelimit-remaining-resource": words}) if words else reply


def _refusal(request: Request, charge: _Charge, left: float) -> Reply:
    now, seconds = request.tx.now(), math.ceil((1 - left) * 60 / charge.limit.refill)
    inner: Json = {
        "operationGroup": charge.policy,
        "startTime": stamp(now - timedelta(minutes=1)),
        "endTime": stamp(now),
        "allowedRequestCount": charge.limit.cap,
        "measuredRequestCount": charge.limit.cap + 1,
    }
    detail = {"code": "TooManyRequests", "target": charge.policy, "message": json.dumps(inner)}
    error = {"code": "OperationNotAllowed", "message": _WORDS, "details": [detail]}
    return Reply(429, {"error": error}, {"Retry-After": str(seconds), "x-ms-request-charge": "1"})
