"""Random kills, and every tenth answer lost: nothing is done to a machine twice, and the wave ends."""

from collections import Counter

import pytest

from tests.operations import carriers, killing, postgres

pytestmark = pytest.mark.slow

NAMES = [f"vm-{number:04}" for number in range(12)]


def check(killed, azure, logs, state, count, file, kills=1):
    names = [f"vm-{number:04}" for number in range(count)]
    assert killed.kills.total() >= kills
    assert killed.summary["counts"] == {state: count}
    for log in logs:
        assert Counter(azure.log(log)) == Counter(dict.fromkeys(names, 1)), log
    assert killing.journal_of(file) == dict.fromkeys(names, state)


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "journal.jsonl"


def told(azure, journal):
    return {**azure.environ, "AZURE_HOTPATCH_JOURNAL": str(journal)}


def test_an_installation_on_sqlite(serve, tmp_path, journal):
    azure = serve(30, "--lose", "10")
    store = ["--store", str(tmp_path / "waves.sqlite")]
    environ = told(azure, journal)
    wave = killing.begin_install(environ, store, tmp_path / "plan.json", "--max-concurrency", "2")
    killed = killing.carry_out(environ, store, wave, tmp_path, kills=10, seconds=(0.1, 1.0))
    check(killed, azure, ["installs"], "installed", 30, journal, kills=10)


def test_a_roll_back_on_sqlite(serve, tmp_path, journal):
    azure = serve(12, "--lose", "10", prepare=carriers.carrying(NAMES))
    store = ["--store", str(tmp_path / "waves.sqlite")]
    environ = told(azure, journal)
    wave = killing.begin_rollback(environ, store, carriers.BAD, "2025-02-20T08:00", "--max-concurrency", "3")
    killed = killing.carry_out(environ, store, wave, tmp_path, kills=6, seconds=(0.1, 1.0))
    check(killed, azure, ["removals", "restarts"], "uninstalled", 12, journal)


@pytest.mark.skipif(bool(postgres.why_not()), reason=str(postgres.why_not()))
def test_three_workers_and_their_connections_on_postgresql(serve, tmp_path, journal):
    azure = serve(30, "--lose", "10")
    environ = told(azure, journal)
    with postgres.server(tmp_path / "postgres") as url:
        store = ["--database-url", url]
        wave = killing.begin_install(environ, store, tmp_path / "plan.json", "--max-concurrency", "3")
        killed = killing.carry_out(environ, store, wave, tmp_path, kills=6, workers=3, seconds=(0.1, 1.0))
    check(killed, azure, ["installs"], "installed", 30, journal)
