"""Run other programs: output to a log, a failure as one line, and all of them ended when one fails."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from set_up.failure import SetUpError, explain, without_credentials

Command = Sequence[str | Path]


class Processes:
    """The programs that are running now. Used from several threads."""

    def __init__(self, logs: Path, turn: int | None = None) -> None:
        """`turn` is the descriptor of a lock that each program holds too: it outlives a set-up that is killed."""
        self.logs = logs
        self._held = () if turn is None else (turn,)
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(
        self,
        step: str,
        command: Command,
        env: Mapping[str, str],
        cwd: Path,
        settings: str = "your proxy",
        seconds: float | None = None,
    ) -> str:
        """The program's output. Raises SetUpError, with one line, if it cannot be started or exits other than 0.

        With `seconds` it also fails, and is killed with its children, if it takes longer.
        """
        log = self.logs / f"{step.lower().replace(' ', '-')}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        process = self._start(step, command, env, cwd)
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process, signal.SIGKILL)
            process.communicate()
            raise SetUpError(f"{step}: {command[0]} does not end within {seconds:g} s") from None
        finally:
            with self._lock:
                self._running.discard(process)
        log.write_text(without_credentials(f"$ {' '.join(map(str, command))}\n{output}"), encoding="utf-8")
        if process.returncode != 0:
            raise SetUpError(explain(step, output, settings, log))
        return output

    def stop(self) -> None:
        """Ends all that still runs, with its children, and lets nothing new start."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _end(process, signal.SIGTERM)

    def _start(self, step: str, command: Command, env: Mapping[str, str], cwd: Path) -> subprocess.Popen[str]:
        with self._lock:
            if self._stopped:
                raise SetUpError(f"{step}: not begun, since another step failed")
            try:
                process = subprocess.Popen(  # noqa: S603  the commands are those of this package
                    [str(part) for part in command],
                    cwd=cwd,
                    env=dict(env),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                    pass_fds=self._held,
                    start_new_session=True,  # so that `stop` reaches the compilers that `go` starts
                )
            except OSError as error:
                raise SetUpError(f"{step}: {command[0]} cannot be started: {error.strerror}") from error
            self._running.add(process)
            return process


def _end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
