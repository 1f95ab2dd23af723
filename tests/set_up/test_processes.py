"""Programs of the set-up: their output is logged, their failure is one line, and none outlives it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from set_up.failure import SetUpError
from set_up.layout import CHECKOUT, Layout
from set_up.processes import Processes
from set_up.turns import alone

ENV = dict(os.environ)


def test_returns_what_a_program_prints(processes: Processes, layout: Layout) -> None:
    assert processes.run("A step", ["printf", "%s", "a b"], ENV, layout.root) == "a b"


def test_a_failure_names_the_step_and_its_log(
    processes: Processes, layout: Layout, script: Callable[[str, str], Path]
) -> None:
    with pytest.raises(SetUpError, match=r"^A step failed: broken\. Log: .*a-step\.log$"):
        processes.run("A step", [script("tool", "echo broken >&2; exit 3")], ENV, layout.root)
    assert "broken" in (layout.logs / "a-step.log").read_text()


def test_a_program_that_is_not_there_is_one_line(processes: Processes, layout: Layout) -> None:
    with pytest.raises(SetUpError, match=r"^A step: no-such-program cannot be started: No such file"):
        processes.run("A step", ["no-such-program"], ENV, layout.root)


def test_the_log_has_no_password(processes: Processes, layout: Layout) -> None:
    processes.run("A step", ["echo", "https://me:hunter2@mirror/simple"], ENV, layout.root)
    logged = (layout.logs / "a-step.log").read_text()
    assert "https://mirror/simple" in logged
    assert "hunter2" not in logged


def test_stop_ends_a_program_and_what_it_started(
    processes: Processes, layout: Layout, script: Callable[[str, str], Path], tmp_path: Path
) -> None:
    started = tmp_path / "child"
    parent = script("parent", f"sleep 60 & echo $! > '{started}'; wait")
    failures: list[Exception] = []

    def run() -> None:
        try:
            processes.run("A step", [parent], ENV, layout.root)
        except SetUpError as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not (started.exists() and started.read_text().strip()):
        time.sleep(0.01)
    processes.stop()
    thread.join(timeout=10)
    assert failures
    assert not _is_running(int(started.read_text()))


def test_nothing_begins_after_stop(processes: Processes, layout: Layout) -> None:
    processes.stop()
    with pytest.raises(SetUpError, match="not begun"):
        processes.run("A step", ["true"], ENV, layout.root)


def test_a_program_that_takes_too_long_is_ended_with_what_it_started(
    processes: Processes, layout: Layout, script: Callable[[str, str], Path], tmp_path: Path
) -> None:
    started = tmp_path / "child"
    tool = script("tool", f"sleep 60 & echo $! > '{started}'; wait")
    with pytest.raises(SetUpError, match=r"^A step: .*tool does not end within 1 s$"):
        processes.run("A step", [tool], ENV, layout.root, seconds=1)
    assert not _is_running(int(started.read_text()))


# Sets up as a command does, and is killed as by a closed machine: nothing of it tidies up.
KILLED = """
import os, sys, threading, time
from pathlib import Path
from set_up.layout import Layout
from set_up.processes import Processes
from set_up.turns import alone
layout, begun = Layout(Path(sys.argv[1])), Path(sys.argv[2])
with alone(layout) as turn:
    step = ["sh", "-c", 'echo > "$0"; sleep 2', begun]
    threading.Thread(target=Processes(layout.logs, turn).run, args=("A step", step, os.environ, layout.root)).start()
    while not begun.exists():
        time.sleep(0.01)
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_set_up_left_running_keeps_its_turn(
    layout: Layout, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    killed = [sys.executable, "-c", KILLED, str(layout.root), str(tmp_path / "begun")]
    begun = time.monotonic()
    assert subprocess.run(killed, cwd=CHECKOUT.root, check=False).returncode == -signal.SIGKILL
    with alone(layout):
        assert time.monotonic() - begun > 2
    assert "another command is setting this checkout up" in capsys.readouterr().err


def _is_running(pid: int) -> bool:
    """A process that has ended stays a zombie where nothing collects orphans."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"
