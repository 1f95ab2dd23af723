"""Find the variable that sets a value: the outermost one that it comes from, which is what an author changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from azure_hotpatch.cli.documents.terraform.addresses import Key, ParsedReference
from azure_hotpatch.cli.documents.terraform.configuration import PlanConfiguration, member
from azure_hotpatch.cli.documents.terraform.references import EvaluationScope, argument, is_always_known, most_specific
from azure_hotpatch.domain.judging.setter import Setter

_DEEPEST = 30  # modules that pass a variable on
_GIVEN = ()  # stands for a value that is there and not shown: an object, or what the configuration does not tell


class PlanVariables:
    """The variables of a plan: what the root module was given, and what each module's call gives its own."""

    def __init__(self, configuration: PlanConfiguration, given: Any) -> None:
        self._configuration, self._given = configuration, given
        self._found: dict[tuple[Any, ...], Sequence[Setter]] = {}  # of each reference, which many ways may lead to

    def setters(self, expression: Any, scope: EvaluationScope, depth: int = 0) -> Sequence[Setter]:
        """The variables that an expression is made of, none where it has anything else in it."""
        written = expression.get("references") if isinstance(expression, Mapping) else None
        if not isinstance(written, list) or depth > _DEEPEST:
            return ()
        found: dict[Setter, None] = {}
        for reference in most_specific(written):
            if is_always_known(reference):
                continue
            own = self._of(reference, scope, depth)
            if not own:
                return ()
            found |= dict.fromkeys(own)
        return tuple(found)

    def _of(self, reference: ParsedReference, scope: EvaluationScope, depth: int) -> Sequence[Setter]:
        step = (reference, scope.module, scope.key, id(scope.for_each))
        if step not in self._found:
            self._found[step] = self._found_of(reference, scope, depth)
        return self._found[step]

    def _found_of(self, reference: ParsedReference, scope: EvaluationScope, depth: int) -> Sequence[Setter]:
        if reference.root == "var":
            return self._of_variable(reference, scope, depth)
        if reference.root != "each":
            return ()
        outside = EvaluationScope(scope.module, scope.key)
        return [_inside(each, scope.key, reference) for each in self.setters(scope.for_each, outside, depth + 1)]

    def _of_variable(self, reference: ParsedReference, scope: EvaluationScope, depth: int) -> Sequence[Setter]:
        declared = member(self._configuration.module(scope.module), "variables", reference.name)
        default = declared.get("default")
        module = ".".join(step.name for step in scope.module)
        shown = declared.get("sensitive") is not True
        if not scope.module:
            value = member(self._given, reference.name).get("value")
            return [_setter(reference, module, value, value is not None and value == default, shown)]
        given = argument(self._configuration, reference.name, scope)
        if given is None:
            return [_setter(reference, module, default, default is not None, shown)]
        if isinstance(given.expression, Mapping) and "constant_value" in given.expression:
            return [_setter(reference, module, given.expression["constant_value"], False, shown)]
        return self.setters(*given, depth + 1) or [_setter(reference, module, _GIVEN, False, False)]


def expression_at(stated: Mapping[str, Any], path: str) -> Any:
    """The expression of an attribute, by its path through blocks; None where there is none, or several."""
    found: Any = stated
    for step in path.split("."):
        blocks = found if isinstance(found, list) else [found]
        found = blocks[0].get(step) if len(blocks) == 1 and isinstance(blocks[0], Mapping) else None
    return found


def _setter(reference: ParsedReference, module: str, value: Any, by_default: bool, shown: bool) -> Setter:
    name = f"{reference.name}.{reference.attribute}" if reference.attribute else reference.name
    own = value.get(reference.attribute) if reference.attribute and isinstance(value, Mapping) and value else value
    return Setter(name, module, by_default, _comparable(own), shown, "variable")


def _inside(setter: Setter, key: Key, reference: ParsedReference) -> Setter:
    """The member of a map that one instance is made from: `machines["a"].patch_mode`."""
    attribute = f".{reference.attribute}" if reference.attribute else ""
    return setter._replace(name=f'{setter.name}["{key}"]{attribute}', value=_GIVEN, shown=False)


def _comparable(value: Any) -> Any:
    """A value that can be compared and hashed; of a list or an object only that it is given is said."""
    return _GIVEN if isinstance(value, Mapping | list) else value
