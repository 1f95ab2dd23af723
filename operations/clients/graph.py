"""Azure Resource Graph: a query to its last page, within the caller's quota, and whatever an answer left out."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from azure.core.exceptions import HttpResponseError
from azure.mgmt.resourcegraph import ResourceGraphClient
from azure.mgmt.resourcegraph.models import QueryRequest, QueryRequestOptions, QueryResponse

from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.refusals import said

Row = dict[str, Any]

MOST_ROWS = 1000  # azure-mgmt-resourcegraph, QueryRequestOptions.top
# "Guidance for throttled requests in Azure Resource Graph": 15 queries in five seconds, a page is one
QUERIES, WINDOW = 15, 5.0
_REMAINING, _RESETS = "x-ms-user-quota-remaining", "x-ms-user-quota-resets-after"
_LIMIT_HIT = "x-ms-tenant-subscription-limit-hit"
_AGAIN = frozenset({429, 500, 502, 503, 504})
_ATTEMPTS = 6
_TOO_LARGE = "payloadtoolarge"
CUT = "Resource Graph cut an answer short: narrow the selection down, some machines or updates are missing"
TOO_MANY_SUBSCRIPTIONS = (
    "only the first 10,000 subscriptions were asked, which is Resource Graph's limit: name the subscriptions"
)


class Quota:
    """The queries that are left; without one, a caller waits until the window is over, and a little longer."""

    def __init__(
        self, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep, self._clock = sleep, clock
        self._lock = threading.Lock()
        self._left, self._over = QUERIES, 0.0

    def take(self) -> None:
        with self._lock:  # those who come meanwhile wait behind it
            if self._left <= 0:
                jitter = random.uniform(0.05, 0.3)  # noqa: S311 - to part clients, no secret
                self._sleep(max(self._over - self._clock(), 0.0) + jitter)
                self._left = QUERIES
            self._left -= 1

    def heard(self, headers: Mapping[str, str], *, refused: bool = False) -> None:
        """Take over what an answer says is left; another client may use the same quota."""
        remaining = headers.get(_REMAINING, "")
        with self._lock:
            if refused:
                self._left = 0
            elif remaining.isdecimal():
                self._left = min(self._left, int(remaining))
            self._over = self._clock() + _seconds(headers.get(_RESETS, ""))


@dataclass
class Graph:
    """Resource Graph for a scope: subscriptions, or management groups by id, or all that the caller sees.

    `notes` are the sentences that a person must read beside the rows: what was left out, and why.
    """

    connection: Connection
    subscriptions: tuple[str, ...] = ()
    management_groups: tuple[str, ...] = ()
    quota: Quota = field(default_factory=Quota)
    notes: dict[str, None] = field(default_factory=dict)
    queries: int = 0

    def __post_init__(self) -> None:
        # What is refused with a status is repeated here, by the quota's headers, and not by azure-core.
        self._client = self.connection.open(ResourceGraphClient, retry_status=0)

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def rows(self, query: str) -> Iterator[Row]:
        """Every row of a query; it must have the column `id` and be ordered by it, or there is no second page."""
        token, top = None, MOST_ROWS
        while True:
            answer = self._page(query, token, top)
            if answer is None:
                top //= 2
                continue
            yield from cast(list[Row], answer.data)  # the model says "any object"
            if str(answer.result_truncated).lower() == "true":
                self.notes[CUT] = None
            token = answer.skip_token
            if not token:
                return

    @said
    def _page(self, query: str, token: str | None, top: int) -> QueryResponse | None:
        """One page, or None where it is too large for one answer."""
        for left in reversed(range(_ATTEMPTS)):
            try:
                return self._ask(query, token, top)
            except HttpResponseError as error:
                if _TOO_LARGE in str(getattr(error.error, "code", "")).lower() and top > 1:
                    return None
                if error.status_code not in _AGAIN or left == 0:
                    raise
                self.quota.heard(getattr(error.response, "headers", {}), refused=True)
        raise AssertionError("the last attempt returns or raises")

    def _ask(self, query: str, token: str | None, top: int) -> QueryResponse:
        self.quota.take()
        options = QueryRequestOptions(top=top, skip_token=token, result_format="objectArray")
        request = QueryRequest(
            query=query,
            subscriptions=list(self.subscriptions) or None,
            management_groups=list(self.management_groups) or None,
            options=options,
        )
        self.queries += 1
        return self._client.resources(request, raw_response_hook=self._heard)

    def _heard(self, answer: Any) -> None:
        headers = answer.http_response.headers
        if answer.http_response.status_code == 200:
            self.quota.heard(headers)
        if str(headers.get(_LIMIT_HIT, "")).lower() == "true":
            self.notes[TOO_MANY_SUBSCRIPTIONS] = None


def _seconds(text: str) -> float:
    """`hh:mm:ss`; the whole window where Azure does not say."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return WINDOW
    hours, minutes, seconds = map(int, parts)
    return hours * 3600.0 + minutes * 60 + seconds
