"""The dependencies between a template's resources, and the order in which they are deployed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from azure_hotpatch.emulator.arm.templates import order
from azure_hotpatch.emulator.arm.templates.errors import RESOURCES, ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import Evaluator
from azure_hotpatch.emulator.arm.templates.resources import PlannedResource


class ResourceIndex:
    """The resources of a template, by the ways in which they are named."""

    def __init__(self, resources: Sequence[PlannedResource]) -> None:
        self.resources = resources
        self._by_name: dict[str, list[PlannedResource]] = {}
        for one in resources:
            for name in _spellings(one):
                self._by_name.setdefault(name, []).append(one)

    def named(self, name: str) -> list[PlannedResource]:
        """What an id, a type with names, a name, a symbol or a loop's name stands for."""
        return self._by_name.get(name.strip("/").lower(), [])

    def referenced(self, name: str) -> list[PlannedResource]:
        """What the first argument of reference() stands for; a loop's name is none."""
        low = name.strip("/").lower()
        return [one for one in self.named(name) if low != one.loop or one.symbol]


def _spellings(one: PlannedResource) -> set[str]:
    """Every name that a resource answers to, in lower case and without a slash at its ends."""
    resource_id = one.id.strip("/").lower()
    names = {resource_id, resource_id.rpartition("providers/")[2], f"{one.type}/{one.name}".lower()}
    if one.symbol:
        return names | {one.symbol.lower(), one.symbol.lower().partition("[")[0]}
    return names | {one.name.lower()} | ({one.loop} if one.loop else set())


def connect(resources: Sequence[PlannedResource], declared: frozenset[str], evaluator: Evaluator) -> ResourceIndex:
    """Note what each resource waits for; raises InvalidTemplate where it names what is not there.

    `declared` has the names of symbols and loops in lower case: a loop that runs no times is there all the same.
    """
    found = ResourceIndex(resources)
    for one in resources:
        if one.condition:
            waits = [
                *_declared(one, found, declared, evaluator),
                *_implied(one, found, evaluator),
                *_batch_before(one, found),
            ]
            one.after = {other.key for other in waits if other.condition and other.key != one.key}
    return found


def _declared(
    one: PlannedResource, found: ResourceIndex, declared: frozenset[str], evaluator: Evaluator
) -> Iterator[PlannedResource]:
    names = one.raw.get("dependsOn") or []
    if not isinstance(names, list):
        raise InvalidTemplate(f"The 'dependsOn' of the template resource '{one.name}' must be an array", "parse")
    for raw in names:
        try:
            name = evaluator.value(raw, one.frame)
        except ExpressionError as error:
            raise InvalidTemplate(f"The template resource '{one.name}' is not valid: {error.message}") from None
        others = found.named(str(name))
        if not others and str(name).lower().partition("[")[0] not in declared:
            raise InvalidTemplate(f"The resource '{name}' is not defined in the template. {RESOURCES}")
        if any(other is one for other in others) and len(others) == 1:
            raise _circle(one)
        yield from (other for other in others if other is not one)


def _implied(one: PlannedResource, found: ResourceIndex, evaluator: Evaluator) -> Iterator[PlannedResource]:
    """The resources that its expressions read: by reference() and list*(), whichever branch is taken."""
    for call in order.calls(one.sent(), evaluator.tree):
        name = call.name.lower()
        if not call.arguments or not (name in {"reference", "references"} or name.startswith("list")):
            continue
        try:
            target: Any = evaluator.evaluate(call.arguments[0], one.frame)
        except ExpressionError:
            continue  # it is known when the deployment runs, and names nothing that is still to come
        others = found.referenced(target) if isinstance(target, str) else []
        yield from (other for other in others if other is not one)


def _batch_before(one: PlannedResource, found: ResourceIndex) -> Iterator[PlannedResource]:
    """What a serial loop's batch waits for: all of the batch before it."""
    if one.batch < 1 or one.index < one.batch:
        return
    start = one.index // one.batch * one.batch
    for other in found.resources:
        same = other.loop == one.loop and other.raw is one.raw
        if same and start - one.batch <= other.index < start:
            yield other


def sequence(resources: Iterable[PlannedResource]) -> list[PlannedResource]:
    """The resources, each after the ones that it waits for; else in the order of the template."""
    waiting: Mapping[str, PlannedResource] = {one.key: one for one in resources if one.condition}
    done: dict[str, PlannedResource] = {}
    while len(done) < len(waiting):
        ready = [one for key, one in waiting.items() if key not in done and one.after <= done.keys()]
        if not ready:
            raise _circle(next(one for key, one in waiting.items() if key not in done))
        done.update({one.key: one for one in ready})
    return list(done.values())


def _circle(one: PlannedResource) -> InvalidTemplate:
    return InvalidTemplate(
        f"Circular dependency detected on resource: '{one.id}'. "
        "Please see https://aka.ms/arm-syntax-resources for usage details."
    )
