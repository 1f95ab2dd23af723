"""Find the file of a stack, the place of a setting in it, and the numbers that YAML reads as others."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import yaml

from azure_hotpatch.domain.settings import FindPlace, Place
from azure_hotpatch.domain.vocabulary.problem import Location, Problem, is_secret, written
from azure_hotpatch.program.stack_yaml import StackFileError, composed, octal, parsed

_STEP = re.compile(r"\[(\d+)\]|([^.\[]+)")


def stack_file(root: Path, stack: str) -> Path:
    """The configuration file of a stack, which `stackConfigDir` of Pulumi.yaml may have put into a folder."""
    project = parsed((root / "Pulumi.yaml").read_bytes())
    return root / str(project.get("stackConfigDir", "")) / f"Pulumi.{stack}.yaml"


def places_in(data: bytes, namespaces: Iterable[str]) -> FindPlace:
    """Finds the place of a setting in a stack's file by its path, below the first namespace that has its key.

    A setting that is not there has that of the nearest part of the way to it, and none if there is no such part.
    """
    spaces = tuple(namespaces)

    @cache
    def config() -> yaml.Node | None:
        with suppress(StackFileError):
            return _child(composed(data), "config")
        return None

    def find(path: str) -> Place | None:
        key, *steps = [int(index) if index else name for index, name in _STEP.findall(path)] or [""]
        found = (_child(config(), f"{space}:{key}") for space in spaces)
        return _place(next((node for node in found if node), None), steps)

    return find


def octals_in(data: bytes, namespaces: Iterable[str]) -> Iterator[Problem]:
    """The numbers below these namespaces that begin with 0, which YAML reads as octal; secrets are left out."""
    with suppress(StackFileError):
        config = _child(composed(data), "config")
        for key, node in config.value if isinstance(config, yaml.MappingNode) else ():
            namespace, _, name = str(key.value).partition(":")
            if namespace in namespaces and not is_secret((name,)):
                yield from _octals(node, (name,))


def _octals(node: yaml.Node, location: Location) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            yield from _octals(inner, (*location, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for index, inner in enumerate(node.value):
            yield from _octals(inner, (*location, index))
    elif isinstance(node, yaml.ScalarNode) and not node.style:
        value = octal(node.value)
        if value is not None and value != int(node.value):
            allowed = f'{int(node.value)}, {value}, or "{node.value}" for a string'
            yield Problem(written(location), "begins with 0, which makes it octal to YAML", str(value), allowed)


def _place(node: yaml.Node | None, steps: Iterable[str | int]) -> Place | None:
    place = None
    for step in (None, *steps):
        node = node if step is None else _child(node, step)
        if node is None:
            return place and Place(place.line)
        converted = isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":str")
        place = Place(node.start_mark.line + 1, node.value if converted else "")
    return place


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None
