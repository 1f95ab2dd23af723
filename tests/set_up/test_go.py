"""What is built is what go.mod says, with a Go that is recent enough."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from set_up import go_build, go_toolchain
from set_up.failure import SetUpError
from set_up.layout import Layout
from set_up.processes import Processes
from set_up.stamp import set_stamp


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("go version go1.26.8 linux/amd64", (1, 26, 8)),
        ("module x\n\ngo 1.24.7\n", (1, 24, 7)),
        ("go version devel", (0,)),
    ],
)
def test_reads_a_version_of_go(text: str, version: tuple[int, ...]) -> None:
    assert go_toolchain.version(text) == version


@pytest.mark.parametrize("program", go_build.PROGRAMS, ids=lambda program: program.name)
def test_every_program_is_pinned(layout: Layout, program: go_build.GoProgram) -> None:
    assert go_build.pinned_version(layout, program).startswith("v")
    assert go_build.needed_go(layout, program) >= (1, 21)
    assert (layout.sources / program.folder / "go.sum").stat().st_size > 0
    source = layout.sources / program.folder
    is_ours = (source / program.package / "main.go").is_file()
    assert is_ours or program.package in (source / "tools.go").read_text()


def test_an_old_go_is_passed_over_for_the_packaged_one(
    layout: Layout,
    processes: Processes,
    script: Callable[[str, str], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(script("go", "echo go version go1.19.8 linux/amd64").parent))
    packaged = layout.go / "toolchain" / "go" / "bin" / "go"
    monkeypatch.setattr(go_toolchain, "_packaged_go", lambda *_: packaged)
    assert go_toolchain.ensure_go(layout, processes, (1, 25), lambda: None) == packaged
    assert "1.19.8, and 1.25 is needed" in capsys.readouterr().err


def test_a_recent_go_is_used(
    layout: Layout, processes: Processes, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    go = script("go", "echo go version go1.26.8 linux/amd64")
    monkeypatch.setenv("PATH", f"{go.parent}")
    assert go_toolchain.ensure_go(layout, processes, (1, 25), lambda: None) == go


def test_a_program_is_built_once_and_again_when_its_pins_change(
    layout: Layout, processes: Processes, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = layout.root / "runs"
    go = script(
        "go",
        f"""case $1 in
            version) echo go version go1.99.0 linux/amd64 ;;
            build) echo "$PWD" >> "{runs}"; echo built > "$5" ;;
        esac""",
    )
    monkeypatch.setenv("PATH", f"{go.parent}:/usr/bin:/bin")
    for _ in range(2):
        go_build.ensure_programs(layout, processes, [go_build.PYTHON_HOST], lambda: None)
    assert runs.read_text().splitlines() == [str(layout.sources / "language_python")]
    (layout.sources / "language_python" / "go.sum").write_text("changed")
    go_build.ensure_programs(layout, processes, [go_build.PYTHON_HOST], lambda: None)
    assert len(runs.read_text().splitlines()) == 2


def test_the_build_cache_goes_once_the_programs_are_built(
    layout: Layout,
    processes: Processes,
    script: Callable[[str, str], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sdk = layout.root / "sdk"
    for name in go_build.CLI.scripts:
        (sdk / name).parent.mkdir(parents=True, exist_ok=True)
        (sdk / name).write_text("#!/bin/sh\n")
    go = script(
        "go",
        f"""case $1 in
            version) echo go version go1.99.0 linux/amd64 ;;
            build) echo built > "$5" ;;
            list) echo "{sdk}" ;;
        esac""",
    )
    monkeypatch.setenv("PATH", f"{go.parent}:/usr/bin:/bin")
    (layout.go / "build").mkdir(parents=True)
    go_build.ensure_programs(layout, processes, [go_build.CLI, go_build.PYTHON_HOST], lambda: None)
    assert not layout.go.exists()
    assert f"lies in {layout.made} and takes" in capsys.readouterr().err
    assert (layout.bin / "pulumi-analyzer-policy-python").stat().st_mode & 0o111


def test_a_build_that_fails_leaves_nothing_that_looks_built(
    layout: Layout, processes: Processes, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    go = script(
        "go",
        """case $1 in
            version) echo go version go1.99.0 linux/amd64 ;;
            build) echo half > "$5"; echo undefined: x >&2; exit 1 ;;
        esac""",
    )
    monkeypatch.setenv("PATH", f"{go.parent}:/usr/bin:/bin")
    with pytest.raises(SetUpError, match="The build of pulumi failed: undefined: x"):
        go_build.ensure_programs(layout, processes, [go_build.CLI], lambda: None)
    assert not go_build.is_built(layout, go_build.CLI)
    assert not (layout.bin / "pulumi").exists()


def test_a_stamp_without_its_program_is_not_built(layout: Layout) -> None:
    program = go_build.CLI
    shutil.rmtree(layout.bin, ignore_errors=True)
    set_stamp(layout.stamps / f"built-{program.name}", "anything")
    assert not go_build.is_built(layout, program)
