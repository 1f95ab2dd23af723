"""A wave of installations that a stop file ends after its canary."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from emulated import HOTPATCH, Azure

SIGNER = "ann@example.com"


@dataclass(frozen=True)
class Stopped:
    """How a wave went: how many machines it had, and how many of them it reached.

    `seconds` went by from the first stop file to the end of the wave; by its plan it had `minutes` to go.
    """

    wave: str
    planned: int
    reached: int
    seconds: float
    minutes: float

    def __str__(self) -> str:
        spared = self.planned - self.reached
        return (
            f"The wave ended {self.seconds:.0f} seconds after the stop file: {self.reached} of {self.planned} machines "
            f"have the update, {spared} were spared. By its plan it had {self.minutes:.0f} minutes to go."
        )


def stop_after_canary(
    azure: Azure,
    folder: Path,
    stops: Sequence[Mapping[str, Any]],
    canary: int,
    has_it: Callable[[Mapping[str, Any]], bool],
) -> Stopped:
    """Begin a wave over all machines, which waits for half an hour after its canary; meanwhile the stop files come."""
    plan, store = folder / "plan.json", str(folder / "waves.sqlite")
    wanted = [
        "--resource-group=fleet",
        f"--canary={canary}",
        "--max-concurrency=6",
        "--soak=30m",
        f"--store={store}",
        f"--out={plan}",
    ]
    azure.hotpatch("install", *wanted, "--dry-run")
    planned = json.loads(plan.read_text(encoding="utf-8"))
    command = [*HOTPATCH, "install", f"--plan={plan}", "--yes", f"--store={store}"]
    wave = subprocess.Popen(
        [*command, "--confirm=all", "--poll=1"], env=azure.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    while sum(map(has_it, azure.tracks().values())) < canary and wave.poll() is None:
        time.sleep(0.2)
    began = time.monotonic()
    for stop in stops:
        print(azure.hotpatch("wave", "ban", *signed(folder, stop), f"--store={store}"), end="")
    wave.communicate()
    seconds, reached = time.monotonic() - began, sum(map(has_it, azure.tracks().values()))
    ends = sorted(machine["ends"] for machine in planned["machines"])
    return Stopped(planned["id"], len(ends), reached, seconds, _minutes(ends[reached - 1], ends[-1]))


def install_all(azure: Azure, folder: Path) -> str:
    """The last line of an installation on all machines, which leaves out what was banned."""
    store, plan = f"--store={folder / 'waves.sqlite'}", f"--out={folder / 'second.json'}"
    said = azure.hotpatch("install", "--resource-group=fleet", store, plan, "--poll=1", "--yes", "--confirm=all")
    return said.splitlines()[-1].partition(": ")[2]


def signed(folder: Path, stop: Mapping[str, Any]) -> tuple[str, str]:
    """A stop file, signed by a key of its own, and the option that says who may sign."""
    key, file = folder / "key", folder / f"{stop['kb']}.json"
    if not key.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)  # noqa: S607 - that of the PATH
    file.write_text(json.dumps(stop), encoding="utf-8")
    sign = ["ssh-keygen", "-Y", "sign", "-n", "hotpatch-stop", "-f", str(key), str(file)]
    subprocess.run(sign, check=True, capture_output=True)
    signers = folder / "signers"
    signers.write_text(f"{SIGNER} {key.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    return str(file), f"--allowed-signers={signers}"


def _minutes(first: str, last: str) -> float:
    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() / 60
