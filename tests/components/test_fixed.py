"""How a refused change of a fixed value reads; tests/e2e has the engine refuse it."""

import pytest

from azure_hotpatch.components.shared.fixed import refusal
from azure_hotpatch.domain.azure.fixed_values import FixedChange

SIZE = FixedChange("storageProfile.osDisk.diskSizeGB", 64, None, by_replacement=True)
PASSWORD = FixedChange("osProfile.adminPassword", "Old-horse-9", "New-horse-9", by_replacement=True)
DISK = FixedChange("sku.name", "Premium_LRS", "UltraSSD_LRS", by_replacement=False)


def test_says_what_a_value_was_and_what_it_cannot_become() -> None:
    lines = refusal("web", [SIZE]).splitlines()
    assert lines[:2] == [
        "web: Azure fixes these values when the resource is made, and refuses a change of them (409):",
        "  storageProfile.osDisk.diskSizeGB: 64 cannot become nothing",
    ]


def test_a_value_below_a_sealed_input_is_not_repeated() -> None:
    lines = refusal("web", [PASSWORD, SIZE], {"osProfile"}).splitlines()
    assert lines[1:3] == ["  osProfile.adminPassword", "  storageProfile.osDisk.diskSizeGB: 64 cannot become nothing"]


def test_advises_another_machine_beside_one_that_is_never_replaced() -> None:
    assert "of another name" in refusal("till-vm", [DISK], is_replaceable=False).splitlines()[-1]


@pytest.mark.parametrize(("changes", "remedy"), [([SIZE], "replaceOnChange: true"), ([SIZE, DISK], "undo the change")])
def test_advises_a_replacement_only_where_one_brings_every_change_about(
    changes: list[FixedChange], remedy: str
) -> None:
    assert remedy in refusal("web", changes).splitlines()[-1]
