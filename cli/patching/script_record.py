"""Azure's clients at an emulated Azure, and what the scripts that were run through them printed."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from azure.core.credentials import AccessToken
from azure.core.pipeline import PipelineRequest, PipelineResponse
from azure.core.pipeline.policies import SansIOHTTPPolicy

from azure_hotpatch.operations.clients.connection import ENDPOINT, Connection
from azure_hotpatch.operations.clients.guest import printed

_NEVER = 4102444800  # 2100-01-01, in seconds since 1970


class ScriptRecord(SansIOHTTPPolicy[Any, Any]):
    """What each machine's scripts printed, in their order, by the machine's id in lower case."""

    def __init__(self) -> None:
        self.printed: dict[str, list[str]] = {}
        self._machines: dict[str, str] = {}  # by the id of the operation
        self._lock = threading.Lock()  # several threads ask

    def on_response(self, request: PipelineRequest[Any], response: PipelineResponse[Any, Any]) -> None:
        sent, answer = request.http_request, response.http_response
        path = urlsplit(sent.url).path.lower()
        with self._lock:
            if sent.method == "POST" and path.endswith("/runcommand") and answer.status_code == 202:
                operation = answer.headers.get("Azure-AsyncOperation", "")
                self._machines[_last(operation)] = path.removesuffix("/runcommand")
            elif _last(sent.url) in self._machines and answer.status_code == 200:
                self._keep(_last(sent.url), answer.json())

    def _keep(self, operation: str, body: Mapping[str, Any]) -> None:
        result = (body.get("properties") or {}).get("output")
        if result is not None:
            self.printed.setdefault(self._machines.pop(operation), []).append(printed(result))


class _NoIdentity:
    """A token that only an emulated Azure takes: nobody is logged in."""

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        return AccessToken("rehearsal", _NEVER)


def connection_to(url: str, authority: Path, record: ScriptRecord) -> Connection:
    """Clients of the emulated Azure at `url` alone: no identity, variable or proxy of the user's has a part in it."""
    return Connection(
        {ENDPOINT: url},
        credential=_NoIdentity(),
        connection_verify=str(authority),
        use_env_settings=False,
        per_call_policies=[record],
    )


def _last(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]
