"""Programs of the set-up: their output is logged, their failure is one line, and none outlives it."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from set_up.failure import SetUpError
from set_up.layout import Layout
from set_up.processes import Processes

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


def _is_running(pid: int) -> bool:
    """A process that has ended stays a zombie where nothing collects orphans."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"
