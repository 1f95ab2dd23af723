"""The injected faults, from the list and the request header: validate them, and select those due at a request."""

import math
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.faults.refusals import REFUSALS
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, same

LATENCY, SLOW, NEVER_ENDS = "latency", "slow", "never-ends"
LOST, CUT, OTHER_WRITER, KILLED = "lost-answer", "connection-cut", "other-writer", "killed"
PATCH_FAULTS = {"patch-fails": "fails", "patch-never-ends": "never ends"}  # -> what the patches do, as in an event file
FAULTS = (*REFUSALS, LATENCY, SLOW, NEVER_ENDS, LOST, CUT, OTHER_WRITER, KILLED, *PATCH_FAULTS)
HEADER = "x-emulator-fault"
_SETTING = ("emulator/faults", "setting")
_WRITES = ("PUT", "PATCH", "POST", "DELETE")
_METHODS = ("GET", "HEAD", *_WRITES)
_MAY_BE_LATE = {"AllocationFailed", "SkuNotAvailable", CUT}
_TIMED = {LATENCY: 600, SLOW: 31 * 24 * 3600}  # -> how many seconds at most
_PATCHING = "installpatches"


def known(tx: Transaction) -> list[Json]:
    """The faults that are to come, in the order of their list."""
    return list(next(iter(tx.recorded(*_SETTING)), []))


def keep(tx: Transaction, wanted: Any) -> None:
    """Take a list of faults in place of the last one. Raises BadRequest with all that is wrong with it."""
    if not isinstance(wanted, list):
        raise BadRequest("'faults' must be a list, which may be empty.", code="InvalidFault")
    _refuse([problem for at, fault in enumerate(wanted) for problem in _problems(f"faults[{at}]", fault)])
    # A process that is killed at each request, and after each restart, could not be told to stop it.
    tx.record(*_SETTING, "", [{"times": 1, **fault} if fault["fault"] == KILLED else fault for fault in wanted])


def due(request: Request, path: ResourcePath) -> list[Json]:
    """The faults of a request: those in its header, or else a latency and one other fault of the list."""
    if HEADER in request.headers:
        return [_of_header(request.headers[HEADER])]
    faults = known(request.tx)
    fitting = [fault for fault in faults if _fits(fault, request.method, path) and fault.get("times") != 0]
    found = [
        next((fault for fault in fitting if (fault["fault"] == LATENCY) is slows and _happens(fault)), None)
        for slows in (True, False)
    ]
    happening = [fault for fault in found if fault]
    for fault in happening:
        if "times" in fault:
            fault["times"] -= 1
    if fitting:
        request.tx.record(*_SETTING, "", faults)
    return happening


def _of_header(text: str) -> Json:
    """`AllocationFailed; late` or `latency; seconds=2`."""
    name, *options = (part.strip() for part in text.split(";"))
    fault: Json = {"fault": name}
    for option in options:
        key, _, value = option.partition("=")
        fault[key] = _value(value) if value else True
    _refuse(_problems(HEADER, fault))
    return fault


def _value(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BadRequest("; ".join(problems), code="InvalidFault")


def _fits(fault: Json, method: str, path: ResourcePath) -> bool:
    if fault["fault"] in PATCH_FAULTS and path.types[-1].lower() != _PATCHING:
        return False
    if "name" in fault and not any(same(fault["name"], name) for name in path.names):
        return False
    return method in fault.get("methods", _WRITES) and same(fault.get("type", path.type), path.type)


def _happens(fault: Json) -> bool:
    """Count a request that fits; whether the share of those that fail is reached by it."""
    fault["seen"] = fault.get("seen", 0) + 1
    share = fault.get("share", 1)
    return bool(math.floor(fault["seen"] * share) > math.floor((fault["seen"] - 1) * share))


def _problems(path: str, fault: Any) -> list[str]:
    if not isinstance(fault, dict):
        return [f"'{path}' is no object"]
    unknown = [f"'{path}.{name}' is not known" for name in sorted(set(fault) - set(_ALLOWED))]
    wrong = [
        f"'{path}.{name}' must be {words}"
        for name, (words, fits) in _ALLOWED.items()
        if (name in fault or name == "fault") and not fits(fault.get(name))
    ]
    return unknown + wrong + _contradictions(path, fault)


def _contradictions(path: str, fault: Json) -> list[str]:
    name, found = fault.get("fault"), []
    if "late" in fault and name not in _MAY_BE_LATE:
        found.append(f"'{path}.late' is for: {', '.join(sorted(_MAY_BE_LATE))}")
    if ("seconds" in fault) is not (name in _TIMED):
        found.append(f"'{path}.seconds' is for {' and '.join(_TIMED)}, which need it")
    elif name in _TIMED and not _is_number(fault["seconds"], 1e-3, _TIMED[name]):
        found.append(f"'{path}.seconds' must be a number above 0, at most {_TIMED[name]}")
    return found


def _are_methods(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(one in _METHODS for one in value)


def _is_number(value: Any, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


_ALLOWED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "fault": (f"one of: {', '.join(FAULTS)}", lambda value: value in FAULTS),
    "type": ("a resource type such as Microsoft.Compute/disks", lambda value: isinstance(value, str) and "/" in value),
    "name": ("the name of a resource", lambda value: isinstance(value, str) and bool(value)),
    "methods": (f"a list of: {', '.join(_METHODS)}", _are_methods),
    "share": ("a number above 0, at most 1", lambda value: _is_number(value, 1e-6, 1)),
    "times": ("an integer from 1 to 1000000", lambda value: isinstance(value, int) and _is_number(value, 1, 1_000_000)),
    "late": ("true or false", lambda value: isinstance(value, bool)),
    "seconds": ("a number", lambda value: _is_number(value, 0, float("inf"))),
}
