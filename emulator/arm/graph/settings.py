"""The emulator's own route for Resource Graph: whether its quota is enforced, and how far it lags behind."""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.emulator.arm.graph import delay, quota
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest


def get(request: Request) -> Reply:
    tx = request.tx
    return Reply(200, {"enforceQuota": quota.is_enforced(tx), "delaySeconds": delay.seconds(tx)})


def put(request: Request) -> Reply:
    """`{"enforceQuota": true, "delaySeconds": 5}`; an absent member stays as it is."""
    body = request.object()
    if not body or not all(name in _ALLOWED and _ALLOWED[name](value) for name, value in body.items()):
        raise BadRequest(
            f"Give 'enforceQuota' as true or false, 'delaySeconds' as a number from 0 to {delay.LONGEST:.0f}.",
            code="InvalidSetting",
        )
    if "enforceQuota" in body:
        quota.enforce(request.tx, enforced=body["enforceQuota"])
    if "delaySeconds" in body:
        delay.turn(request.tx, body["delaySeconds"])
    return get(request)


def _is_delay(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= delay.LONGEST


_ALLOWED: Mapping[str, Callable[[Any], bool]] = {
    "enforceQuota": lambda value: isinstance(value, bool),
    "delaySeconds": _is_delay,
}
