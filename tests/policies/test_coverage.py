"""Every route by which a machine reaches Azure has its verdict, and docs/coverage.md says which."""

import json
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch.cli.documents import read_document
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.verdict import rulings
from tests.policies.asking import Asked, answer, urn_of
from tests.policies.cells import CELLS
from tests.policies.coverage_page import PAGE, page
from tests.policies.machines import NATIVE
from tests.policies.routes import ROUTES, VM, VMSS, Route
from tests.policies.stacks import TOGETHER, Together


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    started = Asked()
    yield started
    started.close()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_route_has_its_verdict(route: Route, cell: Callable[[Route, Asked], str], asked: Asked) -> None:
    assert cell(route, asked)


@pytest.mark.parametrize("case", TOGETHER, ids=lambda case: case.name)
def test_a_stack_has_its_verdict(case: Together, asked: Asked) -> None:
    assert case.verdict(asked)


def test_ignored_changes_over_judged_values_are_told(asked: Asked) -> None:
    request = analyzer_pb2.AnalyzeRequest(type=VM, urn="urn", name="vm")
    request.properties.update(NATIVE)
    request.options.ignoreChanges.append("storageProfile.imageReference")
    assert answer(asked.stub.Analyze(request)).rules == {"HP036"}


def test_a_resource_that_is_only_read_is_judged_in_the_json_of_a_preview() -> None:
    state = {"type": VMSS, "urn": urn_of(VMSS, "set"), "outputs": {"orchestrationMode": "Uniform"}}
    preview = {"steps": [{"op": "read", "urn": state["urn"], "newState": state}]}
    found = [located.record for located in read_document("preview.json", json.dumps(preview).encode()).located]
    assert {ruling.rule.id for ruling in rulings(found, parse_config({}), date(2026, 6, 1))} == {"HP003"}


def test_the_page_is_what_the_pack_answers(asked: Asked) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(asked), "run: python -m tests.policies.coverage_page"
