"""Requests to ARM as the real provider makes them: each is polled to its end, and a refusal keeps ARM's message."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from azure_hotpatch.emulator.arm.database.sealing import HEADER, digest
from azure_hotpatch.emulator.provider.transport import Answer, Send

Json = dict[str, Any]

_DONE = frozenset({"succeeded", "failed", "canceled", "cancelled"})
_TRIES = 4
_PASSING = frozenset({408, 429, 500, 502, 503, 504})  # statuses that the real provider tries again after


class ArmRefusedError(Exception):
    """An error of ARM, worded `Status=400 Code="InvalidParameter" Message="…"`.

    `accepted`: the request was taken and failed later, so that the resource may be there in part.
    """

    def __init__(self, status: int, code: str, message: str, *, accepted: bool = False) -> None:
        named = f' Code="{code}"' if code else ""
        super().__init__(f'Status={status}{named} Message="{message}"')
        self.status = status
        self.code = code
        self.accepted = accepted


@dataclass(frozen=True)
class ArmClient:
    """ARM behind a way to send requests to it. Ids are paths; every call takes the api-version."""

    send: Send

    async def get(self, resource_id: str, version: str) -> Json:
        answer = await self._sent("GET", resource_id, {"api-version": version})
        if answer.status != 200:
            raise _refused(answer)
        return _object(answer)

    async def find(self, resource_id: str, version: str) -> Json | None:
        """What is there; None if nothing is."""
        try:
            return await self.get(resource_id, version)
        except ArmRefusedError as error:
            if error.status == 404:
                return None
            raise

    async def put(self, resource_id: str, version: str, body: Json, secrets: Iterable[str | float] = ()) -> Json:
        """Write a resource, wait until it is done, and answer with it.

        `secrets` are the values of the body that the emulator's store is to hold encrypted.
        """
        digests = sorted({digest(value) for value in secrets})
        headers = {HEADER: ",".join(digests)} if digests else {}
        answer = await self._sent("PUT", resource_id, {"api-version": version}, body, headers)
        if answer.status not in {200, 201, 202}:
            raise _refused(answer)
        await self._finish(answer)
        written = _object(answer) if answer.body else {}
        return await self.find(str(written.get("id", resource_id)), version) or written

    async def delete(self, resource_id: str, version: str) -> None:
        """Delete a resource and wait until it is gone. One that is not there is deleted."""
        answer = await self._sent("DELETE", resource_id, {"api-version": version})
        if answer.status not in {200, 202, 204, 404}:
            raise _refused(answer)
        await self._finish(answer)

    async def post(self, path: str, version: str, body: Json) -> Any:
        answer = await self._sent("POST", path, {"api-version": version}, body)
        if answer.status not in {200, 201, 202}:
            raise _refused(answer)
        last = await self._finish(answer)
        return last.body

    async def _sent(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Json | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """The answer; one that may be another in a moment is asked for again."""
        for _ in range(_TRIES - 1):
            answer = await self.send(method, path, query, body, headers)
            if not _is_passing(answer):
                return answer
            await _pause(answer)
        return await self.send(method, path, query, body, headers)

    async def _finish(self, answer: Answer) -> Answer:
        """Ask about a long-running operation until it is done. Raises ArmRefusedError where it failed."""
        if url := answer.headers.get("azure-asyncoperation"):
            return await self._until_done(url)
        if answer.status == 202 and (url := answer.headers.get("location")):
            return await self._until_found(url)
        return answer

    async def _until_done(self, url: str) -> Answer:
        while True:
            answer = await self._ask(url)
            state = str((answer.body or {}).get("status", "")).lower()
            if state in _DONE:
                break
            await _pause(answer)
        if state != "succeeded":
            raise _failed(answer)
        return answer

    async def _until_found(self, url: str) -> Answer:
        while True:
            answer = await self._ask(url)
            if answer.status != 202:
                return answer
            url = answer.headers.get("location", url)
            await _pause(answer)

    async def _ask(self, url: str) -> Answer:
        parts = urlsplit(url)
        answer = await self._sent("GET", parts.path, dict(parse_qsl(parts.query)))
        if answer.status >= 400:
            raise _refused(answer, accepted=True)
        return answer


def _is_passing(answer: Answer) -> bool:
    error = answer.body.get("error") if isinstance(answer.body, Mapping) else None
    code = error.get("code") if isinstance(error, Mapping) else ""
    return answer.status in _PASSING or (answer.status == 409 and code == "AnotherOperationInProgress")


async def _pause(answer: Answer) -> None:
    """As long as ARM asks for; a second where it does not say."""
    await asyncio.sleep(float(answer.headers.get("retry-after", 1)))


def _object(answer: Answer) -> Json:
    if isinstance(answer.body, dict):
        return answer.body
    raise ArmRefusedError(answer.status, "", f"unexpected response from Azure: '{answer.body}'")


def _refused(answer: Answer, *, accepted: bool = False) -> ArmRefusedError:
    error = answer.body.get("error") if isinstance(answer.body, Mapping) else None
    if not isinstance(error, Mapping):
        return ArmRefusedError(answer.status, "", str(answer.body or ""), accepted=accepted)
    return ArmRefusedError(answer.status, str(error.get("code", "")), str(error.get("message", "")), accepted=accepted)


def _failed(answer: Answer) -> ArmRefusedError:
    """An operation that ended badly; Azure answers 200 to the question."""
    error = answer.body.get("error") or {}
    return ArmRefusedError(answer.status, str(error.get("code", "")), str(error.get("message", "")), accepted=True)
