"""The effect of each fault on a request: before it is handled, beside it, on its operation, or on its answer."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from azure_hotpatch.emulator.arm.database import planned_ends
from azure_hotpatch.emulator.arm.database.planned_ends import NEVER, PlannedEnd
from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.faults import fault_list
from azure_hotpatch.emulator.arm.faults.refusals import REFUSALS, refusal
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.patching import requests
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path

Answer = Callable[[Request], Reply]

# In Azure what is behind the gateway may have done its work, or not.
_NO_ANSWER = {"code": "GatewayTimeout", "message": "The gateway did not receive a response within the time limit."}
_OTHER_WRITER = "emulator-other-writer"  # the tag that the other writer sets


def answered(request: Request, answer: Answer) -> Reply:
    """The answer to a request, with whatever faults are due."""
    path = parse_path(request.path)
    if path is None or not path.types:
        return answer(request)
    due = fault_list.due(request, path)
    seconds = sum(fault["seconds"] for fault in due if fault["fault"] == fault_list.LATENCY)
    fault = next((one for one in due if one["fault"] != fault_list.LATENCY), None)
    reply = _EFFECTS[fault["fault"]](request, path, answer, fault) if fault else answer(request)
    return replace(reply, delay=seconds) if seconds else reply


def _refused(request: Request, path: ResourcePath, answer: Answer, fault: Json) -> Reply:
    error = refusal(fault["fault"], request, path)
    if fault.get("late") or fault["fault"] == "OSProvisioningTimedOut":
        return _ending(request, answer, PlannedEnd(error=error.body()["error"], status=error.status))
    return Reply(error.status, error.body(), {"Retry-After": "1"} if error.status == 429 else {})


def _slow(request: Request, _path: ResourcePath, answer: Answer, fault: Json) -> Reply:
    until = NEVER
    if "seconds" in fault:
        until = stamp(request.tx.now() + timedelta(seconds=fault["seconds"]))
    return _ending(request, answer, PlannedEnd(until))


def _ending(request: Request, answer: Answer, planned: PlannedEnd) -> Reply:
    """Carry a request out, and decide how its operation ends; what has none is refused at once, or done at once."""
    with suppress(_DoneAtOnceError), request.tx.attempt():
        reply = answer(request)
        operation = _operation(request, reply)
        if operation:
            _decide(request, operation, planned)
            return reply
        if planned.error:
            raise _DoneAtOnceError
        return reply
    return Reply(planned.status, {"error": planned.error})


class _DoneAtOnceError(Exception):
    """It had no operation that could fail later."""


def _operation(request: Request, reply: Reply) -> str:
    """The id of the operation that an answer names."""
    url = reply.headers.get("Azure-AsyncOperation") or reply.headers.get("Location") or ""
    name = url.partition("?")[0].rpartition("/")[2]
    return name if name and request.tx.operation(name) else ""


def _decide(request: Request, operation: str, planned: PlannedEnd) -> None:
    found = request.tx.operation(operation)
    planned_ends.decide(request.tx, operation, planned)
    if found and found.verb in {"put", "patch", "delete"}:
        planned_ends.decide(request.tx, found.key, planned)


def _lost(request: Request, _path: ResourcePath, answer: Answer, _fault: Json) -> Reply:
    reply = answer(request)
    return Reply(504, {"error": _NO_ANSWER}) if reply.status < 300 else reply


def _cut(request: Request, path: ResourcePath, answer: Answer, fault: Json) -> Reply:
    """The connection is closed without an answer: before the request is carried out, or late, after it."""
    reply = _lost(request, path, answer, fault) if fault.get("late") else Reply(504, {"error": _NO_ANSWER})
    return replace(reply, is_cut=True)


def _killed(request: Request, _path: ResourcePath, answer: Answer, _fault: Json) -> Reply:
    """What the request wrote is not committed, and the process ends without an answer."""
    with suppress(ArmError), request.tx.attempt(keep=False):
        answer(request)
    return Reply(503, {"error": _NO_ANSWER}, ends_process=True)


def _after_another(request: Request, path: ResourcePath, answer: Answer, _fault: Json) -> Reply:
    """Another client tags the resource, or creates it, just before the request is handled."""
    there = None if path.is_collection else request.tx.find(path.id)
    tags = {**(there.body.get("tags") or {}), _OTHER_WRITER: stamp(request.tx.now())} if there else {}
    other = replace(request, headers={})
    if there:
        other = replace(other, method="PATCH", body={"tags": tags})
    if there or request.method == "PUT":
        with suppress(ArmError), request.tx.attempt():  # some types have no PATCH, or the request itself is refused
            answer(other)
    return answer(request)


def _patching(request: Request, _path: ResourcePath, answer: Answer, fault: Json) -> Reply:
    """An installation whose patches all fail, or go on until its longest time is over."""
    outcome = fault_list.PATCH_FAULTS[fault["fault"]]
    body = request.body if isinstance(request.body, dict) else {}
    asked = replace(request, body={**body, requests.FAULT: outcome})
    until = requests.longest(body, request.tx.now()) if outcome == "never ends" else None
    return _ending(asked, answer, PlannedEnd(stamp(until))) if until else answer(asked)


_EFFECTS: Mapping[str, Callable[[Request, ResourcePath, Answer, Json], Reply]] = {
    **dict.fromkeys(REFUSALS, _refused),
    fault_list.SLOW: _slow,
    fault_list.NEVER_ENDS: _slow,
    fault_list.LOST: _lost,
    fault_list.CUT: _cut,
    fault_list.OTHER_WRITER: _after_another,
    fault_list.KILLED: _killed,
    **dict.fromkeys(fault_list.PATCH_FAULTS, _patching),
}
