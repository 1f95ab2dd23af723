"""Carrying a wave out with workers that are killed at random moments, until it is over."""

import json
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from azure_hotpatch.operations.durable import waves
from azure_hotpatch.operations.durable.wave_store import opened, store_of

HOTPATCH = (sys.executable, "-m", "azure_hotpatch.cli")
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"


@dataclass
class Killed:
    """What came of it: how often a worker was killed, and what `hotpatch wave show --json` says."""

    kills: int
    summary: dict[str, Any]
    machines: list[dict[str, Any]]


class Workers:
    """So many workers, each started anew when it is gone."""

    def __init__(self, environ: dict[str, str], store: Sequence[str], count: int, log: Path) -> None:
        self._command = [*HOTPATCH, "worker", *store, "--poll", "0.3"]
        self._environ, self._log = environ, log
        with ThreadPoolExecutor(count) as together:
            self.running = list(together.map(lambda _: self._start(), range(count)))

    def kill(self, which: int) -> None:
        """Kill a worker that has begun to work, as `kill -9` does, and start another."""
        self.running[which].kill()
        self.running[which].wait()
        self.running[which] = self._start()

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()

    def _start(self) -> "subprocess.Popen[str]":
        said = self._log.with_name(f"{uuid.uuid4().hex}.log")  # a file: nobody need read it for the worker to go on
        with said.open("w") as errors:
            process = subprocess.Popen(self._command, env=self._environ, stderr=errors, text=True)
        while process.poll() is None:
            if "working at" in said.read_text():
                return process
            time.sleep(0.05)
        raise AssertionError(f"the worker ended with {process.returncode}: {said.read_text()}")


def plan(environ: dict[str, str], file: Path, *options: str) -> str:
    """Make a plan of the whole subscription; its name."""
    command = [
        *HOTPATCH,
        "install",
        "--subscription",
        SUBSCRIPTION,
        "--no-assess",
        "--dry-run",
        "--out",
        str(file),
        *options,
    ]
    subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    name: str = json.loads(file.read_text())["id"]
    return name


def carry_out(
    environ: dict[str, str],
    store: Sequence[str],
    file: Path,
    wave: str,
    *,
    kills: int,
    workers: int = 1,
    seconds: tuple[float, float] = (0.2, 2.0),
    seed: int = 1,
    limit: float = 600,
) -> Killed:
    """Begin a wave, and kill a worker every now and then until it is over or was killed often enough."""
    begin = [*HOTPATCH, "install", "--plan", str(file), "--confirm", "all", "--detach", *store]
    subprocess.run(begin, env=environ, check=True, capture_output=True, text=True)
    chance, done = random.Random(seed), 0  # noqa: S311 - which moment is no secret
    team = Workers(environ, store, workers, file)
    deadline = time.monotonic() + limit
    try:
        while not _is_over(store, wave):
            assert time.monotonic() < deadline, f"after {done} kills the wave is not over: {show(environ, store, wave)}"
            time.sleep(chance.uniform(*seconds))
            if done < kills:
                team.kill(chance.randrange(workers))
                done += 1
    finally:
        team.end()
    found = show(environ, store, wave)
    return Killed(done, found["summary"], found["machines"])


def show(environ: dict[str, str], store: Sequence[str], wave: str) -> dict[str, Any]:
    command = [*HOTPATCH, "wave", "show", wave, "--json", *store]
    done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _is_over(store: Sequence[str], wave: str) -> bool:
    """Asked in this process: a command takes longer to start than a short wave to end."""
    target = store_of(store[1], None) if store[0] == "--store" else store_of(None, store[1])
    with opened(target) as client:
        return waves.one(client, wave).is_over
