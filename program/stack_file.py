"""Find the file of a stack, and the line of a setting in it."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import yaml

from azure_hotpatch.program.stack_yaml import StackFileError, composed, parsed

_STEP = re.compile(r"\[(\d+)\]|([^.\[]+)")


def stack_file(root: Path, stack: str) -> Path:
    """The configuration file of a stack, which `stackConfigDir` of Pulumi.yaml may have put into a folder."""
    project = parsed((root / "Pulumi.yaml").read_bytes())
    return root / str(project.get("stackConfigDir", "")) / f"Pulumi.{stack}.yaml"


def lines_in(data: bytes, namespaces: Iterable[str]) -> Callable[[str], int | None]:
    """Finds the line of a setting in a stack's file by its path, below the first namespace that has its key.

    A setting that is not there has the line of the nearest part of the way to it, and none if there is no such part.
    """
    spaces = tuple(namespaces)

    @cache
    def config() -> yaml.Node | None:
        with suppress(StackFileError):
            return _child(composed(data), "config")
        return None

    def line(path: str) -> int | None:
        key, *steps = [int(index) if index else name for index, name in _STEP.findall(path)] or [""]
        found = (_child(config(), f"{space}:{key}") for space in spaces)
        return _line(next((node for node in found if node), None), steps)

    return line


def _line(node: yaml.Node | None, steps: Iterable[str | int]) -> int | None:
    line = None
    for step in (None, *steps):
        node = node if step is None else _child(node, step)
        if node is None:
            return line
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None
