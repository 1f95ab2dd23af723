"""No value that is a secret, by itself or in an object that is one, is in what is said of a resource, on any route."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE
from azure_hotpatch.domain.judging.adoption import adoptable
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.config import Config, parse_config
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.remedy import remedied
from azure_hotpatch.policies.verdict import linked_rulings, message, rulings
from tests.policies.machines import NATIVE
from tests.policies.routes import ROUTES, VM, Route
from tests.policies.variations import leaves, put, secret

TODAY = date(2026, 6, 1)
CONFIG = parse_config({})
REMEDIATE = parse_config({"all": "remediate"})
# What says which resource it is, and whose change would leave nothing to judge.
_STRUCTURE = frozenset({"type", "resourceProviderNamespace", "resourceType", "apiVersion", "contentVersion", "method"})


def marked(value: Any, mark: str) -> Any:
    """The same value made wrong, so that it is talked about, and known again wherever it turns up."""
    if isinstance(value, bool):
        return f"{mark}-bool"
    if isinstance(value, int):
        return int(f"9{mark.removeprefix('zq')}77")
    if value.startswith("{"):
        return json.dumps(with_marks(json.loads(value), mark)[0])
    return f"{value}-{mark}"


def with_marks(props: Mapping[str, Any], prefix: str = "zq") -> tuple[dict[str, Any], dict[tuple[Any, ...], str]]:
    marks: dict[tuple[Any, ...], str] = {}
    changed = dict(props)
    for number, path in enumerate(leaves(props)):
        if str(path[-1]) in _STRUCTURE:
            continue
        mark = f"{prefix}{100 + number}"
        changed = put(changed, path, lambda value, mark=mark: marked(value, mark))
        marks[path] = mark
    return changed, marks


def printed(mark: str, value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else mark


def said(route: Route, props: Mapping[str, Any], config: Config) -> Iterator[str]:
    """Everything that the pack and the check say of a resource."""
    source = Source(route.token, "vm", "urn", props)
    read = records(source)
    for ruling in (*rulings(read, config, TODAY), *linked_rulings(read, config, TODAY)):
        finding = ruling.finding
        yield "\n".join((message(ruling), finding.message, finding.found, finding.allowed, finding.remedy))
    for change, _ in remedied(source, REMEDIATE, TODAY):
        yield str(change)
    for record in read:
        answer = adoptable(record, RULES, Context(TODAY, DEFAULT_CATALOGUE))
        yield "\n".join(finding.message for finding in answer.findings) if answer else ""


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("spoilt", [False, True])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_no_seal_is_lost(route: Route, spoilt: bool) -> None:
    """Every object, list and leaf of every route is sealed in turn; what is below it is in no message."""
    marks: dict[tuple[Any, ...], str]
    props, marks = with_marks(route.bad() if spoilt else route.good())
    places = {path[:length] for path in marks for length in range(1, len(path) + 1)}
    for place in sorted(places, key=str):
        hidden = [printed(mark, _at(props, path)) for path, mark in marks.items() if path[: len(place)] == place]
        for words in said(route, put(props, place, secret), CONFIG):
            shown = [mark for mark in hidden if mark in words]
            assert not shown, f"{place}: {words}"


def test_what_is_not_sealed_is_shown() -> None:
    """The marks do turn up where nothing is sealed, so that the test above looks for something."""
    route = next(route for route in ROUTES if route.token == VM)
    props, marks = with_marks(route.good())
    words = "\n".join(said(route, props, CONFIG))
    assert sum(mark in words for mark in marks.values()) >= 4


@pytest.mark.parametrize("value", ["", " ", "a", "x1"])
def test_a_secret_of_no_length_hides_no_message(value: str) -> None:
    """Every sentence has an `a` in it, and the empty text."""
    props = put(NATIVE, ("osProfile", "windowsConfiguration", "patchSettings", "patchMode"), lambda _: "Manual")
    props = put(props, ("osProfile", "adminUsername"), lambda _: secret(value))
    words = "\n".join(said(next(route for route in ROUTES if route.token == VM), props, CONFIG))
    assert "patchMode is Manual" in words


def test_a_module_s_profile_may_be_one_secret() -> None:
    """Its names are Terraform's below the seal too, and its blocks lists of one."""
    route = next(route for route in ROUTES if route.name == "module's orchestrated set")
    sealed = put(route.good(), ("os_profile",), secret)
    found = list(rulings(records(Source(route.token, "vm", "urn", sealed)), CONFIG, TODAY))
    assert not found, [message(each) for each in found]
