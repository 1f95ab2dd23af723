"""A killed engine leaves its language hosts behind: the next command ends those, and no others."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from set_up.layout import Layout
from set_up.orphans import end_orphans

pytestmark = pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps")
Begin = Callable[[str], "subprocess.Popen[bytes]"]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    found = Layout(tmp_path)
    found.bin.mkdir(parents=True)
    shutil.copy(shutil.which("sleep") or "", found.bin / "pulumi-language-python-host")
    return found


@pytest.fixture
def begin(layout: Layout, tmp_path: Path) -> Iterator[Begin]:
    """Starts a host from a shell that goes by the name of a program, and waits until the host is there."""
    begun: list[subprocess.Popen[bytes]] = []

    def start(name: str) -> "subprocess.Popen[bytes]":
        shell = tmp_path / name
        shutil.copy("/bin/sh", shell)
        host = {"HOST": str(layout.bin / "pulumi-language-python-host")}
        begun.append(subprocess.Popen([shell, "-c", '"$HOST" 60; exit 9'], env=host))
        deadline = time.monotonic() + 20
        while str(layout.bin).encode() not in _children(begun[-1].pid):
            assert time.monotonic() < deadline, "the host did not start"
            time.sleep(0.01)
        return begun[-1]

    yield start
    for process in begun:
        subprocess.run(["pkill", "-9", "-P", str(process.pid)], check=False)
        process.kill()
        process.wait()


def _children(parent: int) -> bytes:
    return subprocess.run(["ps", "-ww", "-o", "args=", "--ppid", str(parent)], check=False, capture_output=True).stdout


def test_a_host_without_an_engine_is_ended(layout: Layout, begin: Begin) -> None:
    parent = begin("sh")
    end_orphans(layout)
    assert parent.wait(timeout=10) == 9


def test_a_host_of_an_engine_that_runs_is_left_alone(layout: Layout, begin: Begin) -> None:
    parent = begin("pulumi")
    end_orphans(layout)
    assert parent.poll() is None
    assert _children(parent.pid)


def test_a_host_of_another_checkout_is_left_alone(tmp_path: Path, begin: Begin) -> None:
    parent = begin("sh")
    end_orphans(Layout(tmp_path / "elsewhere"))
    assert _children(parent.pid)
