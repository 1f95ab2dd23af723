"""A Python that is too old is told so in one line, or hands over to a newer one."""

import ast
import sys
from pathlib import Path

import pytest

from set_up import interpreter
from set_up.layout import CHECKOUT

OLD = (3, 8, 18)


@pytest.mark.parametrize("name", ["__init__", "__main__", "interpreter"])
def test_an_old_python_can_parse_what_it_reads_before_it_stops(name: str) -> None:
    source = (CHECKOUT.root / "set_up" / f"{name}.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def test_accepts_the_oldest_that_the_project_supports() -> None:
    assert interpreter.is_supported((3, 11, 0))
    assert interpreter.is_supported((4, 0, 0))
    assert not interpreter.is_supported((3, 10, 13))


def test_the_floor_is_that_of_the_project() -> None:
    floor = ".".join(map(str, interpreter.OLDEST))
    assert f'requires-python = ">={floor}"' in (CHECKOUT.root / "pyproject.toml").read_text(encoding="utf-8")


def test_says_in_one_line_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", OLD)
    monkeypatch.setattr(interpreter, "newer_python", lambda: None)
    with pytest.raises(SystemExit) as stopped:
        interpreter.continue_with_a_supported_python()
    assert "Python 3.11 or later is needed" in str(stopped.value)
    assert "is 3.8" in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_hands_over_to_a_newer_one_on_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text("")
    newer.chmod(0o755)
    calls: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(sys, "version_info", OLD)
    monkeypatch.setattr(sys, "argv", ["set_up", "up"])
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(interpreter.TRIED, "")  # so that it is put back afterwards
    monkeypatch.delenv(interpreter.TRIED)
    monkeypatch.setattr("os.execv", lambda path, arguments: calls.append((path, arguments)))
    interpreter.continue_with_a_supported_python()
    assert calls == [(str(newer), [str(newer), "-B", "-m", "set_up", "up"])]


def test_hands_over_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", OLD)
    monkeypatch.setattr(interpreter, "newer_python", lambda: "/usr/bin/python3.12")
    monkeypatch.setenv(interpreter.TRIED, "/usr/bin/python3.12")
    with pytest.raises(SystemExit):
        interpreter.continue_with_a_supported_python()
