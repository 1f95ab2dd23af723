"""A wave from its beginning to its end, over the wire: rings, budgets, gates, stop and resume."""

import time
from collections import Counter

import pytest

from azure_hotpatch.operations.durable import decisions, waves
from azure_hotpatch.operations.durable.wave_store import WaveStoreError
from azure_hotpatch.operations.install.outcome import State, summary_of


def states(outcomes):
    return Counter(outcome.state for outcome in outcomes)


def test_installs_once_on_each_machine_ring_by_ring(bench):
    here = bench(6)
    plan = here.plan(rings=[{"name": "first", "tags": {"ring": "r1"}}])
    here.begin(plan)
    outcomes = here.end(plan)
    assert states(outcomes) == {State.INSTALLED: 6}
    assert {outcome.reboot for outcome in outcomes} == {"Completed"}
    first = {machine.name for machine in plan.ring("first")}
    assert set(here.azure.installs()[:3]) == first
    assert sorted(here.azure.installs()) == sorted(machine.name for machine in plan.machines)


def test_a_plan_is_begun_once(bench):
    here = bench(1)
    plan = here.plan()
    here.begin(plan)
    with pytest.raises(WaveStoreError, match="was begun before"):
        here.begin(plan)
    here.end(plan)
    with pytest.raises(WaveStoreError, match="was begun before"):
        here.begin(plan)


def test_two_operators_at_once_install_once(bench):
    here = bench(5)
    one, other = here.plan("wave-one"), here.plan("wave-two")
    here.begin(one)
    here.begin(other)
    found = states([*here.end(one), *here.end(other)])
    assert found == {State.INSTALLED: 5, State.ADOPTED: 5}
    assert len(here.azure.installs()) == 5


def test_a_lost_answer_starts_no_second_installation(bench):
    here = bench(12, "--lose", "3")
    plan = here.plan()
    here.begin(plan)
    assert states(here.end(plan)) == {State.INSTALLED: 12}
    assert sorted(here.azure.installs()) == sorted(machine.name for machine in plan.machines)


def test_stop_lets_nothing_more_begin_and_resume_does_the_rest(bench):
    here = bench(8)
    plan = here.plan(maxConcurrency="2")
    here.begin(plan)
    here.until(lambda: len(here.azure.installs()) >= 2)
    decisions.stop(here.runtime.client, plan.id, "the night is over")
    outcomes = here.end(plan)
    begun = len(here.azure.installs())
    assert begun < 8
    assert states(outcomes) == {State.INSTALLED: begun, State.NOT_STARTED: 8 - begun}
    assert here.why(plan) == "the night is over"
    decisions.resume(here.runtime.client, plan.id, "ops@test")
    assert states(here.end(plan)) == {State.INSTALLED: 8}
    assert sorted(here.azure.installs()) == sorted(machine.name for machine in plan.machines)


def test_a_worker_that_was_ended_goes_on_where_it_was(bench):
    here = bench(6)
    plan = here.plan(maxConcurrency="2")
    here.begin(plan)
    here.until(lambda: len(here.azure.installs()) >= 2)
    here.stack.close()
    here.start()
    assert states(here.end(plan)) == {State.INSTALLED: 6}
    assert len(here.azure.installs()) == 6


def test_too_many_errors_stop_the_wave(bench):
    here = bench(6)
    fault = {"kb": kb_of(here), "outcome": "fails", "machines": "vm-000*"}
    here.put("/emulator/events", {"faults": [fault]})
    plan = here.plan(maxErrors="1", maxConcurrency="1")
    here.begin(plan)
    outcomes = here.end(plan)
    assert states(outcomes) == {State.FAILED: 2, State.NOT_STARTED: 4}
    assert here.why(plan) == "2 machines failed, and 1 may"
    assert all("failed: KB" in outcome.message for outcome in outcomes if outcome.state is State.FAILED)
    assert summary_of(plan.id, outcomes, here.why(plan)).exit_code == 1


def test_a_machine_that_is_off_is_told_and_not_started(bench):
    here = bench(2)
    plan = here.plan(maxErrors="1")
    here.post(f"{plan.machines[0].id}/deallocate?api-version=2024-11-01")
    here.begin(plan)
    off, other = here.end(plan)
    assert (off.state, off.message) == (State.FAILED, "it is deallocated: start it, and plan again")
    assert other.state is State.INSTALLED
    assert here.azure.installs() == [plan.machines[1].name]


def test_a_machine_that_is_gone_is_told(bench):
    here = bench(1)
    plan = here.plan()
    here.delete(f"{plan.machines[0].id}?api-version=2024-11-01")
    here.begin(plan)
    (outcome,) = here.end(plan)
    assert outcome.state is State.FAILED
    assert "was deleted" in outcome.message


@pytest.mark.parametrize(
    ("gate", "why"),
    [
        ({"command": ["false"]}, "the gate after ring canary is closed: the command false ended with exit code 1"),
        ({"command": ["no-such-program"]}, "the command no-such-program cannot be run: No such file or directory"),
        ({"url": "http://127.0.0.1:1/health"}, "http://127.0.0.1:1/health does not answer (ConnectError)"),
    ],
)
def test_a_closed_gate_stops_the_wave(bench, gate, why):
    here = bench(2)
    plan = here.plan(canary="1", gate={**gate, "attempts": 2, "pause": "0s"})
    here.begin(plan)
    assert states(here.end(plan)) == {State.INSTALLED: 1, State.NOT_STARTED: 1}
    assert here.why(plan).endswith(why)


def at_a_closed_gate(bench):
    here = bench(3)
    rings = [{"name": "r1", "tags": {"ring": "r1"}}]
    plan = here.plan(rings=rings, canary="1", gate={"command": ["false"], "attempts": 1, "pause": "0s"})
    here.begin(plan)
    here.end(plan)
    assert decisions.closed_gate(here.runtime.client, plan.id) == "canary"
    return here, plan


def test_an_operator_lets_a_wave_go_on_past_one_closed_gate_at_a_time(bench):
    here, plan = at_a_closed_gate(bench)
    client = here.runtime.client
    decisions.resume(client, plan.id, "ops@test")
    here.end(plan)
    assert len(here.azure.installs()) == 1  # it was checked again
    for opened, ring in enumerate(plan.rings[:-1], start=1):
        assert decisions.closed_gate(client, plan.id) == ring
        decisions.open_gate(client, plan.id, "ops@test", "looked")
        here.end(plan)
        assert len(here.azure.installs()) > opened
    assert states(waves.outcomes(client, plan)) == {State.INSTALLED: 3}
    with pytest.raises(WaveStoreError, match="not stopped by a closed gate"):
        decisions.open_gate(client, plan.id, "another@test", "looked")
    assert sorted(here.azure.installs()) == sorted(machine.name for machine in plan.machines)


def test_a_decision_that_was_stored_before_a_kill_holds_for_whoever_gives_it_again(bench, monkeypatch):
    here, plan = at_a_closed_gate(bench)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(decisions, "resume", killed)
        with pytest.raises(KeyboardInterrupt):
            decisions.open_gate(here.runtime.client, plan.id, "ops@test", "looked")
    decisions.open_gate(here.runtime.client, plan.id, "ops@test", "looked")
    here.end(plan)
    assert len(here.azure.installs()) > 1


def test_a_wave_that_a_person_ended_does_not_go_on(bench):
    here, plan = at_a_closed_gate(bench)
    client = here.runtime.client
    decisions.finish(client, plan.id, "ended by one@test: broken")
    decisions.finish(client, plan.id, "ended by another@test: too")
    with pytest.raises(WaveStoreError, match="does not go on: ended by one@test: broken"):
        decisions.resume(client, plan.id, "ops@test")
    with pytest.raises(WaveStoreError, match="does not go on: ended by one@test: broken"):
        decisions.closed_gate(client, plan.id)
    # Somebody who looked before it was ended, and acts after it:
    client.update_workflow_attributes(plan.id, {"control": "run", "why": ""}, merge=True)
    client.rewind_workflow(plan.id, queue_name="waves")
    here.end(plan)
    assert len(here.azure.installs()) == 1


def test_a_stop_for_another_reason_is_not_undone_by_opening_a_gate(bench):
    here, plan = at_a_closed_gate(bench)
    decisions.stop(here.runtime.client, plan.id, "KB1 is bad")
    with pytest.raises(WaveStoreError, match="not stopped by a closed gate: KB1 is bad"):
        decisions.open_gate(here.runtime.client, plan.id, "ops@test", "looked")


def test_an_update_that_makes_machines_unhealthy_closes_the_gate_of_the_agents(bench):
    here = bench(3)
    here.put("/emulator/events", {"faults": [{"kb": kb_of(here), "outcome": "unhealthy"}]})
    plan = here.plan(canary="1", gate={"vmAgent": True, "attempts": 1})
    here.begin(plan)
    here.end(plan)
    assert "1 of 1 machines are unhealthy" in here.why(plan)
    assert len(here.azure.installs()) == 1


def test_a_gate_that_is_open_and_a_soak_let_the_next_ring_begin(bench):
    here = bench(2)
    plan = here.plan(canary="1", soak="2s", gate={"command": ["true"], "vmAgent": True})
    here.begin(plan)
    here.until(lambda: len(here.azure.installs()) == 1)
    first = time.monotonic()
    here.until(lambda: len(here.azure.installs()) == 2)
    assert time.monotonic() - first >= 2
    assert states(here.end(plan)) == {State.INSTALLED: 2}


def test_closed_maintenance_hours_start_nothing(bench):
    here = bench(1)
    minute = 60 * 60
    begin, end = (time.strftime("%H:%M", time.gmtime(time.time() + seconds)) for seconds in (2 * minute, 4 * minute))
    plan = here.plan(hours={"from": begin, "until": end})
    here.begin(plan)
    here.until(lambda: waves.states(here.runtime.client, plan.id).get("running") == 1)
    time.sleep(1)
    assert here.azure.installs() == []
    decisions.stop(here.runtime.client, plan.id, "enough")
    assert states(here.end(plan)) == {State.NOT_STARTED: 1}


def test_what_the_store_holds_has_no_token(bench):
    here = bench(3, "--lose", "4")
    plan = here.plan()
    here.begin(plan)
    here.end(plan)
    here.stack.close()
    files = list(here.store.path.parent.glob("waves.sqlite*"))
    assert files
    for file in files:
        content = file.read_bytes()
        assert b"secret-token-of-the-test" not in content
        assert b"Bearer" not in content
        assert file.stat().st_mode & 0o077 == 0


def kb_of(here):
    """The update that the machines are offered."""
    from azure_hotpatch.operations.clients import compute
    from azure_hotpatch.operations.clients.machine_batches import assessed
    from azure_hotpatch.operations.install.order import Order
    from tests.operations.azure import SUBSCRIPTION

    (read,) = assessed(here.connection, list(compute.machines(here.connection, SUBSCRIPTION))[:1], 0.05)
    return f"KB{next(patch.kb for patch in read.machine.assessment.patches if Order().takes(patch))}"
