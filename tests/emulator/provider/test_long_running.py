"""What becomes of operations that ARM accepts and finishes later, well or not."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from azure_hotpatch.emulator.provider.arm_client import ArmClient, ArmRefusedError
from azure_hotpatch.emulator.provider.servicer import Provider
from azure_hotpatch.emulator.provider.transport import Answer, Send
from azure_hotpatch.emulator.provider.values import decode, encode

GROUP = "azure-native:resources:ResourceGroup"
URN = f"urn:pulumi:dev::project::{GROUP}::it"
INPUTS = {"resourceGroupName": "rg", "location": "westeurope"}
BODY = {"id": "/subscriptions/s/resourceGroups/rg", "name": "rg", "location": "westeurope", "properties": {}}
OPERATION = "https://management.azure.com/operations/1?api-version=2024-03-01"
FAILURE = {"status": "Failed", "error": {"code": "AllocationFailed", "message": "No room."}}


def answering(*operations: Answer, status: int = 201, header: str = "azure-asyncoperation") -> Send:
    """ARM with one resource that is there once it was put, and an operation that gives these answers in turn."""
    waiting = iter(operations)
    put: list[str] = []

    async def send(method: str, path: str, *_: Any) -> Answer:
        if path == "/operations/1":
            return next(waiting)
        if method in {"PUT", "DELETE", "POST"}:
            put.append(path)
            return Answer(status, {header: OPERATION}, BODY)
        return Answer(200, {}, BODY) if put else Answer(404, {}, {"error": {"code": "NotFound", "message": ""}})

    return send


def running(seconds: str = "0") -> Answer:
    return Answer(200, {"retry-after": seconds}, {"status": "InProgress"})


def test_asks_until_it_is_done() -> None:
    done = Answer(200, {}, {"status": "Succeeded"})
    assert asyncio.run(ArmClient(answering(running(), running(), done)).put("/x", "v", {})) == BODY


def test_follows_the_location_of_a_deletion() -> None:
    here = Answer(202, {"location": OPERATION, "retry-after": "0"}, None)
    asyncio.run(ArmClient(answering(here, Answer(204, {}, None), status=202, header="location")).delete("/x", "v"))


def test_gives_the_result_of_an_action() -> None:
    result = Answer(200, {}, {"keys": []})
    assert asyncio.run(ArmClient(answering(result, status=202, header="location")).post("/x", "v", {})) == {"keys": []}


def test_words_the_failure_of_an_operation() -> None:
    with pytest.raises(ArmRefusedError) as error:
        asyncio.run(ArmClient(answering(running(), Answer(200, {}, FAILURE))).put("/x", "v", {}))
    assert str(error.value) == 'Status=200 Code="AllocationFailed" Message="No room."'
    assert error.value.accepted


def test_takes_a_refused_question_for_an_accepted_request() -> None:
    gone = Answer(404, {}, {"error": {"code": "OperationNotFound", "message": "Which?"}})
    with pytest.raises(ArmRefusedError) as error:
        asyncio.run(ArmClient(answering(gone)).put("/x", "v", {}))
    assert error.value.accepted


def test_words_an_answer_that_is_no_error_of_arm() -> None:
    async def send(*_: Any) -> Answer:
        return Answer(501, {}, "no such thing")

    with pytest.raises(ArmRefusedError) as error:
        asyncio.run(ArmClient(send).get("/x", "v"))
    assert str(error.value) == 'Status=501 Message="no such thing"'


@pytest.mark.parametrize(
    "passing",
    [
        Answer(429, {"retry-after": "0"}, None),
        Answer(409, {"retry-after": "0"}, {"error": {"code": "AnotherOperationInProgress", "message": ""}}),
    ],
)
def test_tries_again_what_may_go_better(passing: Answer) -> None:
    answers = iter([passing, passing, Answer(200, {}, BODY)])

    async def send(*_: Any) -> Answer:
        return next(answers)

    assert asyncio.run(ArmClient(send).get("/x", "v")) == BODY


def test_tries_again_only_so_often() -> None:
    answers = iter([Answer(503, {"retry-after": "0"}, "busy")] * 4)

    async def send(*_: Any) -> Answer:
        return next(answers)

    with pytest.raises(ArmRefusedError, match="Status=503"):
        asyncio.run(ArmClient(send).get("/x", "v"))
    assert list(answers) == []


def created(serving: Callable[[Any], Any], send: Send, timeout: float = 0) -> grpc.RpcError:
    """The error that Create ends with."""
    with serving(Provider(lambda: send)) as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Configure(provider_pb2.ConfigureRequest())
        with pytest.raises(grpc.RpcError) as error:
            stub.Create(provider_pb2.CreateRequest(urn=URN, properties=encode(INPUTS), timeout=timeout))
    return error.value


def test_tells_the_engine_what_is_there_in_part(serving: Any) -> None:
    error = created(serving, answering(Answer(200, {}, FAILURE)))
    packed = dict(error.trailing_metadata())["grpc-status-details-bin"]
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status_pb2.Status.FromString(packed).details[0].Unpack(detail)
    assert detail.id.endswith("/resourceGroups/rg")
    assert list(detail.reasons) == ['Status=200 Code="AllocationFailed" Message="No room."']
    assert decode(detail.properties)["location"] == "westeurope"
    assert decode(detail.inputs) == INPUTS


def test_gives_up_after_the_time_that_the_program_sets(serving: Any) -> None:
    assert created(serving, answering(running("60")), timeout=0.2).details() == "operation timed out"


def test_ends_what_it_waits_for_when_the_engine_cancels(serving: Any) -> None:
    with serving(Provider(lambda: answering(running("60")))) as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        stub.Configure(provider_pb2.ConfigureRequest())
        call = stub.Create.future(provider_pb2.CreateRequest(urn=URN, properties=encode(INPUTS)))
        pause = threading.Event()
        while not call.done():
            stub.Cancel(provider_pb2.google_dot_protobuf_dot_empty__pb2.Empty())
            pause.wait(0.05)
    assert call.details() == "operation cancelled"
