"""Follow the expressions of a configuration to the resources that a value comes from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
_DEEPEST = 30  # module calls, outputs and variables on the way from an expression to a resource


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


# Where an expression leads: an instance, or None for a value that may be unknown for another reason.
End = PlannedInstance | None


class References:
    """What the expressions of a plan's configuration refer to, among the instances of that plan."""

    def __init__(self, configuration: PlanConfiguration, instances: Iterable[PlannedInstance]) -> None:
        self._configuration = configuration
        self._instances: dict[tuple[ModulePath, str, str], dict[Key, PlannedInstance]] = defaultdict(dict)
        self._calls: dict[tuple[ModulePath, str], dict[Key, None]] = defaultdict(dict)
        for each in instances:
            self._instances[each.module, each.type, each.name][each.key] = each
            for length, step in enumerate(each.module):
                self._calls[each.module[:length], step.name][step.key] = None

    def sources(self, expression: Any, scope: EvaluationScope) -> tuple[str, ...]:
        """The addresses that a value comes from; of a type with several candidates none, for any could be meant."""
        by_type: dict[str, set[str]] = defaultdict(set)
        for end in self._ends(expression, scope, 0):
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
        return bool(expression.get("references")) and not any(True for _ in self._ends(expression, scope, 0))

    def _ends(self, expression: Any, scope: EvaluationScope, depth: int) -> Iterator[End]:
        """Each resource that an expression leads to, and None for each other way to an unknown value."""
        written = expression.get("references") if isinstance(expression, Mapping) else None
        if not isinstance(written, list) or depth > _DEEPEST:
            known = isinstance(expression, Mapping) and "constant_value" in expression
            yield from () if known else (None,)
            return
        for reference in _most_specific(written):
            yield from self._end(reference, scope, depth + 1)

    def _end(self, reference: ParsedReference, scope: EvaluationScope, depth: int) -> Iterator[End]:
        if reference.root in _KNOWN or (reference.root == "each" and reference.name == "key"):
            return
        if reference.root == "each":
            outside = EvaluationScope(scope.module, scope.key)
            yield from self._ends(scope.for_each, outside, depth)
        elif reference.root == "var":
            yield from self._of_variable(reference.name, scope, depth)
        elif reference.root == "module":
            yield from self._of_output(reference, scope, depth)
        elif reference.root in ("local", "data"):
            yield None
        else:
            found = self._instances.get((scope.module, reference.root, reference.name), {})
            yield from _chosen(found, reference.key, scope.key) or (None,)

    def _of_variable(self, name: str, scope: EvaluationScope, depth: int) -> Iterator[End]:
        if not scope.module:
            return  # a variable of the root module has a value before the plan is made
        call = self._configuration.call(scope.module)
        given = member(call, "expressions").get(name)
        if given is not None:
            above = EvaluationScope(scope.module[:-1], scope.module[-1].key, call.get("for_each_expression"))
            yield from self._ends(given, above, depth)
        elif "default" not in member(self._configuration.module(scope.module), "variables", name):
            yield None

    def _of_output(self, reference: ParsedReference, scope: EvaluationScope, depth: int) -> Iterator[End]:
        calls = self._calls.get((scope.module, reference.name), {})
        keys = _chosen({key: key for key in calls}, reference.key, scope.key)
        for key in keys:
            inside = (*scope.module, ModuleStep(reference.name, key))
            output = member(self._configuration.module(inside), "outputs", reference.attribute)
            yield from self._ends(output.get("expression"), EvaluationScope(inside), depth)
        if not keys:
            yield None


def _chosen(found: Mapping[Key, _T], key: Key, own: Key) -> tuple[_T, ...]:
    """Of the instances of what is referred to the one that is named; else the one with the key of the instance that
    refers to it, as with `each.key`; else all.
    """
    for wanted in (key, own):
        if wanted is not None and wanted in found:
            return (found[wanted],)
        if key is not None:
            return ()
    return tuple(found.values())


def _most_specific(written: list[Any]) -> Iterator[ParsedReference]:
    """The references but for those that repeat the beginning of the one before: `vm["a"].id`, `vm["a"]`, `vm`."""
    last = ""
    for text in written:
        if isinstance(text, str) and not last.startswith((f"{text}.", f"{text}[")):
            last = text
            reference = parse_reference(text)
            if reference:
                yield reference
