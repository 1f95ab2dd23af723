"""ARM's functions that take a lambda: filter, map, reduce, sort, toObject, groupBy and mapValues."""

from collections.abc import Callable, Mapping
from functools import cmp_to_key
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.scope import TemplateScope
from azure_hotpatch.policies.reading.templates.syntax import Call
from azure_hotpatch.policies.reading.templates.unknowns import CANNOT_BE_READ, OpenObject, keyed

Reader = Callable[[Any, TemplateScope], Any]
Lambda = Callable[..., Any]


class _NotKnown(Exception):  # noqa: N818 - it is caught as an answer
    """The result depends on a value that is not known."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__()
        self.unknown = unknown


def lambda_result(node: Call, scope: TemplateScope, read: Reader) -> Any:
    """The result of a function with a lambda; `read` evaluates a node in a scope."""
    try:
        return _FUNCTIONS[node.name](*(_argument(argument, scope, read) for argument in node.arguments))
    except _NotKnown as found:
        return found.unknown
    except (TypeError, ValueError, LookupError):
        return CANNOT_BE_READ


def _argument(node: Any, scope: TemplateScope, read: Reader) -> Any:
    if not isinstance(node, Call) or node.name != "lambda":
        return read(node, scope)
    *names, body = node.arguments
    variables = [str(bare(read(name, scope))).lower() for name in names]

    def called(*values: Any) -> Any:
        # A lambda may take fewer values than it is given: `map` gives the index too.
        return read(body, scope.with_locals(dict(zip(variables, values, strict=False))))

    return called


def _list(values: Any) -> list[Any]:
    items = _known(values)
    if not isinstance(items, list):
        raise TypeError
    return [resealed(values, item) for item in items]


def _known(value: Any) -> Any:
    inner = bare(value)
    if isinstance(inner, Unknown):
        raise _NotKnown(inner)
    return inner


def _answer(value: Any) -> bool:
    answer = as_bool(_known(value))
    if answer is None:
        raise TypeError
    return answer


def _map(values: Any, change: Lambda) -> list[Any]:
    return [change(item, index) for index, item in enumerate(_list(values))]


def _filter(values: Any, keep: Lambda) -> Any:
    answers = [(item, keep(item, index)) for index, item in enumerate(_list(values))]
    kept = [item for item, answer in answers if _answer(answer)]
    # Which items are there says something of what was asked.
    return Sealed(kept) if any(isinstance(answer, Sealed) for _, answer in answers) else kept


def _reduce(values: Any, start: Any, join: Lambda) -> Any:
    joined = start
    for index, item in enumerate(_list(values)):
        joined = join(joined, item, index)
    return joined


def _sort(values: Any, is_before: Lambda) -> Any:
    sealed = isinstance(values, Sealed)

    def compared(one: Any, other: Any) -> int:
        nonlocal sealed
        first, second = is_before(one, other), is_before(other, one)
        sealed = sealed or isinstance(first, Sealed)
        return _answer(second) - _answer(first)

    items = sorted(_list(values), key=cmp_to_key(compared))
    return Sealed(items) if sealed else items


def _to_object(values: Any, key_of: Lambda, value_of: Lambda = lambda item, *_: item) -> Any:
    return keyed((key_of(item), value_of(item)) for item in _list(values))


def _group_by(values: Any, key_of: Lambda) -> Any:
    made: dict[str, list[Any]] = {}
    sealed = False
    for item in _list(values):
        key = key_of(item)
        name = _known(key)
        if not isinstance(name, str):
            raise TypeError
        sealed = sealed or isinstance(key, Sealed)
        made.setdefault(name, []).append(item)
    return Sealed(made) if sealed else made


def _map_values(value: Any, change: Lambda) -> Any:
    members = _known(value)
    if not isinstance(members, dict):
        raise TypeError
    changed = {key: change(resealed(value, child)) for key, child in members.items()}
    return resealed(value, OpenObject(changed, members.why) if isinstance(members, OpenObject) else changed)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "filter": _filter,
    "map": _map,
    "reduce": _reduce,
    "sort": _sort,
    "toobject": _to_object,
    "groupby": _group_by,
    "mapvalues": _map_values,
}
LAMBDAS = frozenset(_FUNCTIONS)
