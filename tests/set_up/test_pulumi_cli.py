"""A Pulumi CLI of the machine is used if it is recent and whole; else one is downloaded, else built."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from set_up import pulumi_cli
from set_up.failure import SetUpError
from set_up.layout import Layout
from set_up.processes import Processes


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ways that were taken beyond PATH. The release site does not answer, and no build takes place."""
    taken: list[str] = []

    def build(_layout: Layout, _processes: Processes, programs: tuple[object, ...], _environment: object) -> None:
        taken.append(f"build {len(programs)}")

    monkeypatch.setattr(pulumi_cli, "release_site_answers", lambda: False)
    monkeypatch.setattr(pulumi_cli, "ensure_programs", build)
    return taken


def whole_cli(script: Callable[[str, str], Path], version: str) -> Path:
    for host in pulumi_cli.LANGUAGE_HOST:
        script(host, "exit 0")
    return script("pulumi", f"echo {version}")


def ensure(layout: Layout, processes: Processes) -> None:
    pulumi_cli.ensure_cli(layout, processes, (), lambda: None, lambda: None)


def test_uses_the_one_on_path(
    layout: Layout,
    processes: Processes,
    script: Callable[[str, str], Path],
    ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(whole_cli(script, "v3.240.1").parent))
    ensure(layout, processes)
    assert ways == []


def test_asks_a_cli_for_its_version_once(
    layout: Layout,
    processes: Processes,
    script: Callable[[str, str], Path],
    ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cli = whole_cli(script, "v3.240.1")
    monkeypatch.setenv("PATH", str(cli.parent))
    ensure(layout, processes)
    (layout.logs / "the-version-of-the-pulumi-cli.log").unlink()
    ensure(layout, processes)
    assert not (layout.logs / "the-version-of-the-pulumi-cli.log").exists()
    script("pulumi", "echo v3.100.0")  # another one is installed in its place
    ensure(layout, processes)
    assert ways == ["build 3"]


@pytest.mark.parametrize(
    ("version", "why"),
    [("v3.219.0", "it is v3.219.0, and v3.220 or later is needed"), ("what?", "does not say which version it is")],
)
def test_says_why_the_one_on_path_will_not_do(
    version: str,
    why: str,
    layout: Layout,
    processes: Processes,
    script: Callable[[str, str], Path],
    ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(whole_cli(script, version).parent))
    ensure(layout, processes)
    assert why in capsys.readouterr().err
    assert ways == ["build 3"]


@pytest.mark.parametrize(
    ("body", "why"),
    [("echo no licence >&2; exit 9", "failed: no licence"), ("sleep 60", "does not end within 0.5 s")],
    ids=["fails", "hangs"],
)
def test_a_cli_that_fails_or_hangs_does_not_stop_the_set_up(
    body: str,
    why: str,
    layout: Layout,
    processes: Processes,
    script: Callable[[str, str], Path],
    ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pulumi_cli, "VERSION_PATIENCE", 0.5)
    monkeypatch.setenv("PATH", f"{script('pulumi', body).parent}:/usr/bin:/bin")
    ensure(layout, processes)
    assert why in capsys.readouterr().err
    assert ways == ["build 3"]


def test_a_cli_without_its_python_host_will_not_do(script: Callable[[str, str], Path]) -> None:
    cli = script("pulumi", "echo v3.240.1")
    script("pulumi-language-python", "exit 0")
    assert pulumi_cli.why_unfit("v3.240.1", cli, {"PATH": ""}) == "pulumi-language-python-exec is not beside it"


def test_finds_the_host_beside_what_a_link_points_to(script: Callable[[str, str], Path], tmp_path: Path) -> None:
    link = tmp_path / "links" / "pulumi"
    link.parent.mkdir()
    link.symlink_to(whole_cli(script, "v3.240.1"))
    assert pulumi_cli.why_unfit("v3.240.1", link, {"PATH": ""}) is None


def test_our_own_build_on_path_is_not_taken_for_the_machines(
    layout: Layout, processes: Processes, ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    layout.bin.mkdir()
    (layout.bin / "pulumi").write_text("#!/bin/sh\necho v3.240.1\n")
    (layout.bin / "pulumi").chmod(0o755)
    monkeypatch.setenv("PATH", str(layout.bin))
    ensure(layout, processes)
    assert ways == ["build 3"]


def test_a_release_that_cannot_be_installed_is_built_instead(
    layout: Layout,
    ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Failing(Processes):
        def run(self, step: str, *_: object, **__: object) -> str:
            raise SetUpError(f"{step} failed: no archive")

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pulumi_cli, "release_site_answers", lambda: True)
    ensure(layout, Failing(layout.logs))
    assert "The release of Pulumi failed: no archive" in capsys.readouterr().err
    assert ways == ["build 3"]


def test_a_site_that_refuses_or_keeps_silent_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulumi_cli, "PATIENCE", 0.2)
    begun = time.monotonic()
    assert not pulumi_cli.release_site_answers("http://127.0.0.1:9/")
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        assert not pulumi_cli.release_site_answers(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert time.monotonic() - begun < 3
