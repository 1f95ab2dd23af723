"""The virtual environment is recreated only if it cannot be used, and never under somebody who uses it."""

import shlex
import threading
from pathlib import Path

import pytest

from set_up import python_packages
from set_up.layout import Layout
from set_up.processes import Processes
from set_up.turns import in_use


def stand_in(path: Path, calls: Path, check: int = 0) -> None:
    """A Python that notes its arguments; `check` is its answer to whether it can be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\necho "$*" >> {shlex.quote(str(calls))}\n[ "$1" = -c ] && exit {check}\nexit 0\n')
    path.chmod(0o755)


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the Python that would make an environment, and that of the environment, note what they were asked."""
    noted = tmp_path / "calls"
    noted.touch()
    stand_in(tmp_path / "base/python", noted)
    monkeypatch.setattr(python_packages, "base_python", lambda: str(tmp_path / "base/python"))
    return noted


def test_makes_the_environment_where_there_is_none(layout: Layout, processes: Processes, calls: Path) -> None:
    with pytest.raises(Exception, match="cannot be started"):  # the stand-in makes no environment
        python_packages.ensure_environment(layout, processes)
    assert f"-m venv --clear {layout.venv}" in calls.read_text()


def test_makes_it_anew_where_it_cannot_be_used(layout: Layout, processes: Processes, calls: Path) -> None:
    stand_in(layout.python, calls, check=1)
    (layout.stamps / "packages").parent.mkdir(parents=True)
    (layout.stamps / "packages").write_text("current")
    python_packages.ensure_environment(layout, processes)
    assert f"-m venv --clear {layout.venv}" in calls.read_text()
    assert not (layout.stamps / "packages").exists()


def test_keeps_one_that_works_when_the_pins_of_the_installer_change(
    layout: Layout, processes: Processes, calls: Path
) -> None:
    stand_in(layout.python, calls)
    python_packages.ensure_environment(layout, processes)
    assert "venv --clear" not in calls.read_text()
    assert "-m pip install" in calls.read_text()


def test_another_python_does_not_exchange_it(
    layout: Layout, processes: Processes, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a shell in which `make env` was evaluated, where `python3` is the environment's own."""
    stand_in(layout.python, calls)
    python_packages.ensure_environment(layout, processes)
    calls.write_text("")
    monkeypatch.setattr(python_packages.sys, "executable", str(layout.python))
    monkeypatch.setattr(python_packages.sys, "version", "3.14.0")
    python_packages.ensure_environment(layout, processes)
    assert calls.read_text() == ""


def test_waits_for_whoever_uses_it(
    layout: Layout, processes: Processes, calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(layout.python, calls)
    change = threading.Thread(target=python_packages.ensure_environment, args=(layout, processes))
    with in_use(layout):
        change.start()
        change.join(0.3)
        assert calls.read_text() == ""
    change.join(10)
    assert "-m pip install" in calls.read_text()
    assert "another command uses the environment" in capsys.readouterr().err
