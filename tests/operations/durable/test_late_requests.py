"""A request whose answer is lost, and that Azure carries out later: it is not sent again, whoever looks meanwhile.

Azure may carry it out while its wave still watches the machine, or long after.
"""

import threading
import time
from collections import Counter

import pytest

from azure_hotpatch.operations.clients import compute, guest
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable import decisions, ids, notes
from azure_hotpatch.operations.install.outcome import State
from tests.operations.carriers import carrying, rollback
from tests.operations.durable.conftest import PACE

NAMES = ["vm-0000", "vm-0001"]


@pytest.fixture
def late(monkeypatch):
    """Lets a request reach Azure a while after its connection was cut, `waits` seconds after it was sent.

    Gives the names of the machines for which one was sent.
    """
    sent, timers = [], []

    def begin(module, name, *, waits):
        send = getattr(module, name)

        def lost(connection, place, *given):
            first = place.name not in sent
            sent.append(place.name)
            time.sleep(waits)
            if first:
                timers.append(threading.Timer(PACE.settle / 2, send, (connection, place, *given)))
                timers[-1].start()
            raise Refusal(RefusalKind.ANSWER_LOST, "the connection was cut")

        monkeypatch.setattr(module, name, lost)
        return sent

    yield begin
    for timer in timers:
        timer.join()


def states(outcomes):
    return Counter(outcome.state for outcome in outcomes)


def test_an_installation_is_not_requested_again_by_its_wave(bench, late):
    sent = late(compute, "begin_install", waits=2 * PACE.settle)
    here = bench(2)
    plan = here.plan()
    here.begin(plan)
    assert states(here.end(plan)) == {State.INSTALLED: 2}
    assert sorted(sent) == NAMES


def test_an_installation_is_not_requested_by_another_wave(bench, late):
    sent = late(compute, "begin_install", waits=0)
    here = bench(2)
    one, other = here.plan("wave-one"), here.plan("wave-two")
    here.begin(one)
    here.begin(other)
    assert states([*here.end(one), *here.end(other)]) == {State.INSTALLED: 2, State.ADOPTED: 2}
    assert sorted(sent) == NAMES


def test_an_installation_that_azure_holds_for_longer_than_it_is_watched_is_requested_once(bench):
    here = bench(2, "--hold", str(4 * PACE.settle))
    plan = here.plan(maxErrors="100%")
    here.begin(plan)
    outcomes = here.end(plan)
    assert states(outcomes) == {State.UNKNOWN: 2}
    assert all("the answer to the request was lost" in one.message for one in outcomes)
    assert here.azure.installs() == []
    here.until(lambda: len(here.azure.installs()) == 2)
    assert decisions.resume(here.runtime.client, plan.id, "ops@test")  # the machines are read, and nothing is sent
    assert states(here.end(plan)) == {State.INSTALLED: 2}
    assert sorted(here.azure.installs()) == NAMES
    assert here.azure.log("refused") == []


def test_nor_is_it_by_another_wave_which_says_why(bench):
    here = bench(1, "--hold", str(6 * PACE.settle))
    one, other = here.plan("wave-one", maxErrors="100%"), here.plan("wave-two")
    here.begin(one)
    here.end(one)
    here.begin(other)
    (outcome,) = here.end(other)
    assert outcome.state is State.NOT_STARTED
    assert "the wave wave-one sent a request for it whose answer was lost" in outcome.message
    here.until(here.azure.installs)
    decisions.resume(here.runtime.client, other.id, "ops@test")
    assert states(here.end(other)) == {State.ADOPTED: 1}
    assert here.azure.installs() == NAMES[:1]


def test_a_person_has_it_requested_again(bench, monkeypatch):
    """A request that never arrives: nothing shows, and `resume` is the decision that nothing will."""
    send, lost = compute.begin_install, []

    def begin(connection, place, body):
        if place.name in lost:
            return send(connection, place, body)
        lost.append(place.name)
        raise Refusal(RefusalKind.ANSWER_LOST, "the connection was cut")

    monkeypatch.setattr(compute, "begin_install", begin)
    here = bench(2)
    plan = here.plan(maxErrors="100%")
    here.begin(plan)
    assert states(here.end(plan)) == {State.UNKNOWN: 2}
    decisions.resume(here.runtime.client, plan.id, "ops@test")
    assert states(here.end(plan)) == {State.INSTALLED: 2}
    assert sorted(here.azure.installs()) == NAMES


def test_a_stop_does_not_make_a_machine_not_started_for_which_a_request_has_left(bench):
    here = bench(1, "--hold", str(PACE.settle / 2))
    plan = here.plan()
    here.begin(plan)
    here.until(lambda: notes.attempted(here.runtime.notes, notes.lost_of(ids.machine_id(plan.id, plan.machines[0]))))
    decisions.stop(here.runtime.client, plan.id, "a moment")
    assert states(here.end(plan)) == {State.INSTALLED: 1}


def test_a_restart_is_not_requested_again(bench, late):
    here = bench(2, prepare=carrying(NAMES))
    sent = late(guest, "begin_restart", waits=2 * PACE.settle)
    plan = rollback(here.connection)
    here.begin(plan)
    assert states(here.end(plan)) == {State.UNINSTALLED: 2}
    assert sorted(sent) == NAMES
