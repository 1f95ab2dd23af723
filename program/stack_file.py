"""Find the line of a setting in a stack's file."""

import re
from pathlib import Path

import yaml

_STEP = re.compile(r"\[(\d+)\]|([^.\[]+)")


def stack_file(root: Path, stack: str) -> Path:
    """The configuration file of a stack, which `stackConfigDir` of Pulumi.yaml may have put into a folder."""
    project = yaml.safe_load((root / "Pulumi.yaml").read_text(encoding="utf-8"))
    return root / str(project.get("stackConfigDir", "")) / f"Pulumi.{stack}.yaml"


def line_of(text: str, namespace: str, path: str) -> int | None:
    """The line on which the setting at `path` is written, or the nearest part of the way to it; None if none is."""
    key, *steps = [int(index) if index else name for index, name in _STEP.findall(path)] or [""]
    line = None
    node = _child(yaml.compose(text, yaml.SafeLoader), "config")
    for step in (f"{namespace}:{key}", *steps):
        node = _child(node, step)
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
