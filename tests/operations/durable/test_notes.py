"""What a worker notes: what it was about to do, and which machine it is at."""

from datetime import UTC, datetime

import pytest

from azure_hotpatch.operations.durable import notes
from azure_hotpatch.operations.durable.wave_store import make, store_of
from azure_hotpatch.operations.install.advisory import Advisory


@pytest.fixture
def engine(tmp_path):
    store = store_of(str(tmp_path / "waves.sqlite"), None)
    make(store)
    made = notes.engine_of(store)
    yield made
    made.dispose()


def test_a_machine_is_claimed_by_one_wave_at_a_time_whatever_the_letter_case_of_its_id(engine):
    assert notes.claim(engine, "/M/a", "one/a")
    assert not notes.claim(engine, "/m/A", "two/a")
    assert notes.claim(engine, "/M/b", "two/b")
    notes.release(engine, "/m/a", "one/a")
    assert notes.claim(engine, "/M/a", "two/a")


def test_a_claim_is_given_up_by_whoever_has_it_alone(engine):
    assert notes.claim(engine, "a", "one/a")
    notes.release(engine, "a", "two/a")
    assert not notes.claim(engine, "a", "two/a")


def test_a_worker_that_comes_back_has_its_claim(engine):
    assert notes.claim(engine, "a", "one/a")
    assert notes.claim(engine, "a", "one/a")


def test_the_claim_of_a_worker_that_died_ends_by_itself(engine, monkeypatch):
    assert notes.claim(engine, "a", "one/a")
    monkeypatch.setattr(notes, "CLAIM_SECONDS", -1.0)
    assert notes.claim(engine, "a", "two/a")


def test_an_attempt_is_known_until_it_is_forgotten(engine):
    assert notes.attempted(engine, "one/a") is None
    notes.attempt(engine, "one/a")
    assert notes.attempted(engine, "one/a") > 0
    notes.forget(engine, ["one/a"])
    assert notes.attempted(engine, "one/a") is None


def test_a_stop_is_in_force_until_it_expires_or_is_lifted_once(engine):
    since, now = datetime(2026, 9, 9, tzinfo=UTC), datetime(2026, 9, 12, tzinfo=UTC)
    stop = Advisory(kb="5122882", bad_since=since, reason="x", expires=datetime(2026, 9, 16, tzinfo=UTC))
    notes.ban(engine, stop, "ops@test")
    assert notes.bans(engine, now) == [stop]
    assert notes.bans(engine, stop.expires) == []
    newer = stop.model_copy(update={"bad_since": now})
    assert not notes.lift(engine, newer)
    assert notes.lift(engine, notes.ban_of(engine, stop.kb))
    assert notes.bans(engine, now) == []
    assert not notes.lift(engine, stop)
