"""End the language hosts and programs that a killed engine left behind: they wait for it for good."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from set_up.layout import Layout
from set_up.pulumi_cli import LANGUAGE_HOST

ENGINE = "pulumi"


@dataclass(frozen=True, slots=True)
class _Process:
    parent: int
    command: str

    @property
    def program(self) -> str:
        return Path(self.command.partition(" ")[0]).name


def end_orphans(layout: Layout) -> None:
    """Kill this checkout's hosts, and the programs that they run, of which no engine is the parent any more."""
    running, folders = _running(), {f"{layout.made}/", f"{layout.made.resolve()}/"}
    for number, process in running.items():
        of_a_host = LANGUAGE_HOST[0] in process.command and any(folder in process.command for folder in folders)
        if of_a_host and ENGINE not in (parent.program for parent in _parents(process, running)):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)


def _parents(process: _Process, running: Mapping[int, _Process]) -> Iterator[_Process]:
    parent = running.get(process.parent)
    while parent:
        yield parent
        parent = running.get(parent.parent)


def _running() -> dict[int, _Process]:
    """The processes of this machine by number; none where there is no `ps`, as on Windows."""
    command = ["ps", "-axww", "-o", "pid=,ppid=,command="]
    with suppress(OSError):
        listed = subprocess.run(  # noqa: S603  a constant command
            command, check=False, capture_output=True, encoding="utf-8", errors="replace"
        )
        lines = (line.split(maxsplit=2) for line in listed.stdout.splitlines())
        return {int(number): _Process(int(parent), name) for number, parent, name in filter(_is_whole, lines)}
    return {}


def _is_whole(parts: list[str]) -> bool:
    return len(parts) == 3
