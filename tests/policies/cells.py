"""What the pack answers to a route: the cells of docs/coverage.md, each with what it asserts."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from tests.policies.asking import Asked
from tests.policies.routes import Route
from tests.policies.variations import UNKNOWN, judged_leaves, put, recase, recased, secret


def verdict_when_good(route: Route, asked: Asked) -> str:
    answer = asked(route.token, route.good())
    if route.never:
        assert answer.refused, f"{route.name} must never be accepted"
        return f"refused: {route.never} ({', '.join(sorted(answer.refused))})"
    assert not answer.rules, f"{route.name}: {answer.words}"
    return "accepted"


def verdict_when_bad(route: Route, asked: Asked) -> str:
    answer = asked(route.token, route.bad())
    assert answer.rules, f"{route.name}: a machine that must be refused passed"
    if route.never:
        assert answer.refused, f"{route.name} must never be accepted"
        return "refused"
    told = "refused" if answer.refused else "advised against"
    return f"{told} ({', '.join(sorted(answer.refused or answer.advised))})"


def verdict_when_unknown(route: Route, asked: Asked) -> str:
    return _told_of_each(route, asked, judged_leaves(route.props))


def verdict_when_an_object_is_unknown(route: Route, asked: Asked) -> str:
    """Row 25: a whole object, on the way to a judged value, is one unknown value."""
    ways = {path[:length] for path in judged_leaves(route.props) for length in range(1, len(path))}
    return _told_of_each(route, asked, sorted(ways, key=str))


def _told_of_each(route: Route, asked: Asked, paths: Sequence[Any]) -> str:
    answers = {path: asked(route.token, put(route.good(), path, lambda _: UNKNOWN)) for path in paths}
    for path, answer in answers.items():
        assert answer.unverified or (route.never and answer.refused), f"{route.name}: nothing is said of {path}"
        assert route.never or not answer.violated, f"{route.name}: {path} is unknown, and taken for wrong"
    if not route.never:
        return _counted(paths)
    return "refused" if all(answer.refused for answer in answers.values()) else "refused or unverified"


def _counted(asked: Collection[object]) -> str:
    return f"unverified, {len(asked)} of {len(asked)}" if asked else "none"


def verdict_when_secret(route: Route, asked: Asked) -> str:
    for props in (route.good(), route.bad()):
        expected = asked(route.token, props)
        for path in judged_leaves(props):
            answer = asked(route.token, put(props, path, secret))
            assert answer.rules == expected.rules, f"{route.name}: {path} as a secret"
            value = _at(props, path)
            assert not isinstance(value, str) or value not in _shown(answer.words), f"{route.name}: {path} is printed"
    return "the same, nothing printed"


def _shown(words: str) -> str:
    """What is told of the resource: not what is allowed, which names the accepted images."""
    return "\n".join(line for line in words.splitlines() if not line.startswith(("allowed", "do ", "property")))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def verdict_in_any_case(route: Route, asked: Asked) -> str:
    if route.cased:
        return route.cased
    dice = random.Random(route.name)  # noqa: S311 - it chooses letter cases
    for props in (route.good(), route.bad()):
        expected = asked(route.token, props)
        for _ in range(5):
            answer = asked(recase(route.token, dice), recased(props, dice, False))
            assert answer.rules == expected.rules, f"{route.name}: {answer.words}"
    return "the same"


CELLS: Mapping[str, Callable[[Route, Asked], str]] = {
    "compliant": verdict_when_good,
    "non-compliant": verdict_when_bad,
    "each judged value unknown": verdict_when_unknown,
    "each object unknown": verdict_when_an_object_is_unknown,
    "each judged value secret": verdict_when_secret,
    "random letter case": verdict_in_any_case,
}
