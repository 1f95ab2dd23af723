"""One word, one meaning: how modules and classes are named."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.test_structure import MAY_IMPORT, modules, report, tree

# Nodes that mean the same in each grammar: that of Kusto, and that of ARM templates in the emulator and in the pack.
SAME_IN_EVERY_GRAMMAR = {"Call", "Literal", "Member"}


def public_classes() -> Iterator[tuple[str, Path]]:
    """The public classes at the top of each module, with the module."""
    for path in modules(*MAY_IMPORT):
        classes = (node for node in tree(path).body if isinstance(node, ast.ClassDef))
        yield from ((node.name, path) for node in classes if not node.name.startswith("_"))


def shared_names() -> dict[str, list[str]]:
    """The names that more than one module gives to a class, with the modules."""
    homes: dict[str, list[str]] = {}
    for name, path in public_classes():
        homes.setdefault(name, []).append(str(path))
    return {name: paths for name, paths in homes.items() if len(paths) > 1}


def test_a_public_class_has_a_name_of_its_own() -> None:
    report(f"{name}: {', '.join(paths)}" for name, paths in shared_names().items() if name not in SAME_IN_EVERY_GRAMMAR)


def test_each_exception_is_needed() -> None:
    assert shared_names().keys() >= SAME_IN_EVERY_GRAMMAR


def test_a_module_is_named_after_its_subject() -> None:
    report(f"{path}" for path in modules() if re.search(r"(^|_)(utils?|helpers?|managers?|misc|common)$", path.stem))
