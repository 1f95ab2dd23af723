"""Carrying a wave out while workers, commands and connections are killed at random moments, until it is over."""

import json
import random
import re
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from azure_hotpatch.operations.durable import waves
from azure_hotpatch.operations.durable.wave_store import opened, store_of
from azure_hotpatch.operations.journal.file import Journal

HOTPATCH = (sys.executable, "-m", "azure_hotpatch.cli")
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
WORKER, COMMAND, CONNECTION = "worker", "command", "connection"  # what is killed
_POLL = ("--poll", "0.3")


@dataclass
class Killed:
    """What came of it: how often what was killed, and what `hotpatch wave show --json` says."""

    kills: Counter[str]
    summary: dict[str, Any]
    machines: list[dict[str, Any]]


@dataclass
class Running:
    """A process that works at the wave: `hotpatch worker`, or the command `hotpatch wave resume`."""

    what: str
    process: "subprocess.Popen[str]"
    said: Path

    @property
    def works(self) -> bool:
        return self.process.poll() is None and bool(re.search(r"working at|: ring |ended, ", self.said.read_text()))


@dataclass
class Team:
    """So many processes; each is started again when it is gone, and none is waited for."""

    environ: dict[str, str]
    store: Sequence[str]
    wave: str
    folder: Path
    whats: Sequence[str]
    running: list[Running] = field(default_factory=list)

    def start(self, count: int) -> None:
        self.running = [self._started(number) for number in range(count)]

    def kill(self, chance: random.Random) -> str | None:
        """Kill one that has begun to work, as `kill -9` does, and start another; what it was, None where none has."""
        self._check()
        at_work = [number for number, one in enumerate(self.running) if one.works]
        if not at_work:
            return None
        number = chance.choice(at_work)
        killed = self.running[number]
        killed.process.kill()
        killed.process.wait()
        self.running[number] = self._started(chance.randrange(len(self.whats)))
        return killed.what

    def end(self) -> None:
        for one in self.running:
            one.process.kill()
            one.process.wait()

    def _check(self) -> None:
        for number, one in enumerate(self.running):
            code = one.process.poll()
            if code is None:
                continue
            if code not in (0, 3):  # over; or bad input, as another process still holds the file
                raise AssertionError(f"the {one.what} ended with {code}: {one.said.read_text()}")
            self.running[number] = self._started(number)

    def _started(self, number: int) -> Running:
        what = self.whats[number % len(self.whats)]
        act = ["worker"] if what == WORKER else ["wave", "resume", self.wave]
        said = self.folder / f"{uuid.uuid4().hex}.log"  # a file: nobody need read it for the process to go on
        with said.open("w") as errors:
            command = [*HOTPATCH, *act, *self.store, *_POLL]
            process = subprocess.Popen(command, env=self.environ, stdout=subprocess.DEVNULL, stderr=errors, text=True)
        return Running(what, process, said)


def begin_install(environ: dict[str, str], store: Sequence[str], file: Path, *options: str) -> str:
    """Plan an installation on the whole subscription and begin it for whichever worker comes; its name."""
    plan = ["install", "--subscription", SUBSCRIPTION, "--no-assess", "--dry-run", "--out", str(file), *options]
    _said(environ, *plan)
    _said(environ, "install", "--plan", str(file), "--confirm", "all", "--detach", *store)
    name: str = json.loads(file.read_text())["id"]
    return name


def begin_rollback(environ: dict[str, str], store: Sequence[str], kb: str, at: str, *options: str) -> str:
    """The same of a roll back."""
    meant = ["--subscription", SUBSCRIPTION, "--at", at, "--unpaused", "--uninstall", "--yes", "--detach"]
    found = re.search(r"The wave (\S+) waits", _said(environ, "rollback", kb, *meant, *store, *options))
    assert found
    return found[1]


def carry_out(
    environ: dict[str, str],
    store: Sequence[str],
    wave: str,
    folder: Path,
    *,
    kills: int,
    workers: int = 1,
    seconds: tuple[float, float] = (0.2, 2.0),
    seed: int = 1,
    limit: float = 600,
) -> Killed:
    """Work at a wave that was begun, and kill something every now and then until it is over or it was killed enough."""
    chance, done = random.Random(seed), Counter[str]()  # noqa: S311 - which moment is no secret
    # A file has one worker, the command among them; a database has several, and its connections can be cut.
    team = Team(environ, store, wave, folder, (WORKER, COMMAND) if workers == 1 else (WORKER,))
    team.start(workers)
    deadline = time.monotonic() + limit
    try:
        while not _is_over(store, wave):
            assert time.monotonic() < deadline, f"after {done} the wave is not over: {show(environ, store, wave)}"
            time.sleep(chance.uniform(*seconds))
            if done.total() < kills:
                done.update(_kill(team, store, chance))
    finally:
        team.end()
    found = show(environ, store, wave)
    return Killed(done, found["summary"], found["machines"])


def _kill(team: Team, store: Sequence[str], chance: random.Random) -> list[str]:
    if store[0] == "--database-url" and chance.random() < 0.5:
        return [CONNECTION] if _cut_a_connection(store[1]) else []
    killed = team.kill(chance)
    return [killed] if killed else []


def _cut_a_connection(url: str) -> bool:
    """End a random connection of the workers, as an administrator or a failover does."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) AS one"
        ).fetchone()
    return bool(row and row[0])


def show(environ: dict[str, str], store: Sequence[str], wave: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_said(environ, "wave", "show", wave, "--json", *store))
    return found


def journal_of(file: Path) -> dict[str, str]:
    """The state of each machine that the journal has, by its name. Each machine is in it once."""
    results = [one.body for one in Journal(file).read() if one.kind.endswith("-result")]
    names = [str(body["machine"]).rpartition("/")[2] for body in results]
    assert len(names) == len(set(names)), "a machine is in the journal twice"
    return {name: str(body["state"]) for name, body in zip(names, results, strict=True)}


def _said(environ: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([*HOTPATCH, *arguments], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _is_over(store: Sequence[str], wave: str) -> bool:
    """Asked in this process: a command takes longer to start than a short wave to end."""
    target = store_of(store[1], None) if store[0] == "--store" else store_of(None, store[1])
    with opened(target) as client:
        return waves.one(client, wave).is_over
