"""Run a command in the user's terminal, and let it end by itself when it is interrupted."""

import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from set_up.processes import Command


def run(command: Command, cwd: Path, env: Mapping[str, str]) -> int:
    """The exit code of the command. Ctrl-C reaches it from the terminal; a request to terminate is passed on as that.

    When interrupted, the engine finishes the current resource and saves the state; nothing may cut that short.
    """
    with subprocess.Popen([str(part) for part in command], cwd=cwd, env=dict(env)) as process:  # noqa: S603  ours

        def pass_on(_signal: int, _frame: FrameType | None) -> None:
            process.send_signal(signal.SIGINT)

        def wait_on(_signal: int, _frame: FrameType | None) -> None:
            """The command has had the same signal."""

        before = (signal.signal(signal.SIGINT, wait_on), signal.signal(signal.SIGTERM, pass_on))
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGINT, before[0])
            signal.signal(signal.SIGTERM, before[1])
