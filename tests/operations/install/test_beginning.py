"""Whether a machine may be started, by what its instance view says."""

import pytest

from azure_hotpatch.operations.install.beginning import Next, next_step

BEFORE = {"status": "Succeeded", "installationActivityId": "before"}
AFTER = {"status": "Succeeded", "installationActivityId": "after"}
UNDER_WAY = {"status": "InProgress", "installationActivityId": "after"}


@pytest.mark.parametrize(
    ("power", "last", "known", "since_attempt", "following"),
    [
        ("running", None, None, None, Next.START),
        ("running", BEFORE, "before", None, Next.START),
        ("running", UNDER_WAY, "before", None, Next.WAIT),
        ("running", AFTER, "before", None, Next.DONE),
        ("running", AFTER, None, None, Next.DONE),
        ("running", {**AFTER, "status": "Failed"}, "before", None, Next.DONE),
        ("running", BEFORE, "before", 3.0, Next.LOOK_AGAIN),
        ("running", BEFORE, "before", 31.0, Next.START),
        ("running", AFTER, "before", 3.0, Next.DONE),
        ("deallocated", BEFORE, "before", None, Next.REFUSE),
    ],
)
def test_a_machine_is_started_only_if_nothing_was_since_the_plan(power, last, known, since_attempt, following):
    assert next_step(power, last, known, since_attempt, settle=30.0).next is following


@pytest.mark.parametrize(
    ("last", "since_attempt", "following"),
    [
        (BEFORE, 3.0, Next.LOOK_AGAIN),
        (BEFORE, 31.0, Next.LOST),
        (UNDER_WAY, 31.0, Next.WAIT),
        (AFTER, 31.0, Next.DONE),
    ],
)
def test_a_request_whose_answer_was_lost_is_not_repeated(last, since_attempt, following):
    assert next_step("running", last, "before", since_attempt, 30.0, is_lost=True).next is following
