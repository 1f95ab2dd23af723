"""A lock is released where its engine has ended, also where its number is still, or again, that of a process."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from set_up.backend_locks import release_dead_locks


@pytest.fixture
def engine(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is called as Pulumi's engine is."""
    program = tmp_path / "bin/pulumi"
    program.parent.mkdir()
    shutil.copy(shutil.which("sleep") or "", program)
    with subprocess.Popen([program, "60"]) as process:
        yield process
        process.kill()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    (tmp_path / "locks").mkdir()
    return tmp_path / "locks/one.json"


def _is_left(lock: Path, content: str) -> bool:
    lock.write_text(content)
    release_dead_locks(lock.parent)
    return lock.exists()


def test_that_of_a_running_engine_is_kept(engine: "subprocess.Popen[bytes]", lock: Path) -> None:
    assert _is_left(lock, f'{{"pid": {engine.pid}}}')


def test_that_of_an_engine_that_nobody_has_collected_is_released(engine: "subprocess.Popen[bytes]", lock: Path) -> None:
    """Until init does, which can take seconds in a container, the number is that of a process."""
    engine.kill()
    ended = time.monotonic() + 10
    while _is_left(lock, f'{{"pid": {engine.pid}}}'):
        assert time.monotonic() < ended
    os.kill(engine.pid, 0)  # it is there


def test_that_of_a_number_which_is_another_program_s_now_is_released(lock: Path) -> None:
    assert not _is_left(lock, f'{{"pid": {os.getpid()}}}')


@pytest.mark.parametrize("content", ["", "[]", "5", '{"pid": "x"}', '{"pid": 99999999999999999999}', "\ufffd"])
def test_that_of_a_torn_file_is_released(content: str, lock: Path) -> None:
    assert not _is_left(lock, content)
