"""Faults on purpose: requests that are throttled, refused, or done and then answered as if the server had failed."""

import math
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import BadRequest
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.paths import parse_path, same

_SETTING = ("emulator/faults", "setting")
_HEADER = "x-emulator-fault"
_WRITES = ("PUT", "PATCH", "POST", "DELETE")
_METHODS = ("GET", "HEAD", *_WRITES)
_LOST = "lost-answer"
# "Troubleshoot allocation failures", "Resolve errors for SKU not available", "Troubleshoot throttling errors":
# what Azure answers, with its words where they are published.
_REFUSALS: dict[str, tuple[int, str, str]] = {
    "throttled": (
        429,
        "TooManyRequests",
        "The request is being throttled as the limit has been reached for operation type.",
    ),
    "AllocationFailed": (
        409,
        "AllocationFailed",
        "Allocation failed. We do not have sufficient capacity for the requested VM size in this region.",
    ),
    "SkuNotAvailable": (
        409,
        "SkuNotAvailable",
        "The requested size for the resource is currently not available in the location.",
    ),
}
# In Azure what is behind the gateway may have done its work, or not.
_NO_ANSWER = {"code": "GatewayTimeout", "message": "The gateway did not receive a response within the time limit."}
FAULTS = (*_REFUSALS, _LOST)


def get_faults(request: Request) -> Reply:
    """The faults that are to come, with how many times each is left."""
    return Reply(200, {"faults": _known(request)})


def put_faults(request: Request) -> Reply:
    """Other faults in their place: `{"faults": [{"fault", "type"?, "methods"?, "share"?, "times"?}]}`.

    `share` is the part of the requests that fit, from 0 to 1: 0.25 is every fourth. `times` is how often it happens at
    most. Without `type` it is for each type, without `methods` for writes. A request that Azure's rules refuse is not
    counted: its transaction leaves nothing behind.
    """
    wanted = request.object().get("faults")
    if not isinstance(wanted, list):
        raise BadRequest("'faults' must be a list, which may be empty.", code="InvalidFault")
    found = wanted
    problems = [problem for at, fault in enumerate(found) for problem in _problems(f"faults[{at}]", fault)]
    if problems:
        raise BadRequest("; ".join(problems), code="InvalidFault")
    request.tx.record(*_SETTING, "", found)
    return get_faults(request)


def answered(request: Request, answer: Callable[[Request], Reply]) -> Reply:
    """The answer to a request, or the fault that is due: a refusal before it is carried out, or a lost answer after."""
    fault = _due(request)
    if fault in _REFUSALS:
        status, code, words = _REFUSALS[fault]
        return Reply(status, {"error": {"code": code, "message": words}}, {"Retry-After": "1"} if status == 429 else {})
    reply = answer(request)
    return Reply(504, {"error": _NO_ANSWER}) if fault == _LOST and reply.status < 300 else reply


def _due(request: Request) -> str:
    path = parse_path(request.path)
    if path is None or not path.types:
        return ""
    if _HEADER in request.headers:
        return _named(request.headers[_HEADER])
    faults = _known(request)
    fitting = (fault for fault in faults if _fits(fault, request.method, path.type) and fault.get("times") != 0)
    due = next((fault for fault in fitting if _happens(fault)), None)
    if due and "times" in due:
        due["times"] -= 1
    if faults:
        request.tx.record(*_SETTING, "", faults)
    return str(due["fault"]) if due else ""


def _named(fault: str) -> str:
    if fault not in FAULTS:
        raise BadRequest(f"The header {_HEADER} is {fault!r}; it is one of: {', '.join(FAULTS)}.", code="InvalidFault")
    return fault


def _fits(fault: Json, method: str, resource_type: str) -> bool:
    return method in fault.get("methods", _WRITES) and same(fault.get("type", resource_type), resource_type)


def _happens(fault: Json) -> bool:
    """Count a request that fits; whether the share of those that fail is reached by it."""
    fault["seen"] = fault.get("seen", 0) + 1
    share = fault.get("share", 1)
    return bool(math.floor(fault["seen"] * share) > math.floor((fault["seen"] - 1) * share))


def _known(request: Request) -> list[Json]:
    return list(next(iter(request.tx.recorded(*_SETTING)), []))


def _problems(path: str, fault: Any) -> list[str]:
    if not isinstance(fault, dict):
        return [f"'{path}' is no object"]
    unknown = [f"'{path}.{name}' is not known" for name in sorted(set(fault) - set(_ALLOWED))]
    wrong = [
        f"'{path}.{name}' must be {words}"
        for name, (words, fits) in _ALLOWED.items()
        if (name in fault or name == "fault") and not fits(fault.get(name))
    ]
    return unknown + wrong


def _are_methods(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(one in _METHODS for one in value)


def _is_number(value: Any, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


_ALLOWED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "fault": (f"one of: {', '.join(FAULTS)}", lambda value: value in FAULTS),
    "type": ("a resource type such as Microsoft.Compute/disks", lambda value: isinstance(value, str) and "/" in value),
    "methods": (f"a list of: {', '.join(_METHODS)}", _are_methods),
    "share": ("a number above 0, at most 1", lambda value: _is_number(value, 1e-6, 1)),
    "times": ("an integer from 1 to 1000000", lambda value: isinstance(value, int) and _is_number(value, 1, 1_000_000)),
}
