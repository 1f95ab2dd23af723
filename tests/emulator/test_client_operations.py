"""What docs/emulator-operations.md says of every operation of Microsoft's clients."""

import pytest

from tests.emulator.client_operations import CLIENTS, operations
from tests.emulator.operations_page import PAGE, page


@pytest.mark.slow
def test_the_page_says_how_each_operation_is_answered() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.emulator.operations_page"


@pytest.mark.parametrize("package", CLIENTS.values())
def test_finds_the_operations_of_each_client(package: str) -> None:
    found = list(operations(package))
    assert len(found) > 3
    assert all(one.url.startswith("/") and one.version for one in found)
