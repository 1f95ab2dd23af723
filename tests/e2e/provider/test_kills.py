"""`kill -9` in the midst of an `up`: by the guide on interrupted updates it converges, without twins and orphans."""

import random
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import killing
from tests.e2e.killed_server import Server

MACHINES = 4  # `python -m bench up_kills` does the same with thirty, ten times each


@pytest.mark.parametrize("victim", ["server", "provider", "engine"])
def test_converges_after_a_kill(victim: str, engine: Any, tmp_path: Path) -> None:
    server = Server(tmp_path / "served") if victim == "server" else None
    try:
        where = server.env if server else {}
        (tmp_path / "Pulumi.yaml").write_text(killing.program(MACHINES))
        run = killing.Run(engine.pulumi, tmp_path, {**engine.env, **where}, server.store if server else engine.store)
        run.ask("stack", "init")
        moment = random.Random(victim).randint(1, 3 * MACHINES)  # noqa: S311 - the same moment each time
        assert killing.killed(run, victim, moment, server) >= moment
        assert killing.why_not_settled(run, MACHINES) == ""
    finally:
        if server:
            server.kill()


def test_an_orphan_is_noticed(engine: Any, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text(killing.program(1))
    run = killing.Run(engine.pulumi, tmp_path, dict(engine.env), engine.store)
    run.ask("stack", "init")
    assert run.start_up().wait(timeout=600) == 0
    assert killing.why_not_settled(run, 1) == ""
    run.ask("state", "delete", "--yes", next(one["urn"] for one in run.state()["resources"] if "vm00" in one["urn"]))
    (tmp_path / "Pulumi.yaml").write_text(killing.program(0))
    assert "in one of the two alone" in killing.why_not_settled(run, 0, previewed=False)
