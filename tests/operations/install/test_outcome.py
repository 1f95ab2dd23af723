"""What became of a machine, by what Azure says of its installation."""

import pytest

from azure_hotpatch.operations.install.outcome import State, from_result, summary_of

BASE = {"id": "/m/web-1", "name": "web-1", "ring": "rest"}


def outcome(status="Succeeded", **result):
    return from_result(BASE, {"status": status, "rebootStatus": "NotNeeded", "installationActivityId": "1", **result})


@pytest.mark.parametrize(
    ("result", "message", "nothing"),
    [
        ({"installedPatchCount": 0}, "Azure found nothing to install", ("web-1",)),
        ({"installedPatchCount": 1}, "", ()),
        ({}, "", ()),  # the count is not known
    ],
)
def test_a_success_that_installed_nothing_says_so(result, message, nothing):
    found = outcome(**result)
    assert (found.state, found.message) == (State.INSTALLED, message)
    assert summary_of("wave", [found]).nothing == nothing


def test_a_failure_that_installed_nothing_keeps_its_reason():
    found = outcome("Failed", installedPatchCount=0, error={"message": "0x80240022"})
    assert (found.state, found.message) == (State.FAILED, "0x80240022")
    assert summary_of("wave", [found]).nothing == ()
