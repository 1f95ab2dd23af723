"""Every route by which a machine reaches Azure has its verdict, and docs/coverage.md says which."""

from collections.abc import Callable, Iterator

import pytest
from pulumi.runtime.proto import analyzer_pb2

from tests.policies.asking import Asked, answer
from tests.policies.cells import CELLS
from tests.policies.coverage_page import PAGE, page
from tests.policies.machines import NATIVE
from tests.policies.routes import ROUTES, VM, Route
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


def test_the_page_is_what_the_pack_answers(asked: Asked) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(asked), "run: python -m tests.policies.coverage_page"
