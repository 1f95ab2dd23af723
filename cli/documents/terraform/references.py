"""Follow the expressions of a configuration to the resources that a value comes from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from azure_hotpatch.cli.documents.terraform.addresses import (
    Key,
    ModulePath,
    ModuleStep,
    ParsedReference,
    parse_reference,
)
from azure_hotpatch.cli.documents.terraform.configuration import PlanConfiguration, member

# What is known while a plan is made, whatever it is.
_KNOWN = frozenset({"count", "path", "terraform", "self"})

_T = TypeVar("_T")


class PlannedInstance(NamedTuple):
    """One instance of a resource of the plan."""

    address: str
    module: ModulePath
    type: str
    name: str
    key: Key


class EvaluationScope(NamedTuple):
    """Where an expression stands: in which module, and of which instance of what is repeated."""

    module: ModulePath
    key: Key = None
    for_each: Any = None


class StandingExpression(NamedTuple):
    """An expression of the configuration with the scope that its references are of."""

    expression: Any
    scope: EvaluationScope


# Where an expression leads: an instance, or None for a value that may be unknown for another reason.
End = PlannedInstance | None


class References:
    """What the expressions of a plan's configuration refer to, among the instances of that plan."""

    def __init__(self, configuration: PlanConfiguration, instances: Iterable[PlannedInstance]) -> None:
        self._configuration = configuration
        self._instances: dict[tuple[ModulePath, str, str], dict[Key, PlannedInstance]] = defaultdict(dict)
        self._calls: dict[tuple[ModulePath, str], dict[Key, Key]] = defaultdict(dict)
        for each in instances:
            self._instances[each.module, each.type, each.name][each.key] = each
            for length, step in enumerate(each.module):
                self._calls[each.module[:length], step.name][step.key] = step.key

    def sources(self, expression: Any, scope: EvaluationScope) -> tuple[str, ...]:
        """The addresses that a value comes from; of a type with several candidates none, for any could be meant."""
        by_type: dict[str, set[str]] = defaultdict(set)
        for end in self._ends(expression, scope):
            if end is not None:
                by_type[end.type].add(end.address)
        return tuple(address for addresses in by_type.values() if len(addresses) == 1 for address in addresses)

    def is_null(self, expression: Any, scope: EvaluationScope) -> bool:
        """Whether an expression gave null, asked of one whose value the plan does not know.

        All that it refers to was known, so its value was known too: the provider computes what it was given as null.
        """
        if not isinstance(expression, Mapping):
            return False
        if "constant_value" in expression:
            return expression["constant_value"] is None
        return bool(expression.get("references")) and not any(True for _ in self._ends(expression, scope))

    def _ends(self, expression: Any, scope: EvaluationScope) -> Iterator[End]:
        """Each resource that an expression leads to, and None for each other way to an unknown value."""
        waiting = [StandingExpression(expression, scope)]
        seen: set[tuple[Any, ...]] = set()
        while waiting:
            expression, scope = waiting.pop()
            written = expression.get("references") if isinstance(expression, Mapping) else None
            if not isinstance(written, list):
                if not isinstance(expression, Mapping) or "constant_value" not in expression:
                    yield None
                continue
            for reference in most_specific(written):
                step = (reference, scope.module, scope.key, id(scope.for_each))
                if step in seen:  # outputs and variables may lead in circles
                    continue
                seen.add(step)
                for found in self._next(reference, scope):
                    if isinstance(found, StandingExpression):
                        waiting.append(found)
                    else:
                        yield found

    def _next(self, reference: ParsedReference, scope: EvaluationScope) -> Iterator[End | StandingExpression]:
        """Where one reference leads: to an end, or to an expression elsewhere; to nothing for what is always known."""
        if is_always_known(reference):
            return
        if reference.root == "each":
            yield StandingExpression(scope.for_each, EvaluationScope(scope.module, scope.key))
        elif reference.root == "var":
            yield from self._of_variable(reference.name, scope)
        elif reference.root == "module":
            yield from self._of_output(reference, scope)
        elif reference.root in ("local", "data"):
            yield None
        else:
            found = self._instances.get((scope.module, reference.root, reference.name), {})
            yield from _chosen(found, reference.key, scope.key) or (None,)

    def _of_variable(self, name: str, scope: EvaluationScope) -> Iterator[End | StandingExpression]:
        if not scope.module:
            return  # a variable of the root module has a value before the plan is made
        given = argument(self._configuration, name, scope)
        if given is not None:
            yield given
        elif "default" not in member(self._configuration.module(scope.module), "variables", name):
            yield None

    def _of_output(self, reference: ParsedReference, scope: EvaluationScope) -> Iterator[End | StandingExpression]:
        calls = self._calls.get((scope.module, reference.name), {})
        keys = _chosen(calls, reference.key, scope.key)
        for key in keys:
            inside = (*scope.module, ModuleStep(reference.name, key))
            output = member(self._configuration.module(inside), "outputs", reference.attribute)
            yield StandingExpression(output.get("expression"), EvaluationScope(inside))
        if not keys:
            yield None


def argument(configuration: PlanConfiguration, name: str, scope: EvaluationScope) -> StandingExpression | None:
    """What the call of a module, which is not the root, gives one of its variables; None for nothing."""
    call = configuration.call(scope.module)
    given = member(call, "expressions").get(name)
    above = EvaluationScope(scope.module[:-1], scope.module[-1].key, call.get("for_each_expression"))
    return None if given is None else StandingExpression(given, above)


def is_always_known(reference: ParsedReference) -> bool:
    """Whether what is referred to has a value before the plan is made."""
    return reference.root in _KNOWN or (reference.root, reference.name) == ("each", "key")


def _chosen(found: Mapping[Key, _T], key: Key, own: Key) -> tuple[_T, ...]:
    """Of the instances of what is referred to the one that is named; else the one with the key of the instance that
    refers to it, as with `each.key`; else two, for more would say no more.
    """
    for wanted in (key, own):
        if wanted is not None and wanted in found:
            return (found[wanted],)
        if key is not None:
            return ()
    return tuple(islice(found.values(), 2))


def most_specific(written: list[Any]) -> Iterator[ParsedReference]:
    """The references but for those that repeat the beginning of the one before: `vm["a"].id`, `vm["a"]`, `vm`."""
    last = ""
    for text in written:
        if isinstance(text, str) and not last.startswith((f"{text}.", f"{text}[")):
            last = text
            reference = parse_reference(text)
            if reference:
                yield reference
