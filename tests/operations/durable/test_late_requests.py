"""A request whose answer is lost, and that Azure carries out later: it is not sent again, whoever looks meanwhile."""

import threading
import time
from collections import Counter

import pytest

from azure_hotpatch.operations.clients import compute, guest
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
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


def test_a_restart_is_not_requested_again(bench, late):
    here = bench(2, prepare=carrying(NAMES))
    sent = late(guest, "begin_restart", waits=2 * PACE.settle)
    plan = rollback(here.connection)
    here.begin(plan)
    assert states(here.end(plan)) == {State.UNINSTALLED: 2}
    assert sorted(sent) == NAMES
