"""What Azure, the network or the log-in refused, in one line that says what to do."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseError,
)

from azure_hotpatch.operations.clients.unreached import is_unreached, unreached

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_LONGEST = 360  # a refusal for want of a right, with its scope, has as many
# "Cannot modify extensions in the VM when the VM is not running.", to patch operations alike.
_OFF = "not running"
_NO_REASON = "Please provide below info when asking for support"  # Resource Graph, before a time and an id
_LOG_IN_CODE = re.compile(r"AADSTS\d+")


class RefusalKind(StrEnum):
    """What kind of refusal it is, by what can be done."""

    LOG_IN = "log-in"
    PERMISSION = "permission"
    THROTTLED = "throttled"
    GONE = "gone"
    UNDER_WAY = "under way"
    NOT_SENT = "not sent"  # the request did not leave: nothing happened
    ANSWER_LOST = "answer lost"  # it may have been carried out
    REFUSED = "refused"


class Refusal(Exception):  # noqa: N818 - it is raised as an answer, and carries what Azure said
    """A request that was not answered as it should; `str()` is one line with what to do, without a header or a token.

    `seconds` is how long Azure wants to be left alone.
    """

    def __init__(self, kind: RefusalKind, line: str, seconds: float = 0.0) -> None:
        super().__init__(line)
        self.kind = kind
        self.seconds = seconds

    @property
    def concerns_every_request(self) -> bool:
        """Whether it would be the same for every machine: nobody is logged in, or nothing leaves this computer."""
        return self.kind in (RefusalKind.LOG_IN, RefusalKind.NOT_SENT)


def said(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let a function that reads raise a Refusal where a client of Azure's raises its own."""
    return _refusing(function, changes=False)


def said_of_a_change(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """The same for a function that changes something: where the answer is lost, it may have been carried out."""
    return _refusing(function, changes=True)


def _refusing(function: Callable[Parameters, Result], *, changes: bool) -> Callable[Parameters, Result]:
    @wraps(function)
    def asking(*arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
        try:
            return function(*arguments, **options)
        except AzureError as error:
            # The client's own error holds the request with its token, and would take it along as its cause.
            raise refusal_of(error, changes=changes) from None

    return asking


def refusal_of(error: AzureError, *, changes: bool = False) -> Refusal:
    """What an error of azure-core's is; `changes` says whether the request was to change something."""
    if isinstance(error, ClientAuthenticationError):
        return _without_token(error)
    if isinstance(error, ServiceRequestError):
        return Refusal(RefusalKind.NOT_SENT, unreached("Azure", str(error)))
    if isinstance(error, HttpResponseError) and error.status_code is not None:
        return _answered(error, changes=changes)
    if isinstance(error, ServiceResponseError | HttpResponseError):
        otherwise = "check the network and the proxy, and try again"
        return _lost("the connection was cut before Azure answered", otherwise, changes=changes)
    return Refusal(RefusalKind.REFUSED, _first_line(error))


def _without_token(error: ClientAuthenticationError) -> Refusal:
    """azure-identity raises the same error where nobody is logged in, where the network is cut, and for a refusal."""
    words = str(error)
    if is_unreached(words):
        return Refusal(RefusalKind.NOT_SENT, unreached("Azure's log-in", words))
    code = _LOG_IN_CODE.search(words)
    said = f" ({code[0]})" if code else ""
    return Refusal(
        RefusalKind.LOG_IN, f"Azure does not know who asks{said}: log in with `az login`, or set AZURE_CLIENT_ID, …"
    )


def _lost(what: str, otherwise: str, *, changes: bool) -> Refusal:
    """An answer that did not come, with what to do: `otherwise` where nothing can have been changed."""
    advice = "it may have been carried out; look before you ask again" if changes else otherwise
    return Refusal(RefusalKind.ANSWER_LOST, f"{what}: {advice}")


def _answered(error: HttpResponseError, *, changes: bool) -> Refusal:
    code = getattr(error.error, "code", "") or ""
    words = f"{code}: {_words(error)}" if code else _words(error)
    status = error.status_code
    if status == 401:
        return Refusal(RefusalKind.LOG_IN, "the log-in is over or for another tenant: log in again with `az login`")
    if status == 403:
        return Refusal(
            RefusalKind.PERMISSION,
            f"{words}; the identity needs a role of docs/guides/rights.md: Hotpatch Reader to look, another to act",
        )
    if status == 404:
        return Refusal(RefusalKind.GONE, f"{words}; it was deleted, or is in another subscription")
    if status == 409 and _OFF in words:
        return Refusal(RefusalKind.REFUSED, f"{words}; start the machine first")
    if status == 409:
        return Refusal(RefusalKind.UNDER_WAY, f"{words}; wait until it is done")
    if status == 429:
        seconds = _retry_after(error)
        limited = f"Azure limits the requests of this subscription; try again in {seconds:.0f} s"
        return Refusal(RefusalKind.THROTTLED, limited, seconds)
    if status in (408, 500, 502, 503, 504):
        return _lost(f"Azure answered {status}", "try again in a few minutes", changes=changes)
    return Refusal(RefusalKind.REFUSED, words)


def _retry_after(error: HttpResponseError) -> float:
    headers = getattr(error.response, "headers", {})
    try:
        return max(1.0, float(headers.get("Retry-After", 60)))
    except ValueError:
        return 60.0


def _words(error: HttpResponseError) -> str:
    words = " ".join(_reasons(error).split())
    if len(words) > _LONGEST:
        return f"{words[:_LONGEST].rpartition(' ')[0]} …"
    return words.rstrip(".")


def _reasons(error: HttpResponseError) -> str:
    """What Azure says, with its details; Resource Graph says in them alone what is wrong."""
    found = error.error
    message = str(getattr(found, "message", None) or error.reason or error.status_code)
    details = [str(one.message) for one in getattr(found, "details", None) or () if getattr(one, "message", None)]
    if details and message.startswith(_NO_REASON):
        return "; ".join(details)
    return "; ".join([message, *(one for one in details if one not in message)])


def _first_line(error: Any) -> str:
    text = " ".join(str(getattr(error, "message", error)).splitlines()[:1])
    return text[:_LONGEST]
