"""A command for the person gets the time it needs to end well."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from set_up import foreground
from set_up.layout import CHECKOUT

RUN = "import sys; from set_up.foreground import run; sys.exit(run([sys.argv[1]], '.', {'PATH': '/usr/bin:/bin'}))"


def test_returns_the_exit_code(script: Callable[[str, str], Path], tmp_path: Path) -> None:
    assert foreground.run([script("command", "exit 7")], tmp_path, dict(os.environ)) == 7


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_waits_for_a_command_that_is_told_to_stop(
    stop: signal.Signals, script: Callable[[str, str], Path], tmp_path: Path
) -> None:
    ready = tmp_path / "ready"
    body = f"trap 'sleep 0.5; echo saved; exit 3' INT\ntouch '{ready}'\nwhile :; do sleep 0.1; done"
    command = script("command", body)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, command],
        cwd=CHECKOUT.root,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not ready.exists():
        time.sleep(0.01)
    if stop is signal.SIGINT:
        os.killpg(process.pid, stop)  # as a terminal does
    else:
        process.send_signal(stop)
    out, _ = process.communicate(timeout=20)
    assert (out, process.returncode) == ("saved\n", 3)
