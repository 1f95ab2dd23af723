"""What a machine says after the script, and what that makes of the roll back."""

import json

import pytest

from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.rollback.outcome import (
    Said,
    ScriptAnswer,
    UnreadableAnswerError,
    answer_of,
    why_not_fixed,
    why_not_gone,
    why_not_removed,
)

BAD = Removal(
    kb="KB5122871",
    named="Package_for_KB5122871~*",
    rollup="Package_for_*RollupFix*~26100.33438.*",
    baseline="Package_for_*RollupFix*~26100.33158.*",
    bad_build="26100.33438",
    good_build="26100.33158",
)


def line(outcome, build="26100.33158", packages=(), code=0):
    return json.dumps({"kb": "KB5122871", "outcome": outcome, "build": build, "packages": packages, "code": code})


def said(outcome, build="26100.33158", packages=(), code=0):
    return ScriptAnswer(Said(outcome), build, packages, code)


def test_the_last_line_that_is_the_script_s_counts():
    printed = f"WARNING: slow disk\n{line('removed', packages=['P'], code=3010)}\n"
    assert answer_of(printed, BAD.kb) == said("removed", packages=("P",), code=3010)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("The system is on fire.", "printed 'The system is on fire.'"),
        ("", "printed 'nothing'"),
        ('{"kb": "KB5122871", "outcome": "absent"}', "did not report a result"),
        (line("absent").replace("KB5122871", "KB1111111"), "did not report a result"),
        (line("exploded"), "did not report a result"),
    ],
)
def test_anything_else_is_no_answer(printed, words):
    with pytest.raises(UnreadableAnswerError, match=words):
        answer_of(printed, BAD.kb)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said("restart pending"), "a restart is pending"),
        (said("wrong baseline", packages=("Package_for_RollupFix~x",)), "it has Package_for_RollupFix~x"),
        (said("permanent", packages=("P",), code=-2146498523), "P cannot be uninstalled"),
        (said("ambiguous", packages=("A", "B")), "nothing was removed: A, B"),
        (said("failed", packages=("P",), code=5), "DISM ended with 5"),
        (said("absent", build="26100.33438"), "no package of KB5122871 is there, but its build is 26100.33438"),
    ],
)
def test_says_why_it_was_not_removed(answer, words):
    assert words in why_not_removed(answer, BAD)
    assert words in why_not_gone(answer, BAD) or answer.said is Said.RESTART_PENDING


def test_removed_absent_and_pending_are_no_refusal():
    assert not any(why_not_removed(said(word), BAD) for word in ("removed", "removal pending", "absent"))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said("absent"), ""),
        (said("absent", build="26100.33438"), "but its build is 26100.33438"),
        (said("present", packages=("P",)), "came back after it was removed"),
        (said("removal pending"), "the restart that it needs did not come"),
        (said("restart pending"), "another restart is pending"),
    ],
)
def test_says_why_it_is_not_gone_after_the_restart(answer, words):
    found = why_not_gone(answer, BAD)
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said("present"), ""),
        (said("ambiguous"), ""),
        (said("restart pending"), "not in force before a restart"),
        (said("absent"), "is not on it, its build is 26100.33158"),
        (said("removal pending"), "another process is uninstalling KB5122871"),
    ],
)
def test_says_why_the_fix_is_not_in_force(answer, words):
    found = why_not_fixed(answer, BAD)
    assert words in found
    assert bool(found) == bool(words)
