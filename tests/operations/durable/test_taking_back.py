"""A roll back as a wave over the wire: one removal and one restart a machine, read back from the machine itself."""

import asyncio
from collections import Counter

import pytest

from azure_hotpatch.operations.clients import guest
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable import decisions, notes, removing
from azure_hotpatch.operations.durable.control import ASK
from azure_hotpatch.operations.install.outcome import State
from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.rollback.plan import Wish
from tests.emulator.arm.conftest import Arm
from tests.operations import carriers
from tests.operations.carriers import BAD, FIX, carrying, rollback
from tests.operations.durable.conftest import PACE

NAMES = ("vm-0000", "vm-0001", "vm-0002", "vm-0003")


def states(outcomes):
    return Counter(outcome.state for outcome in outcomes)


def builds(here):
    arm = Arm(here.azure.folder / "azure.sqlite")
    return {one["id"].rsplit("/", 1)[1]: one["build"] for one in arm.get("/emulator/tracks").json()["value"]}


@pytest.fixture
def four(bench):
    return bench(4, prepare=carrying(NAMES))


def test_uninstalls_once_on_each_machine_the_canary_first_and_each_is_read_back(four):
    plan = rollback(four.connection, canary="1", maxConcurrency="1")
    four.begin(plan)
    outcomes = four.end(plan)
    assert states(outcomes) == {State.UNINSTALLED: 4}
    assert {(one.build, one.reboot, one.message) for one in outcomes} == {
        (carriers.GOOD_BUILD, "Completed", f"KB{BAD} is off it")
    }
    assert set(builds(four).values()) == {carriers.GOOD_BUILD}
    order = [machine.name for ring in plan.rings for machine in plan.ring(ring)]
    assert four.azure.log("removals") == four.azure.log("restarts") == order


def test_lost_answers_remove_and_restart_nothing_twice(bench):
    here = bench(4, "--lose", "3", prepare=carrying(NAMES))
    plan = rollback(here.connection)
    here.begin(plan)
    assert states(here.end(plan)) == {State.UNINSTALLED: 4}
    assert sorted(here.azure.log("removals")) == sorted(here.azure.log("restarts")) == list(NAMES)


def test_an_answer_that_arrives_late_restarts_nothing_twice(four, monkeypatch):
    """The script that looks again may start before the restart whose answer was lost, and answer long after it."""
    answer, begin = removing.answer, guest.begin_restart

    async def late(*given, **more):
        found = await answer(*given, **more)
        await asyncio.sleep(2 * PACE.settle)
        return found

    def lost(*given):
        begin(*given)
        raise Refusal(RefusalKind.ANSWER_LOST, "the connection was cut")

    monkeypatch.setattr(removing, "answer", late)
    monkeypatch.setattr(guest, "begin_restart", lost)
    plan = rollback(four.connection)
    four.begin(plan)
    assert states(four.end(plan)) == {State.UNINSTALLED: 4}
    assert sorted(four.azure.log("restarts")) == list(NAMES)


def test_two_operators_at_once_take_it_off_once(four):
    one, other = rollback(four.connection, "rollback-one"), rollback(four.connection, "rollback-two")
    four.begin(one)
    four.begin(other)
    found = states([*four.end(one), *four.end(other)])
    assert found == {State.UNINSTALLED: 4, State.ADOPTED: 4}
    assert sorted(four.azure.log("removals")) == sorted(four.azure.log("restarts")) == list(NAMES)


def test_it_stops_at_a_failure_and_the_rest_is_left_alone(four):
    plan = rollback(four.connection, canary="1")
    first = plan.machines[0]
    wrong = first.take_back.model_copy(update={"target": wrong_baseline(first.take_back.target)})
    machines = (first.model_copy(update={"take_back": wrong}), *plan.machines[1:])
    plan = plan.model_copy(update={"machines": machines})
    four.begin(plan)
    outcomes = four.end(plan)
    assert states(outcomes) == {State.FAILED: 1, State.NOT_STARTED: 3}
    assert "the baseline 20348.2113 is not there" in outcomes[0].message
    assert four.azure.log("removals") == four.azure.log("restarts") == []


def wrong_baseline(target: Removal) -> Removal:
    return target.model_copy(update={"baseline": "Package_for_*RollupFix*~20348.2113.*", "good_build": "20348.2113"})


def test_a_machine_that_waits_for_another_restart_since_the_plan_is_left_alone(bench):
    here = bench(1, prepare=carrying(NAMES[:1], carriers.MARCH))
    plan = rollback(here.connection, wish=Wish((BAD,), uninstall=True, unpaused=True))
    carriers.install(Arm(here.azure.folder / "azure.sqlite"), NAMES[0], FIX, reboot="Never")
    here.begin(plan)
    (outcome,) = here.end(plan)
    assert (outcome.state, "a restart is pending" in outcome.message) == (State.FAILED, True)
    assert here.azure.log("removals") == here.azure.log("restarts") == []


def test_the_image_s_own_package_stays_and_is_told(bench):
    here = bench(1)
    january = Wish(("5049983",), baseline=carriers.GOOD_BUILD, uninstall=True, unpaused=True)
    plan = rollback(here.connection, wish=january)
    here.begin(plan)
    (outcome,) = here.end(plan)
    assert (outcome.state, "cannot be uninstalled (0x800f0825)" in outcome.message) == (State.FAILED, True)
    assert here.azure.log("removals") == here.azure.log("restarts") == []


def test_a_machine_that_has_it_no_more_is_left_alone(four):
    plan = rollback(four.connection)
    first = plan.machines[0]
    gone = first.take_back.target.model_copy(update={"named": "Package_for_KB1~*", "rollup": "-", "bad_build": "0.0"})
    changed = first.model_copy(update={"take_back": first.take_back.model_copy(update={"target": gone})})
    plan = plan.model_copy(update={"machines": (changed,)})
    four.begin(plan)
    (outcome,) = four.end(plan)
    assert (outcome.state, outcome.message) == (State.ADOPTED, f"KB{BAD} is not installed: nothing was done")
    assert four.azure.log("restarts") == []


def test_a_stop_lets_what_is_under_way_end_and_resume_does_the_rest(four):
    plan = rollback(four.connection, maxConcurrency="1")
    four.begin(plan)
    four.until(lambda: four.azure.log("removals"))
    decisions.stop(four.runtime.client, plan.id, "enough")
    outcomes = four.end(plan)
    begun = len(four.azure.log("removals"))
    assert states(outcomes) == {State.UNINSTALLED: begun, State.NOT_STARTED: 4 - begun}
    assert begun < 4
    decisions.resume(four.runtime.client, plan.id, "ops@test")
    assert states(four.end(plan)) == {State.UNINSTALLED: 4}
    assert sorted(four.azure.log("restarts")) == list(NAMES)


def test_it_waits_for_a_word_after_the_canary_and_resume_is_that_word(four):
    plan = rollback(four.connection, canary="1", askAfterCanary=True)
    four.begin(plan)
    assert states(four.end(plan)) == {State.UNINSTALLED: 1, State.NOT_STARTED: 3}
    assert four.why(plan) == ASK
    decisions.resume(four.runtime.client, plan.id, "ops@test")
    assert states(four.end(plan)) == {State.UNINSTALLED: 4}


def test_a_stop_before_the_canary_is_done_is_no_word(four):
    plan = rollback(four.connection, canary="2", maxConcurrency="1", askAfterCanary=True)
    four.begin(plan)
    four.until(lambda: four.azure.log("removals"))
    decisions.stop(four.runtime.client, plan.id, "a moment")
    four.end(plan)
    decisions.resume(four.runtime.client, plan.id, "ops@test")
    assert states(four.end(plan)) == {State.UNINSTALLED: 2, State.NOT_STARTED: 2}
    assert four.why(plan) == ASK


def test_a_worker_that_was_ended_goes_on_where_it_was(four):
    plan = rollback(four.connection, maxConcurrency="2")
    four.begin(plan)
    four.until(lambda: four.azure.log("removals"))
    four.stack.close()
    four.start()
    assert states(four.end(plan)) == {State.UNINSTALLED: 4}
    assert sorted(four.azure.log("removals")) == sorted(four.azure.log("restarts")) == list(NAMES)


def test_a_newer_update_goes_over_it_and_the_machine_says_so(bench):
    here = bench(2, prepare=carrying(NAMES[:2], carriers.MARCH))
    plan = rollback(here.connection, now=carriers.MARCH)
    assert {machine.take_back.fix for machine in plan.machines} == {FIX}
    here.begin(plan)
    outcomes = here.end(plan)
    assert states(outcomes) == {State.INSTALLED: 2}
    assert {outcome.build for outcome in outcomes} == {carriers.FIXED_BUILD}
    assert sorted(here.azure.installs()) == list(NAMES[:2])
    assert here.azure.log("removals") == []


def test_a_fix_that_is_not_on_the_machine_afterwards_is_a_failure(bench):
    here = bench(1, prepare=carrying(NAMES[:1], carriers.MARCH))
    plan = rollback(here.connection, now=carriers.MARCH)
    (machine,) = plan.machines
    not_offered = machine.take_back.model_copy(update={"fix": "5129237"})
    plan = plan.model_copy(update={"machines": (machine.model_copy(update={"take_back": not_offered}),)})
    here.begin(plan)
    (outcome,) = here.end(plan)
    assert (outcome.state, "is not on it" in outcome.message) == (State.FAILED, True)


def test_an_installation_leaves_out_what_was_taken_off_the_machine(four):
    plan = rollback(four.connection)
    four.begin(plan)
    four.end(plan)
    assert {notes.taken_off(four.runtime.notes, machine.id) for machine in plan.machines} == {(BAD,)}
    later = four.plan("wave-later")
    four.begin(later)
    four.end(later)
    assert len(four.azure.installs()) == 4
    assert set(builds(four).values()) == {carriers.GOOD_BUILD}
