"""Pin the requirements: each `.in` file lists what is required, its `.txt` file the resolved versions."""

from collections.abc import Sequence

from set_up.layout import Layout
from set_up.processes import Processes
from set_up.progress import step
from set_up.python_packages import install_with_uv

HEADER = "make lock"
SETS = {"development": ("pyproject.toml", "--all-extras"), "go": (), "uv": (), "azure-cli": ()}


def lock(layout: Layout, arguments: Sequence[str]) -> int:
    """Resolves for every platform and every supported Python. `--upgrade` takes newer releases than those pinned."""
    processes = Processes(layout.logs)
    for name, sources in SETS.items():
        wanted, pinned = f"requirements/{name}.in", f"requirements/{name}.txt"
        with step(pinned):
            install_with_uv(
                layout, processes, f"Pins of {name}", "compile", *sources, wanted, "--output-file", pinned,
                "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
                "--no-emit-find-links", "--custom-compile-command", HEADER, *arguments,
            )  # fmt: skip
    return 0
