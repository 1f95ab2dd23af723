"""Carrying out: the canary first, what a machine says is read back, and a failure stops the rest."""

import json

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.rollback.plan import Wish, plan
from azure_hotpatch.operations.rollback.run import Refused, carry_out
from tests.operations.machines import PAUSED, at, machine

NAMES = ("web-1", "web-2", "web-3")


@pytest.fixture
def plans():
    return plan([machine(name, settings=PAUSED) for name in NAMES], Wish(("5122871",)), at("2026-09-10"), CALENDAR)


class Azure:
    """Answers with outcomes in their order, and keeps what was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def run(self, one, _script):
        self.asked.append(one.name)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def restart(self, one):
        self.asked.append(f"restart {one.name}")


def line(outcome, build="26100.33158", packages=(), code=0):
    return json.dumps({"kb": "KB5122871", "outcome": outcome, "build": build, "packages": packages, "code": code})


GOOD = (line("removed"), line("absent"))


def test_the_canary_goes_first_and_the_rest_waits_for_a_word(plans):
    asked = []

    def go_on(results):
        asked.append([one.machine.rpartition("/")[2] for one in results])
        return True

    azure = Azure(*GOOD * 3)
    assert [one.done for one in carry_out(plans, azure, 1, go_on)] == [True] * 3
    assert asked == [["web-1"]]
    assert azure.asked[:3] == ["web-1", "restart web-1", "web-1"]


def test_nothing_follows_where_the_word_is_no(plans):
    azure = Azure(*GOOD * 3)
    assert len(list(carry_out(plans, azure, 2, lambda _: False))) == 2
    assert "web-3" not in azure.asked


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([line("restart pending")], "a restart is pending"),
        ([line("wrong baseline", packages=["Package_for_RollupFix~x"])], "Package_for_RollupFix~x"),
        ([line("permanent", packages=["P"], code=-2146498523)], "P cannot be uninstalled"),
        ([line("ambiguous", packages=["A", "B"])], "A, B"),
        ([line("failed", packages=["P"], code=5)], "DISM ended with 5"),
        ([line("absent", build="26100.33438")], "no package of KB5122871 is there, but its build is 26100.33438"),
        ([line("removed"), line("removed")], "came back"),
        ([line("removed"), line("restart pending")], "a restart is pending"),
        (["The system is on fire."], "printed 'The system is on fire.'"),
        ([""], "printed 'nothing'"),
        (['{"kb": "KB5122871", "outcome": "absent"}'], "did not say what came of it"),
        ([Refused("Azure limits the requests")], "Azure limits"),
    ],
)
def test_a_failure_stops_and_says_why(plans, answers, words):
    azure = Azure(*answers)
    (result,) = carry_out(plans, azure, 1, lambda _: True)
    assert not result.done
    assert words in result.words
    assert "web-2" not in azure.asked


def test_an_answer_for_another_update_is_none(plans):
    (result,) = carry_out(plans, Azure(line("absent").replace("KB5122871", "KB1111111")), 1, lambda _: True)
    assert not result.done
