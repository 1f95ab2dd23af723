"""The commands of the Makefile, and how each ends."""

import os
import re
import signal
import subprocess
import sys

import pytest

from set_up import commands
from set_up.failure import SetUpError
from set_up.layout import CHECKOUT


def test_make_alone_lists_every_target() -> None:
    env = {"PATH": os.environ["PATH"], "PYTHON": sys.executable}
    listed = subprocess.run(["make", "-s"], cwd=CHECKOUT.root, env=env, check=True, capture_output=True, text=True)
    assert re.findall(r"^  make (\S+)", listed.stdout, re.MULTILINE) == list(commands.COMMANDS)


def test_every_command_has_a_target() -> None:
    makefile = (CHECKOUT.root / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert phony[1].split() == ["help", *commands.COMMANDS]


def test_an_unknown_command_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["fly"]) == 2
    assert "make up" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (SetUpError("Python packages: the registry does not answer"), 1, "set-up: Python packages: the registry"),
        (OSError(28, "No space left on device", "/x/log"), 1, "set-up: /x/log: No space left on device"),
        (KeyboardInterrupt(), 130, "set-up: stopped; run it again to continue"),
    ],
)
def test_a_failed_set_up_is_one_line(
    error: BaseException,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "set_up", fail)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert commands.main(["up"]) == code
    printed = capsys.readouterr()
    assert printed.err.startswith(words)
    assert printed.err.count("\n") == 1
    assert printed.out == ""
