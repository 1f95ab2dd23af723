"""Workers are killed at random, and every tenth answer is lost: no machine is installed twice, and the wave ends."""

from collections import Counter

import pytest

from tests.operations import killing, postgres


def check(killed, azure, machines, kills):
    assert killed.kills >= kills
    assert killed.summary["counts"] == {"installed": machines}
    assert Counter(azure.installs()) == Counter({one["name"]: 1 for one in killed.machines})


def test_ten_kills_on_sqlite(serve, tmp_path):
    azure = serve(30, "--lose", "10")
    file = tmp_path / "plan.json"
    store = ["--store", str(tmp_path / "waves.sqlite")]
    wave = killing.plan(azure.environ, file, "--max-concurrency", "2")
    killed = killing.carry_out(azure.environ, store, file, wave, kills=10, seconds=(0.1, 1.0))
    check(killed, azure, 30, 10)


@pytest.mark.skipif(bool(postgres.why_not()), reason=str(postgres.why_not()))
def test_kills_of_three_workers_on_postgresql(serve, tmp_path):
    azure = serve(30, "--lose", "10")
    file = tmp_path / "plan.json"
    with postgres.server(tmp_path / "postgres") as url:
        wave = killing.plan(azure.environ, file, "--max-concurrency", "3")
        killed = killing.carry_out(
            azure.environ, ["--database-url", url], file, wave, kills=3, workers=3, seconds=(0.1, 1.0)
        )
    check(killed, azure, 30, 1)
