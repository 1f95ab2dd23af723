"""Whatever Azure, the network or the log-in refuses is one line that says what can be done."""

import json
from types import SimpleNamespace

import pytest
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ODataV4Format,
    ServiceRequestError,
    ServiceResponseError,
)

from azure_hotpatch.operations.clients.refusals import RefusalKind, refusal_of

TOKEN = "Bearer secret-token"  # noqa: S105 - what must not be said


def answered(status, code="", message="", **headers):
    """An error as azure-core makes it of an answer."""
    request = SimpleNamespace(headers={"Authorization": TOKEN}, url="https://management.azure.com/x")
    response = SimpleNamespace(
        status_code=status, reason="Reason", headers=headers, request=request, text=lambda *_: "", body=lambda: b""
    )
    error = HttpResponseError(message, response=response)
    error.error = ODataV4Format({"code": code, "message": message}) if code else None
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ClientAuthenticationError("DefaultAzureCredential failed\nAttempted:\n"), RefusalKind.LOG_IN, "`az login`"),
        (ClientAuthenticationError("AADSTS7000215: Invalid client secret"), RefusalKind.LOG_IN, "(AADSTS7000215)"),
        (
            ClientAuthenticationError("Authentication failed: HTTPSConnection(host='login', port=443): refused"),
            RefusalKind.NOT_SENT,
            "log-in at login:443 cannot be reached: the connection fails; check the network",
        ),
        (
            ClientAuthenticationError("Authentication failed: HTTPSConnection(host='localhost', port=8443): refused"),
            RefusalKind.NOT_SENT,
            "log-in at localhost:8443 cannot be reached: the connection fails; `hotpatch azure serve` starts",
        ),
        (ServiceRequestError("Connection refused"), RefusalKind.NOT_SENT, "check the network and the proxy"),
        (ServiceResponseError("aborted"), RefusalKind.ANSWER_LOST, "cut before Azure answered: check the network"),
        (answered(401), RefusalKind.LOG_IN, "log in again"),
        (answered(403, "AuthorizationFailed", "no right"), RefusalKind.PERMISSION, "AuthorizationFailed: no right; "),
        (answered(404, "ResourceNotFound", "gone"), RefusalKind.GONE, "it was deleted"),
        (answered(409, "Conflict", "Another installation is under way."), RefusalKind.UNDER_WAY, "wait until it is"),
        (
            answered(409, "OperationNotAllowed", "Cannot modify extensions in the VM when the VM is not running."),
            RefusalKind.REFUSED,
            "start the machine first",
        ),
        (answered(429, "TooManyRequests", "slow", **{"Retry-After": "7"}), RefusalKind.THROTTLED, "in 7 s"),
        (answered(503), RefusalKind.ANSWER_LOST, "Azure answered 503: try again in a few minutes"),
        (answered(400, "InvalidParameter", "no\nsuch image"), RefusalKind.REFUSED, "InvalidParameter: no such image"),
    ],
)
def test_says_what_can_be_done(error, kind, words):
    refusal = refusal_of(error)
    assert refusal.kind is kind
    assert words in str(refusal)
    assert "\n" not in str(refusal)
    assert TOKEN not in json.dumps([str(refusal), repr(refusal)])


@pytest.mark.parametrize("error", [ServiceResponseError("aborted"), answered(504)])
def test_a_change_whose_answer_is_lost_may_have_been_carried_out(error):
    refusal = refusal_of(error, changes=True)
    assert refusal.kind is RefusalKind.ANSWER_LOST
    assert "it may have been carried out; look before you ask again" in str(refusal)
    assert "try again" not in str(refusal)


def test_a_long_refusal_ends_with_a_word():
    said = str(refusal_of(answered(400, "Long", "word " * 200)))
    assert said.endswith("word …")
    assert len(said) < 400


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "Please provide below info when asking for support: timestamp = 1, correlationId = 2.",
            "BadRequest: 'x' is no",
        ),
        ("The request is wrong", "BadRequest: The request is wrong; 'x' is no"),
        ("The request is wrong: 'x' is no id.", "BadRequest: The request is wrong: 'x' is no id"),
    ],
)
def test_says_what_azure_says_in_its_details(message, words):
    error = answered(400, "BadRequest", message)
    details = [{"code": "BadRequest", "message": "'x' is no id."}]
    error.error = ODataV4Format({"code": "BadRequest", "message": message, "details": details})
    assert str(refusal_of(error)).startswith(words)
    assert str(refusal_of(error)).count("is no id") == 1
