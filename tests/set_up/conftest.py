"""A checkout of the test's own, with the files that set-up reads, and programs that stand in for those it runs."""

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from set_up.layout import CHECKOUT, Layout
from set_up.processes import Processes

Script = Callable[[str, str], Path]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """In a folder whose name a careless shell line would break."""
    root = tmp_path / "it's a checkout"
    for source in ("set_up/go", "requirements"):
        shutil.copytree(CHECKOUT.root / source, root / source)
    (root / ".hotpatch").mkdir()
    (root / "src/azure_hotpatch").mkdir(parents=True)
    return Layout(root)


@pytest.fixture
def processes(layout: Layout) -> Processes:
    return Processes(layout.logs)


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Makes a shell script of that name in a folder `bin`, and returns its path."""

    def make(name: str, body: str) -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make
