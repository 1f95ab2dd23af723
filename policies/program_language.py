"""In which language the program is written whose resources the pack is sent: the engine does not say."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from azure_hotpatch.policies.spelling import Language

_MOST_ANCESTORS = 4  # a script or two, and the engine
_FILES = ("Pulumi.yaml", "Pulumi.yml")
_RUNTIMES = {
    "python": Language.SNAKE,
    "yaml": Language.CAMEL,
    "nodejs": Language.CAMEL,
    "bun": Language.CAMEL,
    "java": Language.CAMEL,
    "go": Language.PASCAL,
    "dotnet": Language.PASCAL,
}
_NAME = re.compile(r"^name:\s*['\"]?([\w.-]+)", re.MULTILINE)
_RUNTIME = re.compile(r"^runtime:[ \t]*(?:\{?\s*name:\s*)?['\"]?(\w+)", re.MULTILINE)


def language_of_project(folder: Path, project: str) -> Language | None:
    """The language of the Pulumi project in `folder` or above it, if it is the one called `project`; None if not."""
    text = next(_projects(folder), "")
    name, runtime = _NAME.search(text), _RUNTIME.search(text)
    if name is None or runtime is None or name[1] != project:
        return None
    return _RUNTIMES.get(runtime[1])


def engine_folders() -> Iterator[Path]:
    """The folders of the processes that started this one, the engine's among them, where the system tells (Linux)."""
    pid = os.getppid()
    for _ in range(_MOST_ANCESTORS):
        try:
            yield Path(f"/proc/{pid}/cwd").readlink()
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            return


def _projects(folder: Path) -> Iterator[str]:
    """What stands in the nearest project file, as the engine looks for it."""
    for place in (folder, *folder.parents):
        for name in _FILES:
            try:
                yield (place / name).read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
