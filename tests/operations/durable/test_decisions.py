"""What operators decide about a wave that is under way: at the same moment, twice, and with a kill in between."""

import asyncio
import threading
import time

import pytest

from azure_hotpatch.operations.durable import decisions, starting, waiting, waves
from azure_hotpatch.operations.durable.control import RESUMING
from azure_hotpatch.operations.install.outcome import State
from tests.operations.durable.conftest import PACE
from tests.operations.durable.test_waves import at_a_closed_gate, states


@pytest.fixture
def held(monkeypatch):
    """Until it is set no installation ends for its wave, though it does in Azure."""
    let_go, wait = threading.Event(), waiting.wait

    async def waited(*arguments):
        while not let_go.is_set():
            await asyncio.sleep(0.02)
        return await wait(*arguments)

    monkeypatch.setattr(waiting, "wait", waited)
    yield let_go
    let_go.set()


@pytest.fixture
def door(monkeypatch):
    """A machine of that name is let in to be started, once for each release."""
    let_in, start = threading.Semaphore(0), starting.start

    def door_of(name):
        async def started(runtime, control, job):
            while job.machine["name"] == name and not let_in.acquire(blocking=False):
                await asyncio.sleep(0.02)
            return await start(runtime, control, job)

        monkeypatch.setattr(starting, "start", started)
        return let_in

    return door_of


def test_a_ring_is_not_done_while_a_machine_that_a_stop_kept_from_it_is_started_again(bench, held, door):
    """Of two canaries one is under way when the wave is stopped; it ends once the wave goes on, before the other."""
    here = bench(4)
    plan = here.plan(canary="2", maxConcurrency="2")
    client = here.runtime.client
    one, other = (machine.name for machine in plan.ring("canary"))
    let_in = door(other)
    here.begin(plan)
    here.until(lambda: here.azure.installs() == [one])
    decisions.stop(client, plan.id, "a moment")
    let_in.release()
    here.until(lambda: waves.states(client, plan.id).get("ended") == 1)
    time.sleep(5 * PACE.ring)  # the ring has counted it
    assert decisions.resume(client, plan.id, "ops@test")
    held.set()
    here.until(lambda: waves.states(client, plan.id).get("ended") == 1)
    time.sleep(10 * PACE.ring)
    assert here.azure.installs() == [one]
    let_in.release()
    assert states(here.end(plan)) == {State.INSTALLED: 4}
    assert here.azure.installs()[:2] == [one, other]


def test_the_second_who_resumes_changes_nothing_and_hears_who_was_first(bench):
    here, plan = at_a_closed_gate(bench)
    client = here.runtime.client
    decisions.stop(client, plan.id, "a moment")
    assert decisions.resume(client, plan.id, "ann@test")
    if not waves.one(client, plan.id).is_over:
        assert not decisions.resume(client, plan.id, "bob@test")
        assert waves.one(client, plan.id).resumed.startswith("ann@test at 20")
    here.end(plan)


def test_a_resume_of_a_wave_that_goes_on_forgives_no_failure(bench, held):
    here = bench(2)
    plan = here.plan(maxConcurrency="1")
    client = here.runtime.client
    here.begin(plan)
    here.until(lambda: here.azure.installs())
    assert not decisions.resume(client, plan.id, "ops@test")
    (found,) = client.list_workflows(workflow_ids=[plan.id])
    assert "forgiven" not in found.attributes
    held.set()
    assert states(here.end(plan)) == {State.INSTALLED: 2}


def test_a_resume_that_was_killed_half_way_is_finished_by_the_next(bench, monkeypatch):
    here = bench(6)
    plan = here.plan(maxConcurrency="2")
    client = here.runtime.client
    here.begin(plan)
    here.until(lambda: len(here.azure.installs()) >= 2)
    decisions.stop(client, plan.id, "a moment")
    here.end(plan)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(client, "rewind_workflow", killed)
        with pytest.raises(KeyboardInterrupt):
            decisions.resume(client, plan.id, "ann@test")
    assert waves.one(client, plan.id).resuming
    assert decisions.resume(client, plan.id, "bob@test")
    assert states(here.end(plan)) == {State.INSTALLED: 6}
    assert sorted(here.azure.installs()) == sorted(machine.name for machine in plan.machines)


def test_a_wave_whose_resume_was_killed_does_not_take_its_ring_for_done(bench, held):
    here = bench(2)
    plan = here.plan(maxConcurrency="2")
    client = here.runtime.client
    here.begin(plan)
    here.until(lambda: len(here.azure.installs()) == 2)
    client.update_workflow_attributes(plan.id, {RESUMING: True}, merge=True)
    held.set()
    here.until(lambda: waves.states(client, plan.id).get("ended") == 2)
    assert not waves.one(client, plan.id).is_over
    assert decisions.resume(client, plan.id, "ops@test")
    assert states(here.end(plan)) == {State.INSTALLED: 2}


def test_a_wave_that_ended_for_a_stop_that_was_lifted_at_that_moment_goes_on(bench):
    here, plan = at_a_closed_gate(bench)
    client = here.runtime.client
    decisions.stop(client, plan.id, "a moment")
    assert not decisions.must_go_on(client, plan.id)
    # The worker had read the stop, and ends the wave only after it was lifted.
    client.update_workflow_attributes(plan.id, {"control": "run", "why": "", "gate": ""}, merge=True)
    assert decisions.must_go_on(client, plan.id)
    decisions.resume(client, plan.id, "ops@test")
    assert not decisions.must_go_on(client, plan.id)
    here.end(plan)


def test_a_gate_that_stays_closed_does_not_take_the_place_of_an_operator_s_stop(bench, tmp_path):
    here = bench(2)
    gate = tmp_path / "gate.sh"
    gate.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\nwhile [ ! -e {tmp_path}/go ]; do sleep 0.05; done\nexit 1\n")
    gate.chmod(0o755)
    plan = here.plan(canary="1", gate={"command": [str(gate)], "attempts": 1, "pause": "0s"})
    here.begin(plan)
    here.until((tmp_path / "asked").exists)
    decisions.stop(here.runtime.client, plan.id, "KB1 is bad")
    (tmp_path / "go").touch()
    here.end(plan)
    assert waves.one(here.runtime.client, plan.id).stopped == "KB1 is bad"
    assert waves.one(here.runtime.client, plan.id).gate == ""
