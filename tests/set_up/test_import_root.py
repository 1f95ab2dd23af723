"""The import root: every room is importable by its path, and a checkout never runs another checkout's code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from set_up.import_root import link_rooms
from set_up.layout import CHECKOUT

PROGRAM = """
from azure_hotpatch.components import HotpatchVirtualMachine, HotpatchVirtualMachineArgs
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE
from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.policies.config import Config

args: HotpatchVirtualMachineArgs = {"resource_group_name": 3}
reveal_type(DEFAULT_CATALOGUE)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two rooms, the set-up and the pages of the rules."""
    for folder in ("components/network", "domain", "set_up", "docs/rules", "src/azure_hotpatch"):
        (tmp_path / folder).mkdir(parents=True)
    for package in ("components", "components/network", "domain", "set_up", "src/azure_hotpatch"):
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def links(repository: Path) -> set[str]:
    return {entry.name for entry in (repository / "src/azure_hotpatch").iterdir() if entry.is_dir()}


def imported(repository: Path, module: str) -> str:
    """Where Python finds a module, with that import root alone on its path."""
    return subprocess.run(
        [sys.executable, "-S", "-c", f"import {module} as found; print(found.__file__)"],
        env={"PYTHONPATH": str(repository / "src")},
        cwd="/",
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_links_every_package_and_the_pages_but_not_the_set_up(repository: Path) -> None:
    link_rooms(repository)
    assert links(repository) == {"components", "domain", "pages"}
    assert Path(imported(repository, "azure_hotpatch.components.network")).samefile(
        repository / "components/network/__init__.py"
    )


def test_sees_a_new_file_at_once(repository: Path) -> None:
    link_rooms(repository)
    (repository / "components/new.py").touch()
    assert Path(imported(repository, "azure_hotpatch.components.new")).samefile(repository / "components/new.py")


def test_unlinks_a_room_that_is_gone(repository: Path) -> None:
    link_rooms(repository)
    (repository / "domain/__init__.py").unlink()
    (repository / "domain").rmdir()
    link_rooms(repository)
    assert links(repository) == {"components", "pages"}


def test_a_copied_checkout_links_its_own_rooms(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link_rooms(repository)
    other = tmp_path_factory.mktemp("other") / "checkout"
    subprocess.run(["cp", "-a", repository, other], check=True)
    link_rooms(other)
    assert Path(imported(other, "azure_hotpatch.components")).samefile(other / "components/__init__.py")


def test_leaves_a_source_distribution_as_it_is(tmp_path: Path) -> None:
    """There the rooms are folders below src, and nothing lies at the top level."""
    (tmp_path / "src/azure_hotpatch/components").mkdir(parents=True)
    link_rooms(tmp_path)
    assert links(tmp_path) == {"components"}


def test_a_deleted_folder_is_no_other_checkout(tmp_path: Path) -> None:
    """The shell's folder is gone, and `hotpatch --version` runs in it all the same."""
    folder = tmp_path / "gone"
    folder.mkdir()
    program = f"import os; os.rmdir({str(folder)!r}); import azure_hotpatch"
    run = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_checkout_never_runs_the_code_of_another(tmp_path: Path) -> None:
    """With this checkout's environment a program in a second worktree is refused, in words."""
    worktree = tmp_path / "second"
    git = ["git", "-C", str(CHECKOUT.root), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(worktree)], check=True)
    try:
        run = subprocess.run(
            [sys.executable, "-c", "import azure_hotpatch.components"], cwd=worktree, capture_output=True, text=True
        )
        assert run.returncode == 1
        assert f"{worktree} would run the code of another checkout, {CHECKOUT.root}" in run.stderr
        link_rooms(worktree)
        assert Path(imported(worktree, "azure_hotpatch.domain.azure.images")).samefile(
            worktree / "domain/azure/images.py"
        )
    finally:
        subprocess.run([*git, "remove", "--force", str(worktree)], check=True)


def outside(tmp_path: Path) -> Path:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    return program


def test_mypy_follows_every_import_from_outside_the_repository(tmp_path: Path) -> None:
    program = outside(tmp_path)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", CHECKOUT.root / ".mypy_cache", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    lines = checked.stdout.splitlines()
    wrong, *rest = [line for line in lines if "error" in line]
    assert wrong.startswith("program.py:7: error: Missing keys (")
    assert '"admin_password"' in wrong
    assert '"image"' in wrong
    assert rest == ["Found 1 error in 1 file (checked 1 source file)"]
    assert 'Revealed type is "azure_hotpatch.domain.azure.images.Catalogue"' in checked.stdout


def test_pyright_follows_every_import_from_outside_the_repository(tmp_path: Path) -> None:
    program = outside(tmp_path)
    checked = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, program],
        cwd=tmp_path,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
    )
    found = json.loads(checked.stdout)["generalDiagnostics"]
    errors = [each for each in found if each["severity"] == "error"]
    assert [(each["range"]["start"]["line"] + 1, each["rule"]) for each in errors] == [
        (7, "reportAssignmentType")
    ] * len(errors)
    assert errors
    assert any("Catalogue" in each["message"] for each in found if each["severity"] == "information")
