"""Order named values so that each is evaluated after those that it refers to; cycles are refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.syntax import Access, Call, Literal, Node, is_expression
from azure_hotpatch.emulator.arm.templates.values import named


def calls(raw: Any, tree: Callable[[str], Node]) -> Iterator[Call]:
    """Every call of a function in a part of a template, whether it will be evaluated or not."""
    open_parts = [raw]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, dict):
            open_parts.extend((*part.keys(), *part.values()))
        elif isinstance(part, list):
            open_parts.extend(part)
        elif isinstance(part, str) and is_expression(part):
            yield from _within(tree(part))


def _within(node: Node) -> Iterator[Call]:
    if isinstance(node, Access):
        yield from _within(node.target)
        yield from _within(node.key)
    elif isinstance(node, Call):
        yield node
        for argument in node.arguments:
            yield from _within(argument)


def named_by(raw: Any, function: str, tree: Callable[[str], Node]) -> set[str]:
    """The names that a part gives to `function` as they stand: variables('a') names a."""
    return {
        call.arguments[0].value
        for call in calls(raw, tree)
        if call.name.lower() == function
        and call.arguments
        and isinstance(call.arguments[0], Literal)
        and isinstance(call.arguments[0].value, str)
    }


def sequence(parts: Mapping[str, Any], function: str, tree: Callable[[str], Node]) -> list[str]:
    """The names of `parts`, each after the ones that it names by `function`."""
    needs = {name: _known(parts, named_by(raw, function, tree)) for name, raw in parts.items()}
    done: dict[str, bool] = {}  # False while what it needs is looked at
    for name in parts:
        _visit(name, needs, done)
    return list(done)


def _known(parts: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return sorted({found for name in names if (found := named(parts, name)) is not None})


def _visit(name: str, needs: Mapping[str, list[str]], done: dict[str, bool]) -> None:
    """Depth first, without Python's own stack: a template may have a chain of hundreds."""
    open_names = [name]
    while open_names:
        top = open_names[-1]
        if done.get(top):
            open_names.pop()
            continue
        waiting = [need for need in needs[top] if not done.get(need)]
        if not waiting:
            done.pop(top, None)  # to stand behind what it needs
            done[top] = True
            open_names.pop()
            continue
        if any(need in done for need in waiting) or top in waiting:
            raise InvalidTemplate(
                f"Circular dependency detected in template language expression: '{top}' names '{waiting[0]}', "
                "which needs it. Please see https://aka.ms/arm-template-expressions for usage details."
            )
        done[top] = False
        open_names.append(waiting[0])
