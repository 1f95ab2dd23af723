"""The set-up runs its two sides together, ends both when one fails, and takes turns with another set-up."""

import fcntl
import threading
import time
from concurrent.futures import Future

import pytest

from set_up import set_up as module
from set_up.failure import SetUpError
from set_up.layout import Layout
from set_up.processes import Processes


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    for name in ("environment", "packages", "plugin", "cli"):
        monkeypatch.setattr(module, f"ensure_{name}", lambda *_, name=name: done.append(name))
    return done


def test_makes_every_part(layout: Layout, steps: list[str]) -> None:
    module.set_up(layout)
    assert sorted(steps) == ["cli", "environment", "packages", "plugin"]
    assert layout.state.is_dir()


def test_a_failure_on_one_side_ends_the_other(
    layout: Layout, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def build(_layout: Layout, processes: Processes, *_: object) -> None:
        begun.set()
        processes.run("A long build", ["sleep", "60"], {"PATH": "/usr/bin:/bin"}, layout.root)

    def fail(*_: object) -> None:
        begun.wait(10)
        time.sleep(0.1)
        raise SetUpError("Python packages: the registry does not answer")

    monkeypatch.setattr(module, "ensure_cli", build)
    monkeypatch.setattr(module, "ensure_packages", fail)
    started = time.monotonic()
    with pytest.raises(SetUpError, match=r"^Python packages: the registry does not answer$"):
        module.set_up(layout)
    assert time.monotonic() - started < 20
    assert "plugin" not in steps


def test_what_needs_the_environment_fails_with_its_reason(
    layout: Layout, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SetUpError("Python environment: this Python has no venv module")

    monkeypatch.setattr(module, "ensure_environment", fail)
    with pytest.raises(SetUpError, match="no venv module"):
        module.set_up(layout)
    assert "packages" not in steps


def test_waits_for_another_set_up(layout: Layout, steps: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    result: Future[None] = Future()
    with (layout.made / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = threading.Thread(target=lambda: result.set_result(module.set_up(layout)))
        waiting.start()
        time.sleep(0.2)
        assert steps == []
    result.result(timeout=10)
    waiting.join()
    assert len(steps) == 4
    assert "waiting for it" in capsys.readouterr().err


def test_refuses_a_folder_that_path_cannot_name(layout: Layout) -> None:
    with pytest.raises(SetUpError, match="colon"):
        module.set_up(Layout(layout.root / "a:b"))
