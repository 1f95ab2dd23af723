"""A long step says that it goes on, and how much disk was taken is counted once a file."""

import os
import time
from pathlib import Path

import pytest

from set_up.progress import say, size, step


def test_a_long_step_says_that_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    with step("The build", "about a minute", interval=0.05):
        time.sleep(0.2)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "set-up: The build (about a minute) …"
    assert lines[1] == "set-up: The build: 0 s so far …"
    assert lines[-1].startswith("set-up: The build: 0.")


def test_a_short_step_says_nothing_between(capsys: pytest.CaptureFixture[str]) -> None:
    with step("The build"):
        pass
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_step_that_fails_says_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="broken"), step("The build"):
        raise ValueError("broken")
    assert capsys.readouterr().err == "set-up: The build …\n"


def test_a_file_with_two_names_takes_its_space_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    once = size(tmp_path)
    os.link(tmp_path / "a", tmp_path / "b")
    assert once >= 100_000
    assert size(tmp_path) == once


def test_what_another_program_said_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("it says \x1b[31mred\r\x9b2J")
    assert capsys.readouterr().err == "set-up: it says \ufffd[31mred\ufffd\ufffd2J\n"
